from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.http import request

from odoo.addons.order_review.models.sale_order import without_defaults

#: Fields that only the system writes.
_PROTECTED = frozenset({"placed_by_id", "on_behalf_of_id"})


class SaleOrder(models.Model):
    _inherit = "sale.order"

    placed_by_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who placed the order, set by the system.",
    )
    on_behalf_of_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The person in whose name somebody else placed the order.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override to remember who placed the order."""
        self = without_defaults(self, _PROTECTED)
        # carts are made by OdooBot, which names the visitor itself
        placed_by_id = (
            False if self.env.uid == SUPERUSER_ID else self.env.user.partner_id.id
        )
        for vals in vals_list:
            self._check_placed_by(vals)
            vals.setdefault("placed_by_id", placed_by_id)
        orders = super().create(vals_list)
        for order in orders.filtered("on_behalf_of_id"):
            # followers get the mails about the order, as the customer does
            order.sudo().message_subscribe(partner_ids=order.placed_by_id.ids)
        return orders

    def write(self, vals):
        """Override to keep who placed the order, and to drop whom it was for.

        An order that is moved to another customer is not in the name of the first.
        """
        self._check_placed_by(vals)
        moved = self.browse()
        if "partner_id" in vals:
            moved = self.filtered(
                lambda order: (
                    order.on_behalf_of_id
                    and order.on_behalf_of_id.id != vals["partner_id"]
                )
            )
        result = super().write(vals)
        if moved:
            moved.sudo().write({"on_behalf_of_id": False})
        return result

    def _check_placed_by(self, vals):
        """Refuse values for fields that only the system writes.

        :raise AccessError: when the caller is not the system itself
        """
        if not self.env.su and _PROTECTED & vals.keys():
            raise AccessError(
                self.env._(
                    "Who placed an order, and for whom, is kept by the system and "
                    "cannot be written."
                )
            )

    @api.model
    def _on_behalf_values(self, partner, user):
        """Values of an order that a user places in the name of a customer.

        Quotas per user count for the customer, when he has a login.

        :param partner: the customer, one ``res.partner``
        :param user: who places the order, one ``res.users``
        """
        return {
            "placed_by_id": user.partner_id.id,
            "on_behalf_of_id": partner.id,
            "ordering_user_id": partner._get_ordering_user(user).id,
        }

    def _filter_can_send_abandoned_cart_mail(self):
        """Override of `website_sale`: nobody is reminded of a cart he did not fill."""
        return (
            super()
            ._filter_can_send_abandoned_cart_mail()
            .filtered(lambda order: not order.on_behalf_of_id)
        )

    def _review_check_door(self):
        """Override of `order_review`: a right that ended does not pay any more."""
        self._check_on_behalf_right()
        return super()._review_check_door()

    def _check_on_behalf_right(self):
        """Refuse to complete a cart that a customer filled for another.

        The session of the shop ends with the right; the pages of the order in the
        portal and their links do not. The one it is for may complete it himself.

        :raise ValidationError: when the right to order for him has ended
        """
        # orders of the portal come with the superuser, not with the visitor
        visitor = request.env.user if request else self.env.user
        for order_sudo in self.sudo().filtered("on_behalf_of_id"):
            customer_sudo = order_sudo.on_behalf_of_id
            placer_sudo = order_sudo.placed_by_id.with_context(active_test=False)
            placer_sudo = placer_sudo.user_ids[:1]
            if (
                order_sudo.state == "draft"
                and visitor.partner_id != customer_sudo
                and not placer_sudo._is_internal()
                and not placer_sudo._may_order_for(customer_sudo, order_sudo.company_id)
            ):
                raise ValidationError(
                    self.env._(
                        "The right to order for %(customer)s has ended. Only "
                        "%(customer)s can complete this order.",
                        customer=customer_sudo.name,
                    )
                )

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale` to have the goods sent to a complete address.

        :raise ValidationError: saying whose address is missing
        """
        for order in self.filtered("on_behalf_of_id"):
            address = order.partner_shipping_id
            if order._has_deliverable_products() and not (
                address.street and address.city and address.country_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(customer)s has no complete delivery address. Ask him to "
                        "complete it in his account, or choose another of his "
                        "addresses.",
                        customer=order.on_behalf_of_id.name,
                    )
                )
        return super()._check_cart_is_ready_to_be_paid()
