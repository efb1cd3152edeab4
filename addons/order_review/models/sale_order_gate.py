from contextlib import contextmanager

from odoo import fields, models
from odoo.tools import SQL

from ..const_sql import id_array
from ..engine.facts import is_worse, open_findings
from ..exceptions import ReviewError

#: Where a transaction keeps the doors that are open in it, the innermost last.
_DOORS = "order_review.doors"


class _Door:
    """Orders that a door is writing, and why the gate refused them, if it did."""

    def __init__(self, order_ids):
        self.order_ids = frozenset(order_ids)
        self.refused = None


class SaleOrder(models.Model):
    _inherit = "sale.order"

    review_confirmed_at = fields.Datetime(
        string="Passed Review",
        readonly=True,
        copy=False,
        help="When the order passed the gate, set by the system. Quotas count it from "
        "then on, whatever becomes of its order date.",
    )

    @contextmanager
    def _review_undo(self, needed):
        """Undo what a door has written when the gate refuses it.

        An exception alone is not enough: whoever catches one, as webhooks do, keeps
        the transaction and what was written in it.

        Within a door that already watches over the same orders nothing is added: that
        one undoes everything, even when somebody between the two catches the exception.

        :param bool needed: whether the gate is going to be asked
        """
        if not needed or not self.env["sale.review.rule"]._get_book():
            yield
            return
        doors = self.env.cr.precommit.data.setdefault(_DOORS, [])
        if self and doors and doors[-1].order_ids.issuperset(self._ids):
            try:
                yield
            except Exception as error:
                doors[-1].refused = error
                raise
            return
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False):
            doors.append(door := _Door(self._ids))
            try:
                yield
                if door.refused:
                    raise door.refused
            except Exception:
                self.env.transaction.clear()
                raise
            finally:
                doors.remove(door)

    def _review_gate(self):
        """Let the orders pass, or refuse all of them naming what is wrong.

        The last line of defence behind every door: it runs when an order has become
        confirmed in this transaction, whoever made it so.

        :raise ReviewError: when a rule holds one of the orders
        """
        if not self:
            return
        if self.env["sale.review.rule"]._get_book():
            engine = self.env["sale.review.engine"]
            findings = engine._evaluate(self, cumulative=True, lock=True)
            held = open_findings(findings)
            if held:
                raise self._review_error(held)
            self.env["sale.review.finding"].sudo()._store(self, findings)

    def _review_stamp_values(self):
        """When orders pass that are about to: their date can be written later.

        :return: values to write, none without orders
        """
        return {"review_confirmed_at": fields.Datetime.now()} if self else {}

    def _review_stamp(self):
        """Note when orders passed that nothing else is written on any more.

        Not by ``write``: that would ask the gate again for each order that passes.
        """
        passed = self.filtered(lambda order: order.state == "sale")
        if not passed:
            return
        # pending where the order was confirmed while it was being created
        passed.flush_recordset(["review_confirmed_at"])
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET review_confirmed_at = %s WHERE id = ANY(%s)",
                fields.Datetime.now(),
                id_array(passed.ids),
            )
        )
        passed.invalidate_recordset(["review_confirmed_at"], flush=False)

    def _review_held(self):
        """Those of the open orders that could not be confirmed now, judged anew.

        Makes no corrections: call :meth:`_review_correct` before, or what it could
        mend is taken as broken.

        :return: the held orders, their findings stored; none that is confirmed or
            cancelled already
        :rtype: sale.order recordset
        """
        orders = self.filtered(lambda order: order.state in ("draft", "sent"))
        if not orders or not self.env["sale.review.rule"]._get_book():
            return self.browse()
        findings = self.env["sale.review.engine"]._evaluate(orders, cumulative=True)
        orders._review_apply(findings)
        held_ids = {finding.order_id for finding in open_findings(findings)}
        return orders.filtered(lambda order: order.id in held_ids)

    def _review_error(self, findings, edit=False):
        """What the one at the door is told: every order, everything that is wrong.

        In the words for customers when the user is no internal user.

        :param list[Finding] findings: open findings
        :param bool edit: the orders are confirmed, a change of them is refused
        :rtype: ReviewError
        """
        customer = not self.env.user._is_internal()
        Finding = self.env["sale.review.finding"].sudo()
        reasons = {}
        for finding in findings:
            record = Finding._from_fact(finding)
            text = record.customer_message if customer else record.message
            reasons.setdefault(finding.order_id, []).append(text)
        parts = []
        for order in self.sudo().filtered(lambda order: order.id in reasons):
            name = order.name or order.id
            parts.append(
                self.env._("%(order)s cannot be changed like this:", order=name)
                if edit
                else self.env._("%(order)s cannot be confirmed:", order=name)
            )
            parts += [f"- {text}" for text in reasons[order.id]]
        return ReviewError("\n".join(parts), reasons)

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
        findings = self.env["sale.review.engine"]._evaluate(self, lock=True)
        worse = [
            finding
            for finding in open_findings(findings)
            if finding.key not in before or is_worse(finding, before[finding.key])
        ]
        if worse:
            raise self._review_error(worse, edit=True)
        self.env["sale.review.finding"].sudo()._store(self, findings)
