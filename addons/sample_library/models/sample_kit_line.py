from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sample_request_line import MAX_QUANTITY


class SampleKitLine(models.Model):
    """So many pieces of one sample in a kit."""

    _name = "sample.kit.line"
    _description = "Line of a Sample Kit"
    _order = "kit_id, sequence, id"
    _rec_name = "item_id"

    sequence = fields.Integer(default=10)
    kit_id = fields.Many2one(
        "sample.kit", required=True, index=True, ondelete="cascade"
    )
    item_id = fields.Many2one(
        "sample.item", required=True, index=True, ondelete="cascade"
    )
    quantity = fields.Integer(default=1, required=True)

    _once = models.UniqueIndex(
        "(kit_id, item_id)",
        "This sample is in the kit already. Change its quantity instead.",
    )

    @api.constrains("quantity")
    def _check_quantity(self):
        for line in self:
            if not 1 <= line.quantity <= MAX_QUANTITY:
                raise ValidationError(
                    self.env._(
                        "%(item)s: put 1 to %(most)s pieces in the kit.",
                        item=line.sudo().item_id.name,
                        most=MAX_QUANTITY,
                    )
                )

    @api.constrains("kit_id", "item_id")
    def _check_company_of_item(self):
        for line in self.sudo():
            company = line.item_id.company_id
            if company and company != line.kit_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(item)s belongs to another company than the kit.",
                        item=line.item_id.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "kit_id" in vals:
            # the ORM asks before; where it went to is asked here
            self.check_access("write")
        return result

    def _fits(self, company):
        """Whether a company may ask for it, and it is still to be had.

        :param company: ``res.company``
        :rtype: bool
        """
        item = self.item_id
        return item.active and (not item.company_id or item.company_id == company)
