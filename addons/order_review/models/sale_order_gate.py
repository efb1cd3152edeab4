from contextlib import contextmanager

from odoo import models

from ..engine.facts import is_worse, open_findings
from ..exceptions import ReviewError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @contextmanager
    def _review_undo(self, needed):
        """Undo what a door has written when the gate refuses it.

        An exception alone is not enough: whoever catches one, as webhooks do, keeps
        the transaction and what was written in it.

        :param bool needed: whether the gate is going to be asked
        """
        if not needed or not self.env["sale.review.rule"]._get_book():
            yield
            return
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False):
            try:
                yield
            except Exception:
                self.env.transaction.clear()
                raise

    def _review_gate(self):
        """Let the orders pass, or refuse all of them naming what is wrong.

        The last line of defence behind every door: it runs when an order has become
        confirmed in this transaction, whoever made it so.

        :raise ReviewError: when a rule holds one of the orders
        """
        if not self or not self.env["sale.review.rule"]._get_book():
            return
        self.env["sale.review.engine"]._lock_subjects(self)
        findings = self.env["sale.review.engine"]._evaluate(self, cumulative=True)
        held = open_findings(findings)
        if held:
            raise ReviewError(self._review_refusal(held))
        self.env["sale.review.finding"].sudo()._store(self, findings)

    def _review_held(self):
        """Those of the orders that could not be confirmed now, judged anew.

        :return: the held orders, their findings stored
        :rtype: sale.order recordset
        """
        if not self or not self.env["sale.review.rule"]._get_book():
            return self.browse()
        findings = self.env["sale.review.engine"]._evaluate(self, cumulative=True)
        self._review_apply(findings)
        held_ids = {finding.order_id for finding in open_findings(findings)}
        return self.filtered(lambda order: order.id in held_ids)

    def _review_refusal(self, findings, customer=None, edit=False):
        """The text for the one at the door: every order, everything that is wrong.

        :param list[Finding] findings: open findings
        :param bool edit: the orders are confirmed, a change of them is refused
        :param bool customer: use the words for customers; by default when the user
            is no internal user
        :rtype: str
        """
        if customer is None:
            customer = not self.env.user._is_internal()
        Finding = self.env["sale.review.finding"].sudo()
        by_order = {}
        for finding in findings:
            by_order.setdefault(finding.order_id, []).append(finding)
        parts = []
        for order in self.sudo().filtered(lambda order: order.id in by_order):
            name = order.name or order.id
            parts.append(
                self.env._("%(order)s cannot be changed like this:", order=name)
                if edit
                else self.env._("%(order)s cannot be confirmed:", order=name)
            )
            for finding in by_order[order.id]:
                record = Finding._from_fact(finding)
                text = record.customer_message if customer else record.message
                parts.append(f"- {text}")
        return "\n".join(parts)

    # === CHANGES OF CONFIRMED ORDERS === #

    def _review_snapshot(self):
        """What rules confirmed orders break before a change.

        :return: ``{finding key: asked}``
        """
        if not self or not self.env["sale.review.rule"]._get_book():
            return {}
        findings = self.env["sale.review.engine"]._evaluate(self)
        return {finding.key: finding.asked for finding in open_findings(findings)}

    def _review_guard_edit(self, before):
        """Refuse a change of confirmed orders that breaks a rule anew or further.

        What was broken before the change is tolerated, so an order can always be
        brought down towards what is allowed.

        :param dict before: what :meth:`_review_snapshot` returned
        :raise ReviewError: naming what the change would break
        """
        if not self or not self.env["sale.review.rule"]._get_book():
            return
        self.env["sale.review.engine"]._lock_subjects(self)
        findings = self.env["sale.review.engine"]._evaluate(self)
        worse = [
            finding
            for finding in open_findings(findings)
            if finding.key not in before or is_worse(finding, before[finding.key])
        ]
        if worse:
            raise ReviewError(self._review_refusal(worse, edit=True))
        self.env["sale.review.finding"].sudo()._store(self, findings)
