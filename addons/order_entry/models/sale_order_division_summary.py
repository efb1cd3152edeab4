from odoo import api, fields, models
from odoo.tools.float_utils import float_repr


class SaleOrder(models.Model):
    _inherit = "sale.order"

    division_summary = fields.Text(
        compute="_compute_division_summary",
        help="What confirming a division order would do, and what stands against it.",
    )
    division_is_blocked = fields.Boolean(compute="_compute_division_summary")
    division_bad_count = fields.Integer(
        string="Recipients with Problems",
        compute="_compute_division_progress",
        help="To whom nothing can be sent, and who is not skipped.",
    )
    division_skipped_count = fields.Integer(compute="_compute_division_progress")
    division_progress = fields.Integer(
        string="Deliveries Made",
        compute="_compute_division_progress",
        help="Per cent of the recipients whose delivery was made.",
    )
    division_progress_text = fields.Char(compute="_compute_division_progress")

    @api.depends_context("lang")
    @api.depends("division_id", "state", "order_line.product_uom_qty", "amount_total")
    def _compute_division_summary(self):
        for order in self:
            order.division_summary = order.division_is_blocked = False
            if not order._origin.division_id or order.state not in ("draft", "sent"):
                continue
            summary = order._origin._division_summary()
            order.division_is_blocked = bool(summary["problems"])
            order.division_summary = "\n".join(
                [
                    *summary["problems"],
                    summary["totals"],
                    *summary["shortages"],
                ]
            )

    @api.depends_context("lang")
    @api.depends("division_id", "state", "recipient_ids.to_deliver")
    def _compute_division_progress(self):
        divided = self._origin.filtered("division_id")
        Recipient = self.env["sale.order.recipient"].sudo()
        counts = Recipient._get_order_counts(divided) if divided else {}
        bad = {}
        if divided:
            bad = dict(
                Recipient._read_group(
                    [
                        ("order_id", "in", divided.ids),
                        ("problem", "!=", False),
                        ("is_skipped", "=", False),
                    ],
                    ["order_id"],
                    ["__count"],
                )
            )
        for order in self:
            count = counts.get(order._origin.id, {})
            order.division_bad_count = (
                bad.get(order._origin.sudo(), 0) if order.state != "sale" else 0
            )
            order.division_skipped_count = count.get("skipped", 0)
            waiting, failed = count.get("waiting", 0), count.get("failed", 0)
            total = sum(count.values()) - count.get("skipped", 0)
            made = total - waiting - failed
            if order.state != "sale" or not total:
                order.division_progress, order.division_progress_text = 0, False
                continue
            order.division_progress = 100 * made // total
            order.division_progress_text = order._division_progress_text(
                made, total, failed, count.get("shipped", 0)
            )

    def _division_progress_text(self, made, total, failed, shipped):
        values = {"made": made, "total": total, "failed": failed, "shipped": shipped}
        if failed:
            return self.env._(
                "%(made)s of %(total)s deliveries created, %(failed)s failed", **values
            )
        if made < total:
            return self.env._("%(made)s of %(total)s deliveries created", **values)
        return self.env._("%(shipped)s of %(total)s deliveries shipped", **values)

    def _division_summary(self):
        """What somebody must know before he commits to a division order.

        :return: ``totals`` (text), ``problems``, ``shortages`` and ``budgets`` (texts),
            ``bad`` and ``skipped`` (recipients, with superuser rights)
        :rtype: dict
        """
        self.ensure_one()
        order = self.sudo()
        goods = order.order_line.filtered(lambda line: line._is_divided())
        rows = order.recipient_ids
        recipients = parcels = len(rows._gets_goods())
        if not goods.filtered(lambda line: line.product_id.type == "consu"):
            parcels = 0
        units = sum(goods.mapped("product_uom_qty"))
        return {
            # no words that change with the number
            "totals": self.env._(
                "Recipients: %(recipients)s, parcels: %(parcels)s, units in all: "
                "%(units)s, total: %(amount)s",
                recipients=recipients,
                parcels=parcels,
                units=_number(units),
                amount=order.currency_id.format(order.amount_total),
            ),
            "problems": self._division_problems(),
            "shortages": order._division_shortages(goods),
            "budgets": self._division_budget_texts(),
            "bad": rows.filtered(lambda row: row.problem and not row.is_skipped),
            "skipped": rows.filtered("is_skipped"),
        }

    def _division_shortages(self, lines):
        """Goods of which there are not enough for all recipients today.

        :param lines: lines that are shared out
        :rtype: list[str]
        """
        texts = []
        storable = lines.filtered(lambda line: line.product_id.is_storable)
        for warehouse, some in storable.grouped("warehouse_id").items():
            products = some.product_id.with_context(warehouse_id=warehouse.id)
            free = dict(zip(products.ids, products.mapped("free_qty"), strict=True))
            for product, rows in some.grouped("product_id").items():
                needed = sum(
                    row.product_uom_id._compute_quantity(
                        row.product_uom_qty, product.uom_id
                    )
                    for row in rows
                )
                if product.uom_id.compare(needed, free[product.id]) > 0:
                    texts.append(
                        self.env._(
                            "%(product)s: %(needed)s needed, %(free)s in stock.",
                            product=product.display_name,
                            needed=_number(needed),
                            free=_number(max(free[product.id], 0.0)),
                        )
                    )
        return texts

    def _division_budget_texts(self):
        """What is left of the budgets that this order draws on, itself not counted."""
        texts = []
        for budget in self._division_budgets():
            left = budget.currency_id.format(budget._get_budget_left(skip=self))
            texts.append(
                self.env._(
                    "Budget of %(division)s: %(left)s left.",
                    division=budget.name,
                    left=left,
                )
            )
        return texts


def _number(value):
    return float_repr(value, 2).rstrip("0").rstrip(".")
