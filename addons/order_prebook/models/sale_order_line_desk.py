from odoo import fields, models
from odoo.exceptions import UserError

from ..const import CHECK_OUT_GROUP, PURCHASER_GROUP


class SaleOrderLine(models.Model):
    """What people at their desks do with prebook lines besides checking them out."""

    _inherit = "sale.order.line"

    def action_prebook_check_out(self):
        """Open the dialog that checks out the open ones of these lines."""
        self._prebook_check_rights(CHECK_OUT_GROUP)
        lines = self.filtered(lambda line: line.prebook_state == "draft")
        if not lines:
            raise UserError(
                self.env._("There is nothing to check out: choose lines that are open.")
            )
        wizard = self.env["sale.prebook.checkout"]._for_lines(lines)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check Out Prebooks"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_prebook_cancel(self):
        """Cancel what is open of the selected lines."""
        return self.prebook_cancel()

    def action_prebook_hold(self):
        """Keep lines from being bought and checked out."""
        self._prebook_set_hold(True)
        return True

    def action_prebook_unhold(self):
        """Let lines be bought and checked out again."""
        self._prebook_set_hold(False)
        return True

    def _prebook_set_hold(self, hold):
        self._prebook_check_rights(
            "order_prebook.group_sales", "order_prebook.group_allocation"
        )
        lines_sudo = self.sudo().filtered(lambda line: line.prebook_hold != hold)
        lines_sudo.filtered("prebook_state")._prebook_lock_if_any()
        for line in lines_sudo:
            if hold and line.prebook_state in ("checked_out", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(product)s of %(order)s is checked out or cancelled already.",
                        product=line.product_id.display_name,
                        order=line.order_id.name,
                    )
                )
            if hold and line.prebook_is_procured and line.prebook_state == "draft":
                raise UserError(
                    self.env._(
                        "%(product)s of %(order)s was procured when it was booked. "
                        "Lower its quantity, or cancel its delivery.",
                        product=line.product_id.display_name,
                        order=line.order_id.name,
                    )
                )
        lines_sudo.write({"prebook_hold": hold})
        self.env["sale.prebook.log"]._add(
            "hold" if hold else "unhold",
            {line: line.prebook_qty_open for line in lines_sudo},
        )
        if not hold:
            lines_sudo._prebook_procure_released()

    def _prebook_lock_if_any(self):
        if self:
            self._prebook_lock()

    def _prebook_procure_released(self):
        """Procure lines whose hold was released, where the company does so at once."""
        lines = self.filtered(
            lambda line: (
                line.prebook_state == "draft"
                and line.company_id.prebook_procure == "booking"
            )
        )
        if lines:
            lines.write({"prebook_is_procured": True})
            with lines.order_id._prebook_unlocked():
                lines._action_launch_stock_rule()

    def action_prebook_read(self):
        """Record that purchasing has read these lines."""
        self._prebook_check_rights(PURCHASER_GROUP)
        lines_sudo = self.sudo().filtered("is_prebook")
        lines_sudo.write(
            {
                "prebook_read_uid": self.env.uid,
                "prebook_read_date": fields.Datetime.now(),
            }
        )
        self.env["sale.prebook.log"]._add(
            "read", {line: line.prebook_qty_open for line in lines_sudo}
        )
        return True

    def action_prebook_open_order(self):
        """Open the order of a line, with what the user may see of it."""
        self.ensure_one()
        self.check_access("read")
        view = self.env["ir.ui.view"]
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            # the whole form reads invoices, which the other roles may not
            view = self.env.ref("order_prebook.sale_order_view_form_prebook").sudo()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
        }
