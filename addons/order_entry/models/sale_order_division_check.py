from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount

#: How many names a message lists before it says how many more there are.
_NAMES = 10


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _division_problems(self):
        """What keeps a division order from being confirmed, in the reader's words.

        :return: empty for an order that may go on, or that is for no division
        :rtype: list[str]
        """
        self.ensure_one()
        order = self.sudo()
        division = order.division_id
        if not division:
            return []
        return [
            *self._division_problems_of_division(order, division),
            *self._division_problems_of_recipients(order, division),
            *self._division_problems_of_lines(order),
            *self._division_problems_of_budget(order, division),
        ]

    def _division_problems_of_division(self, order, division):
        name = division.name
        if not division.active:
            yield self.env._(
                "%(division)s is archived. Choose another division.", division=name
            )
        if division.company_id != order.company_id:
            yield self.env._(
                "%(division)s belongs to another company. Choose a division of "
                "%(company)s.",
                division=name,
                company=order.company_id.name,
            )
        placer = order.ordering_user_id
        if placer and placer.share and division not in division._get_managed(placer):
            yield self.env._(
                "%(user)s may not order for %(division)s any more.",
                user=placer.name,
                division=name,
            )
        if order.pickup_location_data or order.carrier_id._is_pickup():
            yield self.env._(
                "%(carrier)s is for pick-up. Choose a delivery method that brings the "
                "goods to every recipient.",
                carrier=order.carrier_id.name or self.env._("The delivery method"),
            )

    def _division_problems_of_recipients(self, order, division):
        rows = order.recipient_ids
        if not rows:
            yield self.env._(
                "%(division)s has no members today. Add members first.",
                division=division.name,
            )
            return
        bad = rows.filtered(lambda row: row.problem and not row.is_skipped)
        if bad:
            names = ", ".join(
                f"{row.name} ({row.with_env(self.env).sudo().problem_text})"
                for row in bad[:_NAMES]
            )
            more = len(bad) - _NAMES
            if more > 0:
                names = self.env._(
                    "%(names)s and %(count)s more", names=names, count=more
                )
            yield self.env._(
                "Nothing can be sent to %(names)s. Correct this, or agree to skip "
                "them.",
                names=names,
            )
        elif not rows._gets_goods():
            yield self.env._("All recipients are skipped. Nobody would get anything.")

    def _division_problems_of_lines(self, order):
        lines = order.order_line.filtered(lambda line: line._is_divided())
        if not lines:
            yield self.env._("There is nothing to send. Add products first.")
        for line in lines:
            if line.division_qty <= 0:
                yield self.env._(
                    "%(product)s: enter how much every recipient gets.",
                    product=line.product_id.display_name,
                )
        for line in order.order_line:
            if line._is_division_reward() and line.product_id.type == "consu":
                yield self.env._(
                    "%(product)s is a free product for one person only and cannot be "
                    "shared out. Remove it.",
                    product=line.product_id.display_name,
                )

    # === BUDGET === #

    def _division_budgets(self):
        """The divisions above this order's, itself included, that have a budget."""
        self.ensure_one()
        return (
            self.env["order.division"]
            .sudo()
            .with_context(active_test=False)
            .search(
                Domain("id", "parent_of", self.sudo().division_id.ids)
                & Domain("budget_amount", ">", 0)
            )
        )

    def _division_lock_budgets(self):
        """Make confirmations that share a budget wait for each other.

        Under repeatable read the second one fails to update the row and is run again
        by Odoo, on a snapshot that knows the first one's order.
        """
        ids = sorted({row.id for order in self for row in order._division_budgets()})
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE order_division SET budget_turn = "
                    "COALESCE(budget_turn, 0) + 1 WHERE id = ANY(%s)",
                    ids,
                ),
                log_exceptions=False,  # Odoo runs the request again, and says so
            )

    def _division_problems_of_budget(self, order, division):
        for budget in self._division_budgets():
            left = budget._get_budget_left(skip=order)
            currency = budget.currency_id
            amount = order.currency_id._convert(
                order.amount_total, currency, order.company_id
            )
            if currency.compare_amounts(amount, left) > 0:
                yield self.env._(
                    "The budget of %(division)s has %(left)s left, this order costs "
                    "%(amount)s.",
                    division=budget.name,
                    left=format_amount(self.env, left, currency),
                    amount=format_amount(self.env, amount, currency),
                )
