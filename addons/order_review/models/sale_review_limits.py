from babel.dates import format_skeleton
from pytz import timezone, utc

from odoo import models, tools
from odoo.tools.float_utils import float_repr
from odoo.tools.misc import babel_locale_parse, get_lang

from ..engine import LineFacts, RuleBook
from ..engine.limits import LIMIT_KINDS, limits
from ..engine.match import match


class SaleReviewLimits(models.AbstractModel):
    """Words the limits of products for the shop, before anything is wrong.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.review.limits"
    _description = "Limits of Products in the Shop"

    @tools.ormcache()
    def _get_limit_book(self):
        """The rules that limit quantities, apart from all others.

        :rtype: odoo.addons.order_review.engine.RuleBook
        """
        rules = self.env["sale.review.rule"]._get_book().rules
        return RuleBook(rule for rule in rules if rule.kind in LIMIT_KINDS)

    def _of_order(self, order):
        """Limits of all lines of an order, in a few statements for all of them.

        :param order: one stored ``sale.order``
        :return: ``{line id: [text]}``
        """
        book = self._get_limit_book()
        if not book or not order.order_line:
            return {}
        reader = self.env["sale.review.facts"].sudo().with_context(active_test=False)
        order = order.with_env(reader.env)
        rows = [reader._row_in_memory(order)]
        (facts,), lines = reader._read(order, book, rows=rows)
        texts = {}
        for limit, text in self._word(order, facts, lines.get(order.id, []), book):
            texts.setdefault(limit.line_id, []).append(text)
        return texts

    def _of_product(self, product, order, facts):
        """Limits of one product, for an order or for a visitor without one.

        :param product: one ``product.product``
        :param order: the ``sale.order`` of the visitor, may be empty
        :param OrderFacts facts: who would order it
        :rtype: list[str]
        """
        book = self._get_limit_book()
        line = self._product_facts(product.sudo(), facts.id, book)
        return [text for _limit, text in self._word(order, facts, [line], book)]

    def _product_facts(self, product, order_id, book):
        """A line that would sell the product, for no quantity yet."""
        factor = product.uom_id.factor or 1.0
        tags = product.all_product_tag_ids.ids if book.uses("product_tags") else ()
        path = (product.categ_id.parent_path or "").split("/")[:-1]
        return LineFacts(
            id=0,
            order_id=order_id,
            product_id=product.id,
            template_id=product.product_tmpl_id.id,
            category_path=tuple(map(int, path)),
            product_tag_ids=frozenset(tags),
            quantity=0.0,
            quantity_ref=0.0,
            line_factor=factor,
            product_factor=factor,
            uom_root=int((product.uom_id.parent_path or "0").split("/")[0]),
            price_unit=0.0,
            discount=0.0,
            is_delivery=False,
        )

    def _word(self, order, facts, lines, book):
        """Limits with their texts in the reader's language.

        :return: iterator of ``(Limit, text)``
        """
        env = self.sudo().env
        matches = list(match([facts], {facts.id: lines}, book))
        ledger = env["sale.review.ledger"]
        found = limits(matches, ledger._read_usage(matches, order.ids))
        rules = env["sale.review.rule"].browse({limit.rule_id for limit in found})
        products = env["product.product"].browse({limit.product_id for limit in found})
        rules, products = rules.grouped("id"), products.grouped("id")
        for limit in found:
            rule, unit = rules[limit.rule_id], ""
            if limit.has_unit:
                unit = rule.uom_id.name
            elif limit.other_unit:
                unit = products[limit.product_id].uom_id.name
            yield limit, self._text(limit, rule, unit, facts.timezone)

    def _text(self, limit, rule, unit, tz):

        def quantity(value):
            text = float_repr(value, 2).rstrip("0").rstrip(".")
            return f"{text} {unit}" if unit else text

        values = {
            "value": quantity(limit.value),
            "left": float_repr(limit.left, 2).rstrip("0").rstrip("."),
            "date": self._format_day(limit.until, tz) if limit.until else "",
        }
        if limit.kind == "hold":
            if rule.message:
                return self.env._("On hold: %(reason)s", reason=rule.message.strip())
            return self.env._("On hold")
        if limit.kind == "quota":
            if limit.until:
                return self.env._("%(left)s of %(value)s left until %(date)s", **values)
            return self.env._("%(left)s of %(value)s left", **values)
        if limit.kind == "minimum":
            return self.env._("At least %(value)s per order", **values)
        if limit.kind == "pack":
            return self.env._("Sold in packs of %(value)s", **values)
        if limit.severity == "approve":
            return self.env._(
                "More than %(value)s per order needs our approval", **values
            )
        if limit.severity in ("warn", "inform"):
            return self.env._("Usually at most %(value)s per order", **values)
        return self.env._("At most %(value)s per order", **values)

    def _format_day(self, moment, tz):
        """A day and month as the reader writes them, such as “3 Dec”."""
        local = utc.localize(moment).astimezone(timezone(tz))
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton("MMMd", local, tzinfo=local.tzinfo, locale=locale)
