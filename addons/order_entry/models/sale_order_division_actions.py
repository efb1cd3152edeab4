from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_division_skip(self):
        """Agree to send nothing to those to whom nothing can be sent."""
        self._division_check_open()
        for order in self:
            order._division_consent()
            skipped = order.sudo().recipient_ids.filtered("is_skipped")
            order.message_post(
                body=self.env._(
                    "%(user)s agreed to skip: %(names)s",
                    user=self.env.user.name,
                    names=", ".join(skipped.mapped("name")),
                )
            )
        return True

    def action_division_unskip(self):
        """Take the agreement back: everybody must get his share again."""
        self._division_check_open()
        for order in self:
            order._division_withdraw_consent()
        return True

    def action_division_refresh(self):
        """Look again who is a member and whether his address is complete."""
        self._division_check_open()
        self._division_sync()
        return True

    def action_division_retry(self):
        """Try again to make the deliveries that failed."""
        self.check_access("write")
        self.sudo().recipient_ids.filtered("error").error = False
        self._division_trigger()
        return True

    def action_division_recipients(self):
        """Open the recipients with the state of their deliveries."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recipients of %(order)s", order=self.name),
            "res_model": "sale.order.recipient",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("order_id", "=", self.id)],
            "context": {"one_order": True},
        }

    def action_division_xlsx(self):
        """Download who gets what and where it is."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/division/{self.id}/recipients.xlsx",
            "target": "download",
        }

    def _division_check_open(self):
        """Whether the user may still change who gets something.

        :raise AccessError: when he may not write the orders
        :raise UserError: when one is confirmed, signed or paid
        """
        self.check_access("write")
        if self - self._review_may_correct():
            raise UserError(
                self.env._(
                    "The recipients are settled: the order is confirmed, signed or "
                    "paid."
                )
            )

    def _division_may_see_all(self, user):
        """Whether a user may see the shares of all recipients, and not only his own.

        :param user: ``res.users`` record
        :rtype: bool
        """
        self.ensure_one()
        if user._is_internal():
            return self.with_user(user).has_access("read")
        order = self.sudo()
        return order.partner_id == user.partner_id or (
            order.division_id in order.division_id._get_managed(user)
        )

    def _division_portal_pickings(self, pickings, user):
        """Transfers that the portal's page of the order shows to the visitor.

        A colleague of whoever ordered can open the order; the deliveries of others
        are not for him.

        :param pickings: ``stock.picking`` recordset, with superuser rights
        :param user: the visitor; the page itself is drawn by the superuser
        """
        self.ensure_one()
        if not self.sudo().division_id or self._division_may_see_all(user):
            return pickings
        if user._is_public():  # came by a link to the order
            return pickings.browse()
        own = (
            self.env["sale.order.recipient"]
            .with_user(user)
            .search([("order_id", "=", self.id)])
        )
        return pickings.filtered(
            lambda picking: picking.division_recipient_id.id in own.ids
        )
