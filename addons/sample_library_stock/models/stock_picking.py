from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    sample_request_id = fields.Many2one(
        "sample.request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The request for samples that this transfer answers.",
    )

    def _sample_tracking(self):
        """The number of the parcel, if delivery keeps one.

        :rtype: str
        """
        # a field of stock_delivery, on which nothing here depends
        if "carrier_tracking_ref" not in self._fields:
            return ""
        return ", ".join(filter(None, self.mapped("carrier_tracking_ref")))
