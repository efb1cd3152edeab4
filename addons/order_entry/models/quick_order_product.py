from odoo import api, models
from odoo.http import request


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _quick_order_allowed(self, website):
        """Those of the products that the visitor may put into his cart.

        :param website: ``website`` of the visitor
        :return: the allowed ones, with the rights of the visitor
        :rtype: product.product recordset
        """
        products = self.with_env(self.env(su=False))
        obstacles = products._quick_order_obstacles(website)
        return products.filtered(lambda product: product.id not in obstacles)

    def _quick_order_obstacles(self, website):
        """What keeps products out of the cart of the visitor.

        The answer of :meth:`_is_add_to_cart_allowed`, and the shop's own domain: what
        its pages don't list (tickets, another website's goods) has no box either.
        Nobody is exempt: core lets administrators put anything into their carts.

        :param website: ``website`` of the visitor
        :return: ``{product id: code}`` without those that may be ordered; see
            :meth:`_quick_order_refusal` for the codes
        :rtype: dict[int, str]
        """
        known = self.exists()
        # the rules decide on all at once, and what is read below is fetched at once
        readable = known._filtered_access("read")
        obstacles = {
            product.id: "unknown"
            for product in self
            if product not in known or product not in readable
        }
        templates = readable.product_tmpl_id
        here = templates.filtered_domain(website.website_domain())
        listed = templates.filtered_domain(website.sale_product_domain())
        kinds = templates._get_saleable_tracking_types()
        priced = website.prevent_zero_price_sale
        exempt = self.env.user.has_group("base.group_system")
        for product in readable:
            template = product.product_tmpl_id
            if not product.active:
                obstacles[product.id] = "archived"
            elif not template.sale_ok:
                obstacles[product.id] = "sale"
            elif template not in here:
                obstacles[product.id] = "website"
            elif not template.is_published:
                obstacles[product.id] = "unpublished"
            elif template.service_tracking not in kinds:
                obstacles[product.id] = "page"
            elif template not in listed:
                obstacles[product.id] = "unknown"
            elif exempt or not product._is_add_to_cart_allowed():
                if priced and not product._get_contextual_price():
                    obstacles[product.id] = "price"
                elif not exempt:
                    obstacles[product.id] = "unknown"
        return obstacles

    @api.model
    def _quick_order_refusal(self, code):
        """Why a product cannot be ordered: staff is told, customers are not.

        What is not published is nobody's business outside.

        :param str code: out of :meth:`_quick_order_obstacles`
        """
        reasons = {}
        if self.env.user._is_internal():
            reasons = {
                "archived": self.env._("This product is archived."),
                "sale": self.env._("This product is not for sale."),
                "website": self.env._("This product is sold on another website."),
                "unpublished": self.env._("This product is not published."),
                "page": self.env._("This is ordered on its own page."),
                "price": self.env._("This product has no price here."),
            }
        return reasons.get(code) or self.env._("This product cannot be ordered here.")

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
