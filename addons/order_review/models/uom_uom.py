from odoo import api, models, tools
from odoo.tools import SQL


class UomUom(models.Model):
    _inherit = "uom.uom"

    @api.model
    def _review_sizes_of(self, unit_ids):
        """Sizes of units, whether they are in memory or not.

        :param unit_ids: ids of ``uom.uom``
        :return: as :meth:`_review_sizes`, other units as well
        """
        sizes = self._review_sizes()
        if any(unit_id not in sizes for unit_id in unit_ids):
            # another worker made it a moment ago
            self.env.registry.clear_cache("stable")
            sizes = self._review_sizes()
        return sizes

    @api.model
    @tools.ormcache(cache="stable")
    def _review_sizes(self):
        """Size of every unit, kept in memory: there are few, and they hardly change.

        :return: ``{unit id: (factor, id of the unit all others of its kind refer to)}``
        """
        self.flush_model(["factor", "parent_path"])
        rows = self.env.execute_query(
            SQL("SELECT id, factor, parent_path FROM uom_uom")
        )
        return {
            unit_id: (factor or 1.0, int((path or "0").split("/")[0]))
            for unit_id, factor, path in rows
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `uom`: the new ones are not in memory yet."""
        units = super().create(vals_list)
        self.env.registry.clear_cache("stable")
        return units

    def write(self, vals):
        """Override of `uom`: sizes are kept in memory, those of rules as well."""
        result = super().write(vals)
        if {"relative_factor", "relative_uom_id"} & vals.keys():
            self.env.registry.clear_cache("stable")
            self.env["sale.review.rule"]._rules_changed()
        return result
