from odoo import models


class StockParcel(models.Model):
    _inherit = "stock.parcel"

    def _fill_contents(self):
        """Write down what is in the parcels, as far as it is known.

        A parcel with a package holds what is in that; the only parcel of a transfer
        holds all of it. Of several parcels without packages nobody knows.
        """
        lines = []
        for parcel in self:
            picking = parcel.picking_id
            moved = picking.move_line_ids
            if parcel.line_ids or picking.state == "cancel":
                continue
            if parcel.package_id:
                moved = moved.filtered(
                    lambda line, box=parcel.package_id: line.result_package_id == box
                )
            elif len(picking.parcel_ids) > 1:
                continue
            for move, some in moved.grouped("move_id").items():
                quantity = sum(line.quantity_product_uom for line in some)
                quantity = move.product_id.uom_id._compute_quantity(
                    quantity, move.product_uom
                )
                if quantity > 0:
                    lines.append(
                        {
                            "parcel_id": parcel.id,
                            "move_id": move.id,
                            "quantity": quantity,
                        }
                    )
        self.env["stock.parcel.line"].create(lines)
