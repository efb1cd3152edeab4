import logging

from odoo import models
from odoo.http import request

from odoo.addons.website_sale.models.website import (
    CART_SESSION_CACHE_KEY,
    FISCAL_POSITION_SESSION_CACHE_KEY,
    PRICELIST_SELECTED_SESSION_CACHE_KEY,
    PRICELIST_SESSION_CACHE_KEY,
)

_logger = logging.getLogger(__name__)

#: Session: user id and the partner he orders for.
_SESSION_KEY = "order_on_behalf"

#: Session: what his own cart left there, given back when he ends.
_OWN_KEY = "order_on_behalf_own"

#: Session: name of the one he may not order for any more, to tell him once.
_ENDED_KEY = "order_on_behalf_ended"

_CART_KEYS = (
    CART_SESSION_CACHE_KEY,
    FISCAL_POSITION_SESSION_CACHE_KEY,
    PRICELIST_SELECTED_SESSION_CACHE_KEY,
    PRICELIST_SESSION_CACHE_KEY,
    "website_sale_cart_quantity",
)


class Website(models.Model):
    _inherit = "website"

    # === WHO IT IS FOR === #

    def _on_behalf_partner(self):
        """Whom the visitor orders for, checked once per request.

        :return: one ``res.partner`` with superuser rights, empty when for himself
        """
        Partner = self.env["res.partner"].sudo()
        if not request or _SESSION_KEY not in request.session:
            return Partner
        user_id, partner_id = request.session[_SESSION_KEY]
        if request.__dict__.get("_on_behalf_checked") != partner_id:
            partner_sudo = Partner.browse(partner_id).exists()
            if user_id != self.env.uid or not (
                partner_sudo
                and self.env.user._may_order_for(partner_sudo, self.company_id)
            ):
                _logger.info(
                    "User %s may not order for partner %s any more",
                    self.env.uid,
                    partner_id,
                )
                self._on_behalf_end()
                request.session[_ENDED_KEY] = partner_sudo.name or ""
                return Partner
            request._on_behalf_checked = partner_id
        return Partner.browse(partner_id)

    def _on_behalf_start(self, partner):
        """Have the visitor shop for another; his own cart waits meanwhile.

        :param partner: one ``res.partner``, checked by the caller
        """
        self._on_behalf_end()
        session = request.session
        session[_OWN_KEY] = {
            key: session.pop(key) for key in _CART_KEYS if key in session
        }
        session[_SESSION_KEY] = [self.env.uid, partner.id]
        _logger.info("User %s orders for partner %s", self.env.uid, partner.id)

    def _on_behalf_end(self):
        """Have the visitor shop for himself again, with the cart he had."""
        session = request.session
        if session.pop(_SESSION_KEY, None) is None:
            return
        for key in _CART_KEYS:
            session.pop(key, None)
        session.update(session.pop(_OWN_KEY, None) or {})

    def _on_behalf_take_ended(self):
        """Name of the one the visitor may not order for any more, told once."""
        return request.session.pop(_ENDED_KEY, None) if request else None

    # === HIS CART AND TAXES === #

    def _get_and_cache_current_cart(self):
        """Override of `website_sale` to keep the carts of two people apart."""
        if partner_sudo := self._on_behalf_partner():
            return self._on_behalf_cart(partner_sudo)
        self._find_own_cart()
        cart_sudo = super()._get_and_cache_current_cart()
        user = self.env.user
        if (
            cart_sudo
            and not user._is_public()
            and cart_sudo.partner_id == user.partner_id
            and cart_sudo.placed_by_id != user.partner_id
            and not request.env.cr.readonly
        ):
            cart_sudo.placed_by_id = user.partner_id
        return cart_sudo

    def _on_behalf_cart(self, partner_sudo):
        """The cart that the visitor fills for another."""
        Order = self.env["sale.order"].sudo()
        session = request.session
        known = CART_SESSION_CACHE_KEY in session
        domain = [
            ("placed_by_id", "=", self.env.user.partner_id.id),
            ("on_behalf_of_id", "=", partner_sudo.id),
            ("website_id", "=", self.id),
            ("state", "=", "draft"),
            ("review_parked_at", "=", False),
        ]
        if known:
            domain.append(("id", "=", session[CART_SESSION_CACHE_KEY] or 0))
        cart_sudo = Order.search(domain, limit=1)
        if cart_sudo and cart_sudo.get_portal_last_transaction().state in _PAID:
            cart_sudo = Order
        if not known and cart_sudo and not request.env.cr.readonly:
            cart_sudo._verify_cart()
        session[CART_SESSION_CACHE_KEY] = cart_sudo.id
        if not known or not cart_sudo:
            session["website_sale_cart_quantity"] = cart_sudo.cart_quantity
        return cart_sudo

    def _find_own_cart(self):
        """Look for an earlier cart of the visitor as core would, others' drafts aside.

        Core takes any draft of the customer for his cart, also one that somebody else
        is filling for him.
        """
        user = self.env.user
        if CART_SESSION_CACHE_KEY in request.session or user._is_public():
            return
        Order = self.env["sale.order"].sudo()
        drafts = [
            ("partner_id", "=", user.partner_id.id),
            ("website_id", "=", self.id),
            ("state", "=", "draft"),
        ]
        if not Order.search(drafts, limit=1).on_behalf_of_id:
            return  # core finds the right one by itself
        own = Order.search([*drafts, ("on_behalf_of_id", "=", False)], limit=1)
        request.session[CART_SESSION_CACHE_KEY] = own.id
        request.session["website_sale_cart_quantity"] = own.cart_quantity
        if own and not request.env.cr.readonly:
            own._update_address(user.partner_id.id, ["partner_id"])
            own._verify_cart()

    def _prepare_sale_order_values(self, partner_sudo):
        """Override of `website_sale` to make the cart for the one it is for."""
        represented_sudo = self._on_behalf_partner()
        values = super()._prepare_sale_order_values(represented_sudo or partner_sudo)
        user = self.env.user
        if represented_sudo:
            values.update(
                self.env["sale.order"]._on_behalf_values(represented_sudo, user)
            )
        elif not user._is_public():
            values["placed_by_id"] = user.partner_id.id
        return values

    def _review_visitor(self):
        """Override of `order_review` to tell the limits of the one it is for."""
        partner_sudo = self._on_behalf_partner()
        if not partner_sudo:
            return super()._review_visitor()
        return partner_sudo._get_ordering_user(self.env.user), partner_sudo

    def _get_and_cache_current_fiscal_position(self):
        """Override of `website_sale` to show the taxes of the one it is for."""
        partner_sudo = self._on_behalf_partner()
        if not partner_sudo or FISCAL_POSITION_SESSION_CACHE_KEY in request.session:
            return super()._get_and_cache_current_fiscal_position()
        position_sudo = (
            self.env["account.fiscal.position"]
            .sudo()
            .with_company(self.company_id)
            ._get_fiscal_position(partner_sudo)
        )
        request.session[FISCAL_POSITION_SESSION_CACHE_KEY] = position_sudo.id
        return position_sudo


#: States of a payment after which a cart is no cart any more.
_PAID = ("pending", "authorized", "done")
