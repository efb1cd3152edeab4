from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import (
    PROTECTED_ORDER_FIELDS,
    REVIEW_STATES,
    STATE_OF_SEVERITY,
    STATE_RANK,
)
from ..const_sql import id_array


class SaleOrder(models.Model):
    _inherit = "sale.order"

    review_state = fields.Selection(
        REVIEW_STATES,
        compute="_compute_review_state",
        search="_search_review_state",
        store=True,
        precompute=True,
        readonly=True,
        copy=False,
        string="Review",
        help="What the review rules say of the order. Kept beside its status.",
    )
    review_finding_ids = fields.One2many(
        "sale.review.finding", "order_id", string="Findings", readonly=True, copy=False
    )
    review_decision_ids = fields.One2many(
        "sale.review.decision",
        "order_id",
        string="Decisions",
        readonly=True,
        copy=False,
    )
    review_correction_ids = fields.One2many(
        "sale.review.correction",
        "order_id",
        string="Automatic Corrections",
        readonly=True,
        copy=False,
    )
    review_parked_at = fields.Datetime(
        string="Held Since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The customer has done his part (paid, or sent the order for approval) "
        "and the order waits for the seller.",
    )
    ordering_user_id = fields.Many2one(
        "res.users",
        string="Ordered By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The user who placed the order, set by the system.",
    )

    # No @api.depends: rules may look at any field, so every write marks the order
    # (see _review_touch) instead of a list of fields that could never be complete.
    def _compute_review_state(self):
        """Judge open orders anew and store what was found."""
        stored = self.browse(filter(None, self._ids))  # ids of new records are false
        (self - stored).review_state = "clear"
        closed, still_open = stored._review_by_state()
        closed.review_state = "clear"
        if still_open:
            findings = self.env["sale.review.engine"]._evaluate(still_open)
            still_open._review_apply(findings)

    def _review_by_state(self):
        """Confirmed or cancelled orders, and open ones; deleted ones are in neither.

        Not by reading the field: a thousand orders take longer through the cache.
        """
        if not self:
            return self, self
        self.flush_recordset(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, state IN ('sale', 'cancel') FROM sale_order
                 WHERE id = ANY(%s) ORDER BY id DESC
                """,
                id_array(self.ids),
            )
        )
        return (
            self.browse(order_id for order_id, closed in rows if closed),
            self.browse(order_id for order_id, closed in rows if not closed),
        )

    def _search_review_state(self, operator, value):
        """Find held orders by their findings, so that the state needs no index.

        An index would make each change of the state write to all indexes of the order.
        """
        if operator not in ("in", "not in"):
            return NotImplemented
        states = {state or "clear" for state in value}
        if operator == "not in":
            states = STATE_RANK.keys() - states

        def to_sql(model, alias, _query):
            column = SQL.identifier(alias, "review_state")
            field = model._fields["review_state"]
            if "clear" in states:
                return SQL(
                    "COALESCE(%s, 'clear') = ANY(%s)",
                    column,
                    list(states),
                    to_flush=field,
                )
            return SQL(
                """(%s = ANY(%s) AND %s IN (
                    SELECT order_id FROM sale_review_finding
                     WHERE severity != 'inform' AND decision_id IS NULL))""",
                column,
                list(states),
                SQL.identifier(alias, "id"),
                to_flush=field,
            )

        return Domain.custom(
            to_sql=to_sql, predicate=lambda order: order.review_state in states
        )

    def _review_apply(self, findings):
        """Keep a verdict: its findings, and what follows from them for the orders.

        One statement for all orders, and no write by the ORM: rules ask no rights and
        leave no trace in the log of the order.

        :param list[Finding] findings: all findings on the orders of ``self``
        """
        self.env["sale.review.finding"].sudo()._store(self, findings)
        values = self._review_values(findings)
        names = list(next(iter(values.values()), {}))
        fnames = [self._fields[name] for name in names]
        alike = defaultdict(list)  # few different verdicts: a list of ids for each
        for order_id, each in values.items():
            alike[tuple(each.values())].append(order_id)
        kinds = [SQL(field.column_type[1]) for field in fnames]
        verdicts = (
            SQL(
                "SELECT unnest(%s) AS id, %s",
                id_array(ids),
                SQL(", ").join(
                    SQL("%s::%s AS %s", value, kind, SQL.identifier(name))
                    for value, kind, name in zip(verdict, kinds, names, strict=True)
                ),
            )
            for verdict, ids in alike.items()
        )
        changed = self.env.execute_query(
            SQL(
                """
                UPDATE sale_order o SET (%(columns)s) = ROW(%(new)s)
                  FROM (%(verdicts)s) v
                  JOIN sale_order old ON old.id = v.id
                 WHERE o.id = v.id AND (%(old)s) IS DISTINCT FROM (%(new)s)
             RETURNING o.id, %(old)s
                """,
                columns=SQL(", ").join(map(SQL.identifier, names)),
                new=SQL(", ").join(SQL.identifier("v", name) for name in names),
                old=SQL(", ").join(SQL.identifier("old", name) for name in names),
                verdicts=SQL(" UNION ALL ").join(verdicts),
            )
        )
        for field in fnames:
            self.env.remove_to_compute(field, self)
        self.invalidate_recordset(names, flush=False)
        # field by field: what depends on one that stayed the same was maybe set by hand
        for place, name in enumerate(names, 1):
            self.browse(
                row[0]
                for row in changed
                if (row[place] or 0) != (values[row[0]][name] or 0)
            ).modified([name])

    def _review_values(self, findings):
        """What a verdict means for each order.

        :param list[Finding] findings: all findings on the orders of ``self``
        :return: ``{order id: {field: value}}``, the same fields for every order
        """
        states = dict.fromkeys(self.ids, "clear")
        for finding in findings:
            if finding.decision_id:
                continue
            state = STATE_OF_SEVERITY.get(finding.severity, "clear")
            if STATE_RANK[state] > STATE_RANK[states[finding.order_id]]:
                states[finding.order_id] = state
        return {order_id: {"review_state": state} for order_id, state in states.items()}

    def _review_touch(self):
        """Have the orders judged again before anybody reads their review state."""
        if self and self.env["sale.review.rule"]._get_book():
            self.env.add_to_compute(self._fields["review_state"], self)
            # a new order has no findings in memory: have them looked up as well
            self.invalidate_recordset(["review_finding_ids"], flush=False)

    # === CRUD: every door ends here === #

    @api.model_create_multi
    def create(self, vals_list):
        # carts of the shop are made by OdooBot, which names the visitor itself
        user_id = False if self.env.uid == SUPERUSER_ID else self.env.uid
        self = without_defaults(self, PROTECTED_ORDER_FIELDS)
        for vals in vals_list:
            self._review_check_protected(vals)
            vals.setdefault("ordering_user_id", user_id)
        born = self.default_get(["state"]).get("state")
        with self._review_undo(
            any(vals.get("state", born) == "sale" for vals in vals_list)
        ):
            orders = super().create(vals_list)
            if any(AMOUNTS & vals.keys() for vals in vals_list):
                orders._review_recompute_amounts()
            confirmed = orders.filtered(lambda order: order.state == "sale")
            confirmed._review_gate()
            confirmed._review_stamp()
        orders._review_touch()
        return orders

    def write(self, vals):
        self._review_check_protected(vals)
        rules = self.env["sale.review.rule"]
        confirmed = self.filtered(lambda order: order.state == "sale")
        edited = confirmed.browse()
        if confirmed and rules._is_watched("sale.order", vals):
            edited = confirmed
        passing = self - confirmed if vals.get("state") == "sale" else self.browse()
        with self._review_undo(bool(passing or edited)):
            before = edited._review_snapshot()
            # in the same UPDATE as the status; what is refused is undone
            stamp = passing._review_stamp_values() if passing == self else {}
            result = super().write({**vals, **stamp})
            if AMOUNTS & vals.keys():
                self._review_recompute_amounts()
            passing._review_gate()
            if not stamp:
                passing._review_stamp()
            edited._review_guard_edit(before)
        if vals.get("state") == "cancel":
            self._review_unpark()
        self._review_touch()
        return result

    def _review_check_protected(self, vals):
        """Refuse values of fields that only the engine may write.

        :raise AccessError: when the caller is not the system itself
        """
        if self.env.su:
            return
        if forged := PROTECTED_ORDER_FIELDS & vals.keys():
            raise AccessError(
                self.env._(
                    "The review of an order cannot be written: %(fields)s.",
                    fields=", ".join(sorted(forged)),
                )
            )

    def _review_recompute_amounts(self):
        """Totals are those of the lines, whatever a client wrote into them."""
        for name in AMOUNTS:
            self.env.add_to_compute(self._fields[name], self)


def without_defaults(records, names):
    """Drop defaults of fields from the context, which every client may choose.

    :param records: recordset about to create records
    :param names: fields whose ``default_<name>`` is not taken from the context
    :return: the recordset, with another context only where that is needed
    """
    forged = {f"default_{name}" for name in names} & records.env.context.keys()
    if not forged:
        return records
    context = {
        key: value for key, value in records.env.context.items() if key not in forged
    }
    return records.with_env(records.env(context=context))


#: Computed amounts of an order that rules look at.  Odoo lets everybody who may write
#: the order write them, until a line changes.
AMOUNTS = frozenset({"amount_untaxed", "amount_tax", "amount_total", "currency_rate"})
