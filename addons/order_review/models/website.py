from odoo import fields, models
from odoo.http import request

from ..engine import OrderFacts


class Website(models.Model):
    _inherit = "website"

    def _prepare_sale_order_values(self, partner_sudo):
        """Override of `website_sale` to name the visitor who starts the cart.

        A visitor who is not logged in is the public user: rules for the role "Public"
        find him, and a quota per user counts all such visitors together.
        """
        return {
            **super()._prepare_sale_order_values(partner_sudo),
            "ordering_user_id": self.env.user.id,
        }

    def _get_and_cache_current_cart(self):
        """Override of `website_sale` to keep held orders out and name the visitor."""
        cart_sudo = super()._get_and_cache_current_cart()
        if not cart_sudo:
            return cart_sudo
        if cart_sudo.review_parked_at:
            self.sale_reset()
            return cart_sudo.browse()
        user = self.env.user
        if (
            cart_sudo.ordering_user_id != user
            and not user._is_public()
            and cart_sudo.partner_id == user.partner_id
            and not request.env.cr.readonly
        ):
            cart_sudo.ordering_user_id = user
        return cart_sudo

    def _review_visitor(self):
        """Whose order it would be, with superuser rights; for others to override.

        :return: ``(res.users, res.partner)``
        """
        user_sudo = self.env.user.sudo()
        return user_sudo, user_sudo.partner_id

    def _review_visitor_facts(self):
        """What rules may ask of the visitor: his cart, or himself while he has none.

        :return: ``(cart, OrderFacts)``, the cart may be empty
        """
        self.ensure_one()
        book = self.env["sale.review.limits"]._get_limit_book()
        reader = self.env["sale.review.facts"].sudo()
        cart_sudo = request.cart
        if cart_sudo:
            return cart_sudo, reader._read(cart_sudo, book)[0][0]
        user, partner = self._review_visitor()
        commercial = partner.commercial_partner_id
        ancestors = tags = {}
        if book.uses("partners") or book.uses("partner_tags"):
            ancestors = reader._ancestors({partner.id: partner.parent_id.id})
        if book.uses("partner_tags"):
            tags = reader._partner_tags(ancestors)
        known = set()
        if book.new_customers:
            known = reader._known_customers({commercial.id}, [])
        company = self.company_id.sudo()
        return cart_sudo, OrderFacts(
            id=0,
            company_id=company.id,
            partner_id=partner.id,
            partner_ids=ancestors.get(partner.id, frozenset()),
            commercial_id=commercial.id,
            shipping_id=partner.id,
            partner_tag_ids=tags.get(partner.id, frozenset()),
            country_id=partner.country_id.id or 0,
            pricelist_id=request.pricelist.id or 0,
            website_id=self.id,
            team_id=self.salesteam_id.id or 0,
            user_id=user.id,
            group_ids=frozenset(user._get_group_ids()),
            carrier_id=0,
            is_new_customer=commercial.id not in known,
            currency_id=self.currency_id.id,
            amount_total=0.0,
            amount_untaxed=0.0,
            margin=0.0,
            amount_paid=0.0,
            now=fields.Datetime.now(),
            timezone=company.partner_id.tz or "UTC",
        )
