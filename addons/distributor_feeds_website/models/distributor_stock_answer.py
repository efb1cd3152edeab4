import math

from odoo import fields, models

MOST_CODES = 500
MOST_CODE = 64


class StockQuestion(ValueError):
    """A question that cannot be answered; its text says what to change."""


class DistributorStockKey(models.Model):
    _inherit = "distributor.stock.key"

    def _checked_codes(self, question):
        """Take the codes out of a question.

        :param question: as it was read from JSON
        :return: list of str
        :raise StockQuestion: it is none
        """
        if not isinstance(question, dict) or not isinstance(
            question.get("codes"), list
        ):
            raise StockQuestion('Send {"codes": ["A1", …]}.')
        codes = question["codes"]
        if not 0 < len(codes) <= MOST_CODES:
            raise StockQuestion(
                f"Ask for 1 to {MOST_CODES} codes at once, not {len(codes)}."
            )
        for number, code in enumerate(codes, 1):
            if not isinstance(code, str) or not code.strip():
                raise StockQuestion(f"Code {number} is not a text.")
            if len(code) > MOST_CODE:
                raise StockQuestion(f"Code {number} is longer than {MOST_CODE} signs.")
            if not code.isprintable():
                raise StockQuestion(
                    f"Code {number} holds a sign that cannot be printed."
                )
        return codes

    def _answer(self, codes):
        """What we have of some codes, what it costs this customer, and from when.

        The number of queries does not depend on the number of codes.

        :param list codes: internal references or barcodes
        :return: list of dict, in the same order
        """
        self.ensure_one()
        website, company = self.website_id, self.company_id
        shop = self.with_company(company).env
        found = self._products_of(codes)
        products = shop["product.product"].union(
            *(some for some in found.values() if len(some) == 1)
        )
        promises = products._promises(company=company, warehouse=website.warehouse_id)
        pricelist = self.pricelist_id or (
            self.partner_id.with_company(company).property_product_pricelist
        )
        prices = pricelist._get_products_price(products, 1.0) if products else {}
        currency = pricelist.currency_id or company.currency_id
        answers, seen = [], set()
        for code in codes:
            some = found.get(code.strip())
            if code.strip() in seen:
                answers.append({"code": code, "error": "duplicate"})
            elif not some:
                answers.append({"code": code, "error": "unknown"})
            elif len(some) > 1:
                answers.append({"code": code, "error": "ambiguous"})
            else:
                price = currency.round(prices[some.id])
                answers.append(
                    {"code": code, **_told(promises.get(some.id)), "price": price,
                     "currency": currency.name}
                )  # fmt: skip
            seen.add(code.strip())
        return answers

    def _products_of(self, codes):
        """The goods of the shop by code; a reference counts more than a barcode.

        :return: ``product.product`` by code
        """
        wanted = [code.strip() for code in codes]
        website = self.website_id
        products = (
            self.env["product.product"]
            .with_company(self.company_id)
            .search_fetch(
                [
                    "|",
                    ("default_code", "in", wanted),
                    ("barcode", "in", wanted),
                    ("sale_ok", "=", True),
                    ("is_published", "=", True),
                    ("company_id", "in", (False, self.company_id.id)),
                    ("website_id", "in", (False, website.id)),
                ],
                ["default_code", "barcode"],
            )
        )
        by_barcode = products.grouped("barcode")
        return by_barcode | products.grouped("default_code")


def _told(told):
    """An `Availability` as other shops read it."""
    if not told:  # goods that nobody counts
        return {"state": "not_counted", "stock": None, "own_stock": None, "more": False,
                "date": None, "age_hours": None, "live": False}  # fmt: skip
    day = told.promise.date
    return {
        "state": told.promise.state,
        "stock": math.floor(told.most.quantity),
        "own_stock": math.floor(told.own),
        "more": told.more,
        "date": fields.Date.to_string(day) if day else None,
        "age_hours": None if told.age_hours is None else round(told.age_hours, 2),
        "live": told.live,
    }
