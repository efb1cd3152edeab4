from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# managers mend these by hand; the rest is written by lending and taking back
_BY_HAND = {"charge", "due_date", "firm_id", "project", "note"}


class SampleLoan(models.Model):
    """A copy is with somebody, from one moment to another.

    Rows are made and changed by scanning and by the buttons, which check who asks; what
    a loan says of copy, item and library is frozen, so that nothing is recomputed for
    millions of them.
    """

    _name = "sample.loan"
    _description = "Sample Loan"
    _order = "lent_at desc, id desc"
    _rec_names_search = ["copy_id", "person_id"]

    copy_id = fields.Many2one(
        "sample.copy",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    item_id = fields.Many2one(
        "sample.item", required=True, index=True, ondelete="restrict", readonly=True
    )
    library_id = fields.Many2one(
        "sample.library", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", readonly=True
    )
    person_id = fields.Many2one(
        "res.partner",
        string="Lent To",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    firm_id = fields.Many2one(
        "res.partner",
        string="For",
        index="btree_not_null",
        ondelete="restrict",
        help="The showroom or firm the person takes it for.",
    )
    project = fields.Char(help="The project the sample is for.")
    note = fields.Char(groups="base.group_user")
    lent_at = fields.Datetime(required=True, readonly=True)
    lent_by_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", readonly=True
    )
    due_date = fields.Date(required=True)
    extensions = fields.Integer(
        string="Times Extended", readonly=True, help="How often it was extended."
    )
    returned_at = fields.Datetime(readonly=True)
    returned_by_id = fields.Many2one("res.users", ondelete="restrict", readonly=True)
    lost_at = fields.Datetime(readonly=True)
    lost_by_id = fields.Many2one("res.users", ondelete="restrict", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    charge = fields.Monetary(help="What is charged for a lost sample.")
    reminded = fields.Selection(
        [("1_before", "Before"), ("2_due", "On the Day"), ("3_after", "After")],
        readonly=True,
        help="The last reminder for this due date.",
    )
    is_open = fields.Boolean(compute="_compute_state", search="_search_is_open")
    state = fields.Selection(
        [
            ("out", "Lent"),
            ("overdue", "Overdue"),
            ("returned", "Returned"),
            ("lost", "Lost"),
        ],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )
    days_overdue = fields.Integer(string="Days Late", compute="_compute_state")

    # a sample is in one place: the database itself refuses to lend it twice
    _open_once = models.UniqueIndex(
        "(copy_id) WHERE returned_at IS NULL AND lost_at IS NULL",
        "This sample is lent already.",
    )
    _open_person = models.Index(
        "(person_id, library_id) WHERE returned_at IS NULL AND lost_at IS NULL"
    )
    # with all that counting what is overdue takes
    _open_due = models.Index(
        "(due_date, library_id, company_id)"
        " WHERE returned_at IS NULL AND lost_at IS NULL"
    )
    _newest = models.Index("(lent_at DESC, id DESC)")
    # reports of a period find what came back, and how long it was away
    _returned = models.Index("(returned_at, lent_at) WHERE returned_at IS NOT NULL")
    _lost = models.Index("(lost_at) WHERE lost_at IS NOT NULL")
    _library_lent_at = models.Index("(library_id, lent_at)")

    @api.depends("item_id", "copy_id", "person_id")
    def _compute_display_name(self):
        # who may see a loan may know of what and to whom
        for loan in self.sudo():
            loan.display_name = self.env._(
                "%(copy)s, %(person)s",
                copy=loan.copy_id.display_name,
                person=loan.person_id.name,
            )

    @api.depends("returned_at", "lost_at", "due_date")
    @api.depends_context("tz")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for loan in self:
            loan.is_open = not loan.returned_at and not loan.lost_at
            late = (today - loan.due_date).days if loan.is_open and loan.due_date else 0
            loan.days_overdue = max(late, 0)
            if loan.is_open:
                loan.state = "overdue" if late > 0 else "out"
            else:
                loan.state = "returned" if loan.returned_at else "lost"

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            self._open_domain() if wanted else ~self._open_domain() for wanted in value
        )

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("due_date", "<", fields.Date.context_today(self))
        states = {
            "out": self._open_domain() & ~late,
            "overdue": self._open_domain() & late,
            "returned": Domain("returned_at", "!=", False),
            "lost": Domain("lost_at", "!=", False) & Domain("returned_at", "=", False),
        }
        return Domain.OR(states[state] for state in value if state in states)

    @api.model
    def _open_domain(self):
        """What is lent now; the same condition as that of the indexes."""
        return Domain("returned_at", "=", False) & Domain("lost_at", "=", False)

    def write(self, vals):
        if not self.env.su and not _BY_HAND.issuperset(vals):
            raise AccessError(
                self.env._(
                    "Loans follow from scans. By hand, only these can be changed: due "
                    "date, charge, for whom, project and note."
                )
            )
        if "due_date" in vals:
            # another day, other reminders
            vals = {**vals, "reminded": False}
        return super().write(vals)
