from odoo import models
from odoo.http import request

from odoo.addons.website_sale.models.website import PRICELIST_SESSION_CACHE_KEY


class Website(models.Model):
    _inherit = "website"

    # Core asks for the pricelists of the user; who shops for another sees those of the
    # one it is for, and none that are only his own.

    def _on_behalf_pricelist(self, partner_sudo):
        """The pricelist that a customer has in this shop, whether or not it fits.

        :param partner_sudo: whom the visitor orders for
        :rtype: product.pricelist recordset with superuser rights
        """
        partner_sudo = partner_sudo.with_company(self.company_id)
        if country_code := self._get_geoip_country_code():
            partner_sudo = partner_sudo.with_context(country_code=country_code)
        return partner_sudo.property_product_pricelist

    def get_pricelist_available(self, show_visible=False):
        """Override of `website_sale` to offer the pricelists of the one it is for."""
        partner_sudo = self._on_behalf_partner()
        if not partner_sudo or not self._on_behalf_has_pricelists():
            return super().get_pricelist_available(show_visible=show_visible)
        website = self.with_company(self.company_id)
        ids = website._get_pl_partner_order(
            self._get_geoip_country_code(),
            show_visible,
            current_pl_id=request.session.get(PRICELIST_SESSION_CACHE_KEY) or None,
            website_pricelist_ids=tuple(website.sudo().pricelist_ids.ids),
            partner_pl_id=website._on_behalf_pricelist(partner_sudo).id,
        )
        return self.env["product.pricelist"].browse(ids)

    def _get_and_cache_current_pricelist(self):
        """Override of `website_sale` to show the prices of the one it is for."""
        partner_sudo = self._on_behalf_partner()
        if (
            not partner_sudo
            or PRICELIST_SESSION_CACHE_KEY in request.session
            or request.cart
            or not self._on_behalf_has_pricelists()
        ):
            return super()._get_and_cache_current_pricelist()
        pricelist_sudo = self._on_behalf_pricelist(partner_sudo)
        available_sudo = self.get_pricelist_available().sudo()
        if available_sudo and pricelist_sudo not in available_sudo:
            pricelist_sudo = available_sudo[0]
        request.session[PRICELIST_SESSION_CACHE_KEY] = pricelist_sudo.id
        return pricelist_sudo

    def _on_behalf_has_pricelists(self):
        return self.env["res.groups"]._is_feature_enabled(
            "product.group_product_pricelist"
        )
