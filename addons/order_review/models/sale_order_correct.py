from odoo import api, fields, models

from ..engine.corrections import proposals
from ..engine.match import Matched, match
from ..engine.quantities import countable


class SaleOrder(models.Model):
    _inherit = "sale.order"

    review_pending_text = fields.Text(
        compute="_compute_review_pending_text",
        string="Corrected on Confirmation",
        help="What confirming the order changes by itself.",
    )

    @api.depends_context("lang")
    @api.depends("state", "review_state")
    def _compute_review_pending_text(self):
        findings = self.env["sale.review.finding"].sudo()
        if self.env["sale.review.rule"]._get_book().masks["correction"]:
            findings = findings.search(
                [("order_id", "in", self._origin.ids), ("kind", "=", "correction")]
            ).filtered(lambda finding: finding._is_pending())
        by_order = findings.grouped("order_id")
        for order in self:
            pending = by_order.get(order._origin.sudo(), findings.browse())
            order.review_pending_text = "\n".join(pending.mapped("message"))

    def _review_may_correct(self):
        """Open orders that nobody signed or paid yet: those rules may still change."""
        busy = self.sudo().filtered(
            lambda order: (
                order.state not in ("draft", "sent")
                or order.signature
                or any(
                    tx.state in ("pending", "authorized", "done")
                    for tx in order.transaction_ids
                )
            )
        )
        return self - busy.with_env(self.env)

    def _review_correct(self):
        """Make the changes that correction rules ask for, and list them on the order.

        Rules may build on each other (a replaced product, then its pack), so it looks
        again until nothing changes, at most four times.  Rules that contradict each
        other do not take turns: what was changed to once is not changed to again.

        :return: the corrections made
        :rtype: sale.review.correction recordset
        """
        done = self.env["sale.review.correction"].sudo()
        book = self.env["sale.review.rule"]._get_book()
        if not book.masks["correction"]:
            return done
        orders = self._review_may_correct().sudo()
        tried = set()
        for _round in range(4):
            made = done.browse()
            for matched in orders._review_matches(book):
                made |= orders.browse(matched.order.id)._review_correct_one(
                    matched, tried
                )
            if not made:
                break
            done |= made
        return done

    def _review_matches(self, book):
        """Orders of ``self`` that a correction rule applies to.

        :rtype: list[Matched]
        """
        reader = self.env["sale.review.facts"].with_context(active_test=False)
        return [
            matched
            for matched in match(*reader._read(self, book), book)
            if any(rule.kind == "correction" for rule, _l, _b in matched.winners)
        ]

    def _review_correct_one(self, matched: Matched, tried):
        """Make one round of changes on one order.

        :param Matched matched: the order with the rules that apply
        :param set tried: changes made in earlier rounds; added to
        :return: the corrections made
        """
        self.ensure_one()
        made = self.env["sale.review.correction"]
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        seen = set()
        for rule, lines, _beaten in matched.winners:
            if rule.kind != "correction":
                continue
            lines = countable(rule, lines)
            for change in proposals(
                matched.order, rule, lines, _Products(self), digits
            ):
                line_id = change.line.id if change.line else 0
                change_key = (self.id, rule.id, line_id, change.new, change.value)
                if line_id in seen or change_key in tried:
                    continue  # the next round sees the line as it is by then
                if line_id:
                    seen.add(line_id)
                tried.add(change_key)
                made |= self._review_make_change(rule, change)
        return made

    def _review_make_change(self, rule, change):
        """Carry out one proposed change and record it."""
        line = self.env["sale.order.line"].browse(change.line.id if change.line else [])
        product, unit = line.product_id, line.product_uom_id
        old, new = _quantity(change.old, unit), _quantity(change.new, unit)
        if change.field == "quantity":
            line.product_uom_qty = change.new
        elif change.field == "product":
            old = product.display_name
            product = self.env["product.product"].browse(change.value)
            vals = {"product_id": product.id}
            if unit._has_common_reference(product.uom_id):
                vals["product_uom_id"] = unit.id  # two dozen stay two dozen
            line.write(vals)
            new = product.display_name
        elif change.field == "add":
            product = self.env["product.product"].browse(change.value)
            line = self.env["sale.order.line"].create(
                {
                    "order_id": self.id,
                    "product_id": product.id,
                    "product_uom_qty": change.new,
                }
            )
            new = f"{_quantity(change.new, product.uom_id)} × {product.display_name}"
            old = ""
        else:
            old = self.carrier_id.name or ""
            carrier = self.env["delivery.carrier"].browse(change.value)
            rate = carrier.rate_shipment(self)
            if not rate.get("success"):
                return self.env["sale.review.correction"]
            self.set_delivery_line(carrier, rate["price"])
            new = carrier.name
        return self.env["sale.review.correction"].create(
            {
                "order_id": self.id,
                "line_id": line.id,
                "product_id": product.id,
                "rule_id": rule.id,
                "rule_name": self.env["sale.review.rule"].browse(rule.id).name,
                "field": change.field,
                "old_value": old,
                "new_value": new,
            }
        )


class _Products:
    """The one fact proposals need beyond the order and its lines."""

    def __init__(self, order):
        self.order = order

    def products_on(self, _order):
        sold = self.order.order_line.filtered(lambda line: line.product_uom_qty > 0)
        return set(sold.product_id.ids)


def _quantity(value, unit):
    number = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{number} {unit.name}" if unit else number
