from odoo import fields, models
from odoo.tools import SQL

from .sample_usage_sql import column_of, days_between, in_company_currency

#: Branches of the view; the number makes the id of a row, and never changes.
KINDS = [
    ("lent", "Lent"),
    ("returned", "Returned"),
    ("lost", "Lost"),
    ("overdue", "Overdue"),
    ("shipped", "Shipped"),
    ("refused", "Will Not Ship"),
    ("backordered", "Backordered"),
]
_NUMBER = {kind: number for number, (kind, _label) in enumerate(KINDS)}


class SampleUsageReport(models.Model):
    """What became of samples: a row per event of a loan and per answer to a request.

    A view on loans and answers themselves, so it cannot disagree with them. Each branch
    reads one table and joins none: only then PostgreSQL reads the branches side by side
    without computing, for each of millions of rows, columns that nobody asks for. For
    the same reason what most loans have, lending and return, has no condition of its
    own: rows without a date are left out of all branches together.
    """

    _name = "sample.usage.report"
    _description = "Use of Samples"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "item_id"
    # what must be written before the view is read
    _depends = {
        "res.company": ["currency_id", "parent_path"],
        "res.currency.rate": ["company_id", "currency_id", "name", "rate"],
        "sample.item": ["charge", "currency_id", "distributor_id", "pattern"],
        "sample.library": ["partner_id"],
        "sample.loan": [
            "charge",
            "company_id",
            "currency_id",
            "due_date",
            "firm_id",
            "item_id",
            "lent_at",
            "library_id",
            "lost_at",
            "person_id",
            "returned_at",
        ],
        "sample.request.entry": [
            "answered_at",
            "company_id",
            "desk_company_id",
            "distributor_id",
            "firm_id",
            "item_id",
            "kind",
            "library_id",
            "line_id",
            "override_reason",
            "person_id",
            "quantity",
            "rep_id",
            "showroom_id",
            "user_id",
        ],
        "sample.request.line": ["requested_at"],
    }

    date = fields.Datetime(readonly=True)
    source = fields.Selection(
        [("loan", "Loans"), ("request", "Requests")], readonly=True
    )
    kind = fields.Selection(
        KINDS,
        string="What",
        readonly=True,
        help="Lost: not returned since. Overdue: lent now, and due before today. "
        "Backordered: each line once, however often it was put off.",
    )
    item_id = fields.Many2one("sample.item", readonly=True)
    pattern = fields.Char(readonly=True)
    distributor_id = fields.Many2one("res.partner", readonly=True)
    person_id = fields.Many2one("res.partner", string="Designer", readonly=True)
    firm_id = fields.Many2one("res.partner", readonly=True)
    library_id = fields.Many2one("sample.library", readonly=True)
    showroom_id = fields.Many2one("res.partner", readonly=True)
    rep_id = fields.Many2one("res.partner", string="Sales Rep", readonly=True)
    user_id = fields.Many2one("res.users", string="Entered By", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    desk_company_id = fields.Many2one(
        "res.company", string="Answering Company", readonly=True
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    quantity = fields.Integer(
        string="Pieces",
        readonly=True,
        help="A loan is one piece; an answer says how many.",
    )
    days_to_return = fields.Float(
        string="Days Until Returned",
        readonly=True,
        aggregator="avg",
        help="From lending to return, on average over what was returned.",
    )
    days_to_ship = fields.Float(
        string="Days to Ship",
        readonly=True,
        aggregator="avg",
        help="From the request to the shipment, on average over shipments.",
    )
    value_not_returned = fields.Monetary(
        readonly=True,
        help="What was charged for lost samples, and what would be charged for those "
        "that are overdue: in the company's currency, at the rate of the day of the "
        "loss, or today's. Currencies without a rate are taken as they are. Sums over "
        "several companies add their currencies.",
    )
    is_duplicate = fields.Boolean(
        string="Duplicate",
        readonly=True,
        help="Shipped although the same had been asked for a short time ago.",
    )
    duplicate_qty = fields.Integer(
        string="Duplicates Shipped",
        readonly=True,
        help="Pieces that were shipped although the same had been asked for before.",
    )

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        charged = in_company_currency(
            SQL("loan.charge"), SQL("loan.currency_id"), SQL("loan.lost_at::date")
        )
        due = in_company_currency(
            column_of("sample_item", "charge", "loan.item_id"),
            column_of("sample_item", "currency_id", "loan.item_id"),
            SQL("%s::date", today),
        )
        not_open = SQL("loan.returned_at IS NULL AND loan.lost_at IS NULL")
        # of a line that is put off again, the first answer counts
        first = SQL(
            """answer.kind = 'backorder' AND NOT EXISTS (
                      SELECT FROM sample_request_entry earlier
                       WHERE earlier.line_id = answer.line_id
                         AND earlier.kind = 'backorder'
                         AND earlier.id < answer.id)"""
        )
        branches = SQL(" UNION ALL ").join(
            [
                self._loans("lent", SQL("loan.lent_at")),
                self._loans(
                    "returned",
                    SQL("loan.returned_at"),
                    days=days_between(SQL("loan.lent_at"), SQL("loan.returned_at")),
                ),
                self._loans(
                    "lost",
                    SQL("loan.lost_at"),
                    SQL("loan.lost_at IS NOT NULL AND loan.returned_at IS NULL"),
                    value=charged,
                ),
                self._loans(
                    "overdue",
                    SQL("loan.due_date::timestamp"),
                    SQL("%s AND loan.due_date < %s", not_open, today),
                    value=due,
                ),
                self._answers("shipped", SQL("answer.kind = 'ship'")),
                self._answers("refused", SQL("answer.kind = 'refuse'")),
                self._answers("backordered", first),
            ]
        )
        return SQL("SELECT * FROM (%s) event WHERE event.date IS NOT NULL", branches)

    def _loans(self, kind, date, condition=None, days=None, value=None):
        """One event of loans.

        :param str kind: code of the event
        :param SQL date: when it was; nothing if a loan had no such event
        :param SQL condition: which loans had it, for events that few have; all loans
            that have the date by default
        :param SQL days: from lending to return
        :param SQL value: what is not returned, in the company's currency
        :rtype: SQL
        """
        return SQL(
            """
            SELECT loan.id::bigint * 8 + %(number)s AS id,
                   %(date)s AS date,
                   'loan'::varchar AS source,
                   %(kind)s::varchar AS kind,
                   loan.item_id, %(pattern)s AS pattern,
                   %(distributor)s AS distributor_id,
                   loan.person_id, loan.firm_id, loan.library_id,
                   %(showroom)s AS showroom_id,
                   NULL::int4 AS rep_id, NULL::int4 AS user_id,
                   loan.company_id, NULL::int4 AS desk_company_id,
                   %(currency)s AS currency_id,
                   1::int4 AS quantity,
                   (%(days)s)::float8 AS days_to_return,
                   NULL::float8 AS days_to_ship,
                   (%(value)s)::numeric AS value_not_returned,
                   FALSE AS is_duplicate,
                   0::int4 AS duplicate_qty
              FROM sample_loan loan %(condition)s
            """,
            number=_NUMBER[kind],
            kind=kind,
            date=date,
            condition=SQL("WHERE %s", condition) if condition else SQL(),
            pattern=column_of("sample_item", "pattern", "loan.item_id"),
            distributor=column_of("sample_item", "distributor_id", "loan.item_id"),
            showroom=column_of("sample_library", "partner_id", "loan.library_id"),
            currency=column_of("res_company", "currency_id", "loan.company_id"),
            days=days or SQL("NULL"),
            value=value or SQL("NULL"),
        )

    def _answers(self, kind, condition):
        """One kind of answers to requests.

        :param str kind: code of the event
        :param SQL condition: which answers are meant
        :rtype: SQL
        """
        shipped = kind == "shipped"
        twin = SQL("answer.override_reason IS NOT NULL") if shipped else SQL("FALSE")
        days = days_between(
            column_of("sample_request_line", "requested_at", "answer.line_id"),
            SQL("answer.answered_at"),
        )
        return SQL(
            """
            SELECT answer.id::bigint * 8 + %(number)s AS id,
                   answer.answered_at AS date,
                   'request'::varchar AS source,
                   %(kind)s::varchar AS kind,
                   answer.item_id, %(pattern)s AS pattern, answer.distributor_id,
                   answer.person_id, answer.firm_id, answer.library_id,
                   answer.showroom_id, answer.rep_id, answer.user_id,
                   answer.company_id, answer.desk_company_id,
                   %(currency)s AS currency_id,
                   answer.quantity,
                   NULL::float8 AS days_to_return,
                   (%(days)s)::float8 AS days_to_ship,
                   NULL::numeric AS value_not_returned,
                   %(twin)s AS is_duplicate,
                   CASE WHEN %(twin)s THEN answer.quantity ELSE 0 END AS duplicate_qty
              FROM sample_request_entry answer
             WHERE %(condition)s
            """,
            number=_NUMBER[kind],
            kind=kind,
            condition=condition,
            pattern=column_of("sample_item", "pattern", "answer.item_id"),
            currency=column_of("res_company", "currency_id", "answer.company_id"),
            days=days if shipped else SQL("NULL"),
            twin=twin,
        )
