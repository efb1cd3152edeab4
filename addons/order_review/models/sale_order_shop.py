from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools.float_utils import float_repr


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === CART === #

    def _cart_add(self, *args, **kwargs):
        """Override of `website_sale` to tell what was corrected."""
        values = super()._cart_add(*args, **kwargs)
        return self._review_tell_cart(values)

    def _cart_update_line_quantity(self, *args, **kwargs):
        """Override of `website_sale` to tell what was corrected."""
        values = super()._cart_update_line_quantity(*args, **kwargs)
        return self._review_tell_cart(values)

    def _review_tell_cart(self, values):
        """Add the corrections just made to what the cart answers.

        :param dict values: the answer of the cart to a change
        """
        if self.env.context.get("skip_cart_verification"):
            return values  # corrected at the end of the request, by the caller
        book = self.env["sale.review.rule"]._get_book()
        if not book.masks["correction"] or not self.shop_warning:
            return values
        values["warning"] = "\n".join(
            filter(None, (values.get("warning"), self._get_shop_warning()))
        )
        line = self.order_line.filtered(lambda line: line.id == values.get("line_id"))
        values["quantity"] = line.product_uom_qty
        self._review_drop_emptied()
        return values

    def _review_drop_emptied(self):
        """Remove lines that a correction left without quantity.

        Not while the cart is changed: `website_sale` still works with the line then.
        """
        if not self.env["sale.review.rule"]._get_book().masks["correction"]:
            return
        emptied = self.sudo().review_correction_ids.line_id & self.order_line
        emptied.filtered(lambda line: line.product_uom_qty <= 0).unlink()

    def _verify_cart_after_update(self):
        """Override of `website_sale` to correct the cart once per request."""
        self._review_correct_cart()
        return super()._verify_cart_after_update()

    def _review_correct_cart(self):
        """Make automatic corrections in the cart and tell the customer.

        :return: the corrections made
        :rtype: sale.review.correction recordset
        """
        made = self._review_correct()
        if made:
            self.shop_warning = self._review_correction_text(made)
        return made

    def _review_correction_text(self, corrections):
        """What was changed, one line per correction, in the reader's language."""
        texts = []
        for correction in corrections.sudo():
            change = correction.new_value
            if correction.old_value:
                change = f"{correction.old_value} → {correction.new_value}"
            text = f"{self._review_corrected_thing(correction)}: {change}."
            reason = self._review_correction_reason(correction.rule_id)
            texts.append(f"{text} {reason}".strip())
        return "\n".join(texts)

    def _review_corrected_thing(self, correction):
        return {
            "carrier": self.env._("Delivery method"),
            "add": self.env._("Added"),
            "product": self.env._("Replaced"),
        }.get(correction.field, correction.product_id.display_name)

    def _review_correction_reason(self, rule):
        """Why a quantity was changed; the name of a rule is for staff."""
        if rule.message:
            return rule.message.strip()
        if rule.correction not in ("cap", "round"):
            return ""
        unit = rule.uom_id.name or ""

        def quantity(value):
            text = float_repr(value, 2).rstrip("0").rstrip(".")
            return f"{text} {unit}".strip()

        if rule.correction == "cap":
            return self.env._(
                "At most %(max)s per order.", max=quantity(rule.max_quantity)
            )
        if rule.multiple_quantity:
            return self.env._(
                "Sold in packs of %(pack)s.", pack=quantity(rule.multiple_quantity)
            )
        return self.env._(
            "At least %(min)s per order.", min=quantity(rule.min_quantity)
        )

    # === DOORS === #

    def _is_cart_ready(self):
        """Override of `website_sale`: a cart with something to mend goes no further.

        One that only needs the seller's approval does: address and delivery belong to
        what is approved.
        """
        return super()._is_cart_ready() and self._review_step() not in (
            "change",
            "confirm",
        )

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale` to keep the door to the payment shut.

        :raise ValidationError: naming everything that holds the order
        """
        self._review_check_door()
        return super()._check_cart_is_ready_to_be_paid()

    def _review_check_door(self):
        """Refuse a customer whose order would be held, before he pays or signs.

        :raise ValidationError: naming everything that holds the order
        """
        for order in self:
            if order.review_parked_at:
                raise ValidationError(
                    self.env._(
                        "%(order)s was received and is being checked. You need not do "
                        "anything now.",
                        order=order.name,
                    )
                )
            if held := order._review_blockers_now():
                raise ValidationError(order._review_refusal_text(held))

    # === APPROVAL === #

    def _review_can_request(self):
        """Whether nothing but an approval is missing to this cart."""
        self.ensure_one()
        return self.state == "draft" and self._review_step() == "approve"

    def _review_request_approval(self):
        """Take a cart that needs approval from the customer and say it was received.

        What is to be paid is asked for when the order is released.
        """
        self.ensure_one()
        order_sudo = self.sudo()
        if order_sudo.amount_total:
            order_sudo.write({"require_payment": True, "prepayment_percent": 1.0})
        order_sudo._review_park()
        order_sudo._send_payment_succeeded_for_order_mail()

    def _review_shop_limits(self):
        """Limits of the lines of a cart.

        :return: ``{line id: [text]}``
        """
        if not self or self.state != "draft":
            return {}
        return self.env["sale.review.limits"]._of_order(self)
