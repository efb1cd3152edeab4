from odoo import models


class UomUom(models.Model):
    _inherit = "uom.uom"

    def write(self, vals):
        """Override of `uom`: the rules kept in memory hold the size of their unit."""
        result = super().write(vals)
        if {"relative_factor", "relative_uom_id"} & vals.keys():
            self.env["sale.review.rule"]._rules_changed()
        return result
