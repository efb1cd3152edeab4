"""Pricelists and earlier orders while somebody orders for another."""

from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request, route
from odoo.tools import format_date

from odoo.addons.website_sale.controllers.cart import Cart
from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.controllers.reorder import CustomerPortal

from .quick_order import _whole

#: Orders that are looked through for what may be ordered again, as in core.
_ORDERS = 10


class OnBehalfPricelist(WebsiteSale):
    def _apply_selectable_pricelist(self, pricelist_id):
        """Override of `website_sale`: the pricelist that is the customer's own."""
        website = request.website
        partner_sudo = website._on_behalf_partner()
        if not partner_sudo:
            return super()._apply_selectable_pricelist(pricelist_id)
        pricelist_sudo = request.env["product.pricelist"].sudo().browse(pricelist_id)
        if not website.is_pricelist_available(pricelist_id) or not (
            pricelist_sudo.selectable
            or pricelist_sudo == website._on_behalf_pricelist(partner_sudo)
        ):
            return False
        self._apply_pricelist(pricelist=pricelist_sudo)
        return True


class OnBehalfHistory(Cart):
    def _prepare_order_history(self):
        """Override of `website_sale` to show what the customer ordered.

        :rtype: dict
        """
        website = request.website
        partner_sudo = website._on_behalf_partner()
        if not partner_sudo:
            return super()._prepare_order_history()
        orders_sudo = (
            request.env["sale.order"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner_sudo.id),
                    ("state", "=", "sale"),
                    ("website_id", "=", website.id),
                ],
                order="date_order desc",
                limit=_ORDERS,
            )
        )
        known = {_goods(line) for line in request.cart.order_line}
        by_day = {}
        for line_sudo in orders_sudo.order_line:
            goods = _goods(line_sudo)
            if goods in known or not self._on_behalf_orderable(line_sudo):
                continue
            known.add(goods)
            day = format_date(request.env, line_sudo.order_id.date_order)
            by_day.setdefault(day, line_sudo.browse())
            by_day[day] |= line_sudo
        return {
            "order_history": [
                {"label": day, "lines": lines} for day, lines in by_day.items()
            ]
        }

    def _on_behalf_orderable(self, line_sudo):
        """Whether a line can be put into the cart as it is."""
        if line_sudo.combo_item_id or not line_sudo._is_sellable():
            return False
        if not request.website.prevent_zero_price_sale:
            return True
        return bool(line_sudo.product_id._get_combination_info_variant()["price"])


class OnBehalfReorder(CustomerPortal):
    @route()
    def my_orders_reorder(self, order_id, access_token=None):
        """Override of `website_sale`: orders of the customer, and shares of divisions.

        :raise ValidationError: when the order is not of the one the visitor orders for
        """
        if partner_sudo := request.website._on_behalf_partner():
            order_sudo = (
                request.env["sale.order"].sudo().browse(_whole(order_id)).exists()
            )
            if order_sudo.partner_id != partner_sudo or order_sudo.state != "sale":
                raise ValidationError(
                    request.env._(
                        "You order for %(customer)s: only what %(customer)s ordered "
                        "can be ordered again. End this to order for yourself.",
                        customer=partner_sudo.name,
                    )
                )
            access_token = order_sudo._portal_ensure_token()
        try:
            order_sudo = self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return super().my_orders_reorder(order_id, access_token=access_token)
        if order_sudo.division_id:
            return self._division_reorder(order_sudo)
        return super().my_orders_reorder(order_id, access_token=access_token)

    def _division_reorder(self, order_sudo):
        """Order again what one recipient of a division order got.

        The quantities of its lines are those of all recipients: in a cart for a
        division they would be multiplied once more.
        """
        wanted = request.env["sale.reorder.list"]._wanted_of_order(order_sudo)
        if not wanted:
            raise ValidationError(
                request.env._("Nothing of this order can be ordered again.")
            )
        cart_sudo = request.cart or request.website._create_cart()
        told = cart_sudo._cart_add_many(wanted)
        if warnings := {one.reason or one.note for one in told} - {""}:
            cart_sudo.shop_warning = "\n".join(sorted(warnings))
        return {"tracking_info": [], "cart_quantity": cart_sudo.cart_quantity}


def _goods(line):
    """What a line sells: the product, of combos also what they consist of."""
    return line.product_id.id, tuple(line.linked_line_ids.product_id.ids)
