from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# A payment that was begun keeps the cart together for as long as it may take.
PAYING = timedelta(hours=1)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    cart_hold_start = fields.Datetime(copy=False, readonly=True)

    # === HOLDING === #

    def _cart_add(self, *args, **kwargs):
        """Override of `website_sale`: goods with a cut-off are held from now on."""
        result = super()._cart_add(*args, **kwargs)
        self._cart_hold()
        return result

    def _cart_update_line_quantity(self, *args, **kwargs):
        """Override of `website_sale`: quantities decide who the vendor is."""
        result = super()._cart_update_line_quantity(*args, **kwargs)
        self._cart_hold()
        return result

    def _cart_hold(self):
        """Give lines with a cut-off a deadline; the first of them starts the clock."""
        self.ensure_one()
        minutes = self.website_id.prebook_cart_minutes
        if not minutes or self.state != "draft":
            return
        now = fields.Datetime.now()
        held = self.order_line.filtered("cart_held_until")
        cutoffs = (self.order_line - held)._prebook_cutoffs(now)
        if not cutoffs:
            return
        if not held or not self.cart_hold_start:
            self.cart_hold_start = now
        end = self.cart_hold_start + timedelta(minutes=minutes)
        for line, cutoff in cutoffs.items():
            line.cart_held_until = min(end, cutoff)
        cron = self.env.ref("order_prebook_website.ir_cron_expire")
        cron.sudo()._trigger(at=min([end, *cutoffs.values()]))

    def _cart_deadline(self):
        """When the next line leaves the cart, False if none will."""
        moments = self.order_line.mapped("cart_held_until")
        return min(filter(None, moments), default=False)

    def _cart_seconds_left(self):
        """Seconds until the next line leaves the cart, by the clock of the server."""
        left = self._cart_deadline() - fields.Datetime.now()
        return max(int(left.total_seconds()), 0)

    def _cart_time_left(self):
        """The same for people who have no JavaScript: `1:04:59`."""
        return str(timedelta(seconds=self._cart_seconds_left()))

    # === EXPIRY === #

    def _cart_expire(self):
        """Take lines whose time is over out of carts, and tell the buyers.

        :return: the orders that lost lines
        """
        now = fields.Datetime.now()
        changed = self.browse()
        for order in self:
            expired = order.order_line.filtered(
                lambda line: line.cart_held_until and line.cart_held_until <= now
            )
            if not expired or order.state != "draft" or order._cart_is_being_paid():
                continue
            names = ", ".join(expired.product_id.mapped("display_name"))
            expired.unlink()
            if not order.order_line.filtered("cart_held_until"):
                order.cart_hold_start = False
            order.shop_warning = order._cart_expired_text(names)
            order._cart_tell_expired()
            changed |= order
        return changed

    def _cart_is_being_paid(self):
        """Whether somebody is paying for this cart at this moment, or has paid."""
        self.ensure_one()
        recent = fields.Datetime.now() - PAYING
        return any(
            tx.state in ("pending", "authorized", "done")
            or (tx.state == "draft" and tx.create_date > recent)
            for tx in self.sudo().transaction_ids
        )

    def _cart_expired_text(self, names):
        language = self.partner_id.lang or self.env.lang
        return self.with_context(lang=language).env._(
            "The time for these goods is over, they are no longer in your cart: "
            "%(names)s. You can add them again.",
            names=names,
        )

    def _cart_tell_expired(self):
        """Write to a buyer who is known; visitors read it in the cart."""
        self.ensure_one()
        template = self.env.ref(
            "order_prebook_website.mail_template_cart_expired", raise_if_not_found=False
        )
        known = self.partner_id != self.website_id.user_id.partner_id
        if template and known and self.partner_id.email:
            template.sudo().send_mail(self.id)

    @api.model
    def _cron_cart_expire(self):
        """Empty the carts whose time is over, one after the other."""
        due = self.env["sale.order.line"].search(
            [
                ("cart_held_until", "<=", fields.Datetime.now()),
                ("order_id.state", "=", "draft"),
            ]
        )
        cron = self.env["ir.cron"]
        order_ids = due.order_id.ids
        cron._commit_progress(remaining=len(order_ids))
        for order_id in order_ids:
            self.browse(order_id).try_lock_for_update()._cart_expire()
            if not cron._commit_progress(1):
                break

    # === DOORS === #

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale`: nobody pays for what is not held any more."""
        deadline = self._cart_deadline()
        if (
            deadline
            and deadline <= fields.Datetime.now()
            and not self._cart_is_being_paid()
        ):
            raise ValidationError(
                self.env._(
                    "The time for some goods in your cart is over. Go back to your "
                    "cart to see what is left."
                )
            )
        return super()._check_cart_is_ready_to_be_paid()
