from odoo import fields, models
from odoo.http import request
from odoo.tools import format_amount


class SaleQuickPrices(models.AbstractModel):
    """Prices of many products for the visitor, by quantity.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.quick.prices"
    _description = "Prices of a Quick Order Form"

    def _price_tables(self, products, website):
        """Unit prices with the quantities from which they hold.

        :return: ``{product id: {uom id: [(from quantity, price, text)]}}``; nothing
            where the shop hides prices of zero
        """
        pricelist = request.pricelist
        date = fields.Datetime.now()
        rules = pricelist._get_applicable_rules(products, date)
        steps = sorted({1.0, *(rule.min_quantity for rule in rules)} - {0.0})
        page = self.env["sale.quick.page"]
        by_uom = {}
        for product in products:
            for uom in page._uoms(product) or product.uom_id:
                by_uom.setdefault(uom, products.browse())
                by_uom[uom] |= product
        tables = {product.id: {} for product in products}
        for uom, group in by_uom.items():
            for step in steps:
                self._add_step(tables, pricelist, group, uom, step, date, website)
        return tables

    def _add_step(self, tables, pricelist, products, uom, step, date, website):
        """Add the price from one quantity on, where it differs from the one before."""
        currency = website.currency_id
        found = pricelist._compute_price_rule(
            products, step, currency=currency, uom=uom, date=date
        )
        for product in products:
            price = product._quick_order_taxed(found[product.id][0], website)
            price = currency.round(price)
            table = tables[product.id].setdefault(uom.id, [])
            if not table or currency.compare_amounts(table[-1][1], price):
                table.append((step, price, format_amount(self.env, price, currency)))
