from odoo import fields, models


class Website(models.Model):
    _inherit = "website"

    stock_promise = fields.Boolean(
        "Show and Sell Distributors' Stock",
        help="Product, category and cart pages say what is in stock, here and at "
        "distributors, and when it can leave. What distributors have can be bought.",
    )
    stock_promise_live = fields.Boolean(
        "Ask Distributors in the Cart",
        default=True,
        help="Distributors with a live service are asked about the cart, and again "
        "before payment. Without an answer in time their last file counts.",
    )
    stock_promise_deadline = fields.Float(
        "Wait at Most (Seconds)",
        default=1.5,
        help="For all distributors together.",
    )
    stock_promise_names = fields.Boolean(
        "Name Distributors to Customers", help="Customers read from whom goods come."
    )

    _stock_promise_deadline_sane = models.Constraint(
        "CHECK (stock_promise_deadline > 0 AND stock_promise_deadline <= 10)",
        "Wait for distributors for more than 0 and at most 10 seconds.",
    )

    def _get_product_available_qty(self, product, **kwargs):
        """Override of `website_sale_stock`: what distributors have can be bought."""
        quantity = super()._get_product_available_qty(product, **kwargs)
        if self.stock_promise:
            quantity += product.with_company(self.company_id).distributors_qty
        return quantity

    def _shop_promises(self, products, quantities=None):
        """What may be said about products in this shop.

        :param products: ``product.product``
        :param dict quantities: wanted, by product id
        :return: `promise.Availability` by product id; empty when the shop shows none
        """
        if not self.stock_promise:
            return {}
        return products._promises(
            quantities, company=self.company_id, warehouse=self.sudo().warehouse_id
        )

    def _ask_distributors(self, products):
        """Ask distributors' services about products; answers are remembered a while.

        Call it before anything is written: who waits must not hold a row.
        """
        if self.stock_promise and self.stock_promise_live:
            self.env["distributor.service"].sudo()._ask_services(
                products, company=self.company_id, deadline=self.stock_promise_deadline
            )
            products.invalidate_recordset(["distributors_qty"], flush=False)
