from odoo import models
from odoo.http import request


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _quick_order_allowed(self, website):
        """Those of the products that the visitor may put into his cart.

        The answer of :meth:`_is_add_to_cart_allowed`, and the shop's own domain: what
        its pages don't list (tickets, another website's goods) has no box either.

        :param website: ``website`` of the visitor
        :return: the allowed ones, with the rights of the visitor
        :rtype: product.product recordset
        """
        products = self.with_env(self.env(su=False)).exists()
        # the rules decide on all at once, and what is read below is fetched at once
        products = products._filtered_access("read").filtered("active")
        listed = products.product_tmpl_id.filtered_domain(website.sale_product_domain())
        return products.filtered(
            lambda product: (
                product.product_tmpl_id in listed and product._is_add_to_cart_allowed()
            )
        )

    def _quick_order_needs_page(self):
        """Those that cannot be ordered by a quantity alone: they are chosen or filled
        in on their page.

        :rtype: product.product recordset
        """
        return self.filtered(
            lambda product: product.product_tmpl_id._quick_order_needs_page()
        )

    def _quick_order_stock(self, website):
        """What can be had of each product, in its own unit.

        :param website: ``website`` of the visitor
        :return: ``{product id: quantity}`` without those whose stock does not matter
        :rtype: dict
        """
        stored = self.sudo().filtered("is_storable")
        # read for all at once; what follows finds it in the cache
        stored.with_context(warehouse_id=website.warehouse_id.id).mapped("free_qty")
        return {
            product.id: website._get_product_available_qty(product)
            for product in stored
        }

    def _quick_order_taxed(self, price, website):
        """A price of the pricelist as the shop shows it, taxes in or out.

        :param float price: in the currency of the website
        :param website: ``website`` of the visitor
        """
        self.ensure_one()
        taxes_sudo = self.sudo().taxes_id._filter_taxes_by_company(self.env.company)
        if not taxes_sudo:
            return price
        return self.product_tmpl_id._apply_taxes_to_price(
            price,
            website.currency_id,
            taxes_sudo,
            request.fiscal_position.map_tax(taxes_sudo),
            self,
            website=website,
        )
