from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..const import PROTECTED


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: nobody creates lines that are checked out already."""
        for vals in vals_list:
            self._prebook_refuse_protected(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `sale`: what is checked out stays what it is."""
        self._prebook_refuse_protected(vals)
        prebooks = self.filtered("is_prebook")
        if not prebooks:
            return super().write(vals)
        prebooks._prebook_check_change(vals)
        result = super().write(vals)
        if "product_uom_qty" in vals:
            prebooks._prebook_quantity_changed()
        return result

    @api.model
    def _prebook_refuse_protected(self, vals):
        """Refuse values that only methods which check rights may set."""
        if not self.env.su and (refused := PROTECTED.intersection(vals)):
            raise AccessError(
                self.env._(
                    "Prebooks are changed by checking them out, cancelling or holding "
                    "them; not by writing %(fields)s.",
                    fields=", ".join(sorted(refused)),
                )
            )

    def _prebook_check_change(self, vals):
        """Raise if a change would contradict what has been checked out."""
        if "prebook_by_hand" in vals and any(
            line.state == "sale" and line.prebook_by_hand != vals["prebook_by_hand"]
            for line in self
        ):
            raise UserError(
                self.env._("Book lines ahead before the order is confirmed.")
            )
        for line in self.filtered("prebook_qty_checked_out"):
            name = line.product_id.display_name
            if any(
                field in vals and vals[field] != line[field].id
                for field in ("product_id", "product_uom_id")
            ):
                raise UserError(
                    self.env._(
                        "%(product)s is checked out in part: add a new line instead of "
                        "changing its product or unit.",
                        product=name,
                    )
                )
            if (
                "product_uom_qty" in vals
                and line.product_uom_id.compare(
                    vals["product_uom_qty"], line.prebook_qty_checked_out
                )
                < 0
            ):
                raise UserError(
                    self.env._(
                        "%(product)s: %(quantity)s are checked out. Order at least as "
                        "many, or return them.",
                        product=name,
                        quantity=line._prebook_in_words(line.prebook_qty_checked_out),
                    )
                )

    def _prebook_quantity_changed(self):
        """Purchasing reads it again; no more is offered than is open."""
        for line in self.sudo():
            line.prebook_qty_arrived = min(
                line.prebook_qty_arrived, line.prebook_qty_open
            )
            line.prebook_qty_told = min(line.prebook_qty_told, line.prebook_qty_open)
            line.prebook_read_uid = False
            line.prebook_read_date = False
