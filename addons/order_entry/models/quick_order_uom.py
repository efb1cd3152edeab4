from odoo import models


class UomUom(models.Model):
    _inherit = "uom.uom"

    def _quick_order_digits(self):
        """Decimals that a quantity in this unit may have.

        Pieces, and dozens of them, come whole; metres and kilograms do not.
        """
        self.ensure_one()
        pieces_id = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit")
        root_id = int((self.parent_path or "0").split("/")[0])
        if root_id == pieces_id:
            return 0
        return self.env["decimal.precision"].precision_get("Product Unit")
