from odoo import models

from odoo.addons.order_review.engine import evaluate
from odoo.addons.order_review.engine.corrections import proposals
from odoo.addons.order_review.engine.match import match
from odoo.addons.order_review.engine.quantities import (
    countable,
    factor_of,
    subjects_of,
)
from odoo.addons.order_review.models.sale_review_evaluation import EvaluationFacts

#: Rules of these kinds refuse a quantity; the others judge the order as a whole.
_REFUSING = ("max_quantity", "quota", "product_hold", "multiple")


class SaleQuickLimits(models.AbstractModel):
    """Asks the review engine about lines before they are created.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.quick.limits"
    _description = "Limits of Quick Orders"

    def _refuse(self, cart, wanted, answers):
        """Take out what breaks a hard limit together with what is in the cart.

        What an approval may allow, or a correction mends, goes through.  Of boxes that
        share a limit, the first ones are kept.

        :param cart: stored ``sale.order``; or empty for a visitor who has none yet
        :param list[Wanted] wanted: with units
        :param dict answers: ``{key: Answer}``; reasons are written into it
        :return: what may be added
        :rtype: list[Wanted]
        """
        book = self.env["sale.review.limits"]._get_limit_book()
        if not book or not wanted:
            return wanted
        order, facts, own = self._read(cart, book)
        asked = self._virtual_lines(wanted, facts, book, cart._division_factor())
        while asked:
            refused = self._judge(order, facts, own, asked, book)
            if not refused:
                break
            for line_id, reason in refused.items():
                one, _line = asked.pop(line_id)
                answers[one.key].reason = reason
        return [one for one, _line in asked.values()]

    def _read(self, cart, book):
        """The cart and its lines as the engine takes them.

        :return: ``(order, OrderFacts, [LineFacts])``
        """
        if not cart:
            website = self.env["website"].get_current_website()
            order, facts = website._review_visitor_facts()
            return order, facts, []
        reader = self.env["sale.review.facts"].sudo().with_context(active_test=False)
        (facts,), lines = reader._read(cart.with_env(reader.env), book)
        return cart, facts, lines.get(cart.id, [])

    def _virtual_lines(self, wanted, facts, book, factor):
        """Lines that do not exist yet: their ids are below 0.

        :param int factor: recipients, each of whom gets what is wanted
        :return: ``{id: (Wanted, LineFacts)}``
        """
        limits = self.env["sale.review.limits"]
        products = self.env["product.product"].sudo()
        products = products.browse(dict.fromkeys(one.product_id for one in wanted))
        bare = {
            product.id: limits._product_facts(product, facts.id, book)
            for product in products
        }
        lines = {}
        for place, one in enumerate(wanted, 1):
            in_unit = self.env["uom.uom"].browse(one.uom_id).factor or 1.0
            line = bare[one.product_id]._replace(
                id=-place,
                quantity=one.quantity * factor,
                quantity_ref=one.quantity * factor * in_unit,
                line_factor=in_unit,
            )
            lines[line.id] = (one, line)
        return lines

    def _judge(self, order, facts, own, asked, book):
        """What must not be added; for others to look at it in parts.

        Takes and returns what :meth:`_judge_people` does, but one ``OrderFacts``.
        """
        return self._judge_people(order, [facts], own, asked, book)

    def _judge_people(self, order, people, own, asked, book):
        """What must not be added.

        :param list[OrderFacts] people: whose order it is: one, or all who get a share
        :param list[LineFacts] own: what is in the cart
        :param dict asked: ``{id: (Wanted, LineFacts)}``
        :return: ``{id of a virtual line: reason}``
        """
        lines = own + [line for _one, line in asked.values()]
        env = self.sudo().env
        digits = env["decimal.precision"].precision_get("Product Unit")
        matches, lines = self._mend(people, lines, book, digits)
        by_order = {people[0].id: lines}
        more = EvaluationFacts(env, order.with_env(env), people[:1], by_order, book)
        more.usage = env["sale.review.ledger"]._read_usage(matches, order.ids)
        refused = {}
        for matched in matches:
            for finding in evaluate([matched], book, more, digits=digits):
                if (
                    finding.kind not in _REFUSING
                    or finding.severity != "block"
                    or finding.decision_id
                ):
                    continue
                for line in self._excess(matched, finding):
                    if line.id < 0 and line.id not in refused:
                        refused[line.id] = self._word(order, finding)
        return refused

    def _mend(self, people, lines, book, digits):
        """Change quantities as the correction rules of the cart will.

        :return: ``(matches, lines)``
        """
        for _round in range(4):
            matches = list(match(people, {people[0].id: lines}, book))
            changes = {}
            for matched in matches:
                for rule, own, _beaten in matched.winners:
                    if rule.kind != "correction" or rule.correction not in (
                        "cap",
                        "round",
                    ):
                        continue
                    for change in proposals(
                        matched.order, rule, countable(rule, own), None, digits
                    ):
                        changes.setdefault(change.line.id, change.new)
            if not changes:
                break
            lines = [
                line._replace(
                    quantity=changes[line.id],
                    quantity_ref=changes[line.id] * line.line_factor,
                )
                if line.id in changes
                else line
                for line in lines
            ]
        return matches, lines

    def _excess(self, matched, finding):
        """Lines to leave out for the finding to go, the last ones first."""
        for rule, own, _beaten in matched.winners:
            if rule.id != finding.rule_id:
                continue
            for subject in subjects_of(rule, own):
                name = f"{rule.quantity_per}/{subject.key}" if subject.key else ""
                if name == finding.subject:
                    yield from self._last(rule, subject, finding)

    def _last(self, rule, subject, finding):
        if finding.kind in ("product_hold", "multiple"):
            # a minimum of many products together is reached in several steps
            if subject.key or finding.kind == "product_hold":
                yield from subject.lines
            return
        excess = finding.asked + finding.used - finding.allowed
        excess *= factor_of(rule, subject)
        for line in reversed(subject.lines):
            if round(excess, 6) <= 0:
                return
            if line.quantity_ref > 0:
                yield line
                excess -= line.quantity_ref

    def _word(self, order, finding):
        """What the customer is told, in his language, beside the product's name."""
        record = self.env["sale.review.finding"].sudo()
        record = record._from_fact(finding._replace(order_id=order.id, line_id=0))
        text = record.customer_message
        name = f"{record._get_product_name()}: "
        if (record.product_id or record._get_template()) and text.startswith(name):
            text = text[len(name) :]
        return text[:1].upper() + text[1:]
