from odoo import models

from odoo.addons.order_review.engine import RuleBook, evaluate, plan
from odoo.addons.order_review.engine.facts import covers
from odoo.addons.order_review.models.sale_review_evaluation import EvaluationFacts

from ..engine.shares import fits_share, fits_whole, shares_of


class SaleReviewEngine(models.AbstractModel):
    _inherit = "sale.review.engine"

    def _judge(self, orders, book, cumulative=False, historic=False, lock=False):
        """Override of `order_review` to judge division orders twice.

        The whole order meets all rules except those that count per ship-to address:
        its goods go to many. The share of each recipient meets the rules that look at
        one delivery: quantities, packs, holds and quotas per address, in the country
        that it goes to.
        """
        divided = orders.filtered("division_id")
        if not divided:
            return super()._judge(
                orders, book, cumulative=cumulative, historic=historic, lock=lock
            )
        options = {"cumulative": cumulative, "historic": historic, "lock": lock}
        findings = []
        if rest := orders - divided:
            findings += super()._judge(rest, book, **options)
        whole = RuleBook(rule for rule in book.rules if fits_whole(rule))
        if whole:
            findings += super()._judge(divided, whole, **options)
        share = RuleBook(rule for rule in book.rules if fits_share(rule))
        if share:
            seen = {finding.key for finding in findings}
            for order in divided:
                found = self._judge_shares(order, share, **options)
                findings += [one for one in found if one.key not in seen]
        return findings

    def _judge_shares(self, order, book, cumulative, historic, lock):
        """Judge what each recipient of one division order gets.

        :param order: ``sale.order`` record
        :param RuleBook book: rules that look at one delivery
        :return: one finding per rule and product, the worst of all recipients; its
            details say how many recipients it is about, and who is one of them
        :rtype: list[Finding]
        """
        self = self.sudo().with_context(active_test=False)
        order = order.with_env(self.env)
        recipients = order.recipient_ids._gets_goods()
        if not recipients:
            return []
        reader = self.env["sale.review.facts"]
        facts_list, lines_by_order = reader._read(order, book, historic=historic)
        shares = {line.id: line.division_qty for line in order.order_line}
        lines = shares_of(lines_by_order.get(order.id, ()), shares)
        addresses = [
            (row.partner_id.id, row.address_id.country_id.id) for row in recipients
        ]
        people = [
            facts._replace(shipping_id=partner_id, country_id=country_id)
            for facts in facts_list
            for partner_id, country_id in addresses
        ]
        if lock:
            self._lock_subjects(people, book)
        facts = EvaluationFacts(self.env, order, facts_list, {order.id: lines}, book)
        matches = plan(people, {order.id: lines}, book, facts.domain_hits)
        if not historic:
            ledger = self.env["sale.review.ledger"]
            facts.usage = ledger._read_usage(matches, order.ids)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        worst = {}
        for matched in matches:
            for finding in evaluate([matched], book, facts, digits=digits):
                kept, hits = worst.get(finding.key, (None, 0))
                if kept is None or finding.used > kept[0].used:
                    kept = (finding, matched.order.shipping_id)
                worst[finding.key] = (kept, hits + 1)
        names = dict(
            zip(recipients.partner_id.ids, recipients.mapped("name"), strict=True)
        )
        return [
            self._cover_share(
                finding._replace(
                    details={
                        **finding.details,
                        "recipients": hits,
                        "recipient": names.get(partner_id, ""),
                    }
                ),
                facts,
                order,
            )
            for (finding, partner_id), hits in worst.values()
        ]

    def _cover_share(self, finding, facts, order):
        """Apply decisions, which were taken on the order and not on one delivery."""
        rule = self.env["sale.review.rule"].browse(finding.rule_id)
        for decision in facts.decisions.get((finding.order_id, finding.rule_id), ()):
            if covers(decision, finding, order.partner_shipping_id.id) and (
                finding.severity != "block" or rule.is_overridable
            ):
                return finding._replace(decision_id=decision.id)
        return finding
