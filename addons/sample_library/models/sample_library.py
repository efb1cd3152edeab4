from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from .sample_loan_rule import Terms


class SampleLibrary(models.Model):
    """What a showroom lends, on which terms, and who works at the counter."""

    _name = "sample.library"
    _inherit = ["sample.scope", "mail.thread"]
    _description = "Sample Library"
    _order = "sequence, name, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Showroom",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Whose library it is. Its address is printed on loan slips.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="restrict",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="What is charged for lost samples is in this currency.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        compute="_compute_tz",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="When a day begins and ends here: for due dates, reminders and what is "
        "kept for pick-up.",
    )
    clerk_ids = fields.Many2many(
        "res.users",
        "sample_library_clerk_rel",
        "library_id",
        "user_id",
        string="Clerks",
        domain="[('share', '=', False)]",
        help="Who lends and takes back here. Clerks see their own libraries only.",
    )
    loan_days = fields.Integer(
        default=14, tracking=True, help="Unless a rule says something else."
    )
    extension_days = fields.Integer(
        default=7, tracking=True, help="How many days an extension adds."
    )
    max_extensions = fields.Integer(
        default=1, tracking=True, help="How often a loan may be extended."
    )
    max_open_loans = fields.Integer(
        string="Limit per Person",
        default=20,
        tracking=True,
        help="How many samples one person may have at the same time. 0: no limit.",
    )
    remind_before_days = fields.Integer(
        default=2, help="So many days before the due date. 0: no such reminder."
    )
    remind_due = fields.Boolean(
        string="Remind on the Due Date",
        default=True,
    )
    remind_after_days = fields.Integer(
        default=3, help="So many days after the due date. 0: no such reminder."
    )
    hold_days = fields.Integer(
        default=3,
        help="So many days a sample is kept for who waited for it.",
    )
    place_ids = fields.One2many("sample.place", "library_id", string="Places")
    copy_count = fields.Integer(compute="_compute_counts")
    open_loan_count = fields.Integer(string="Lent", compute="_compute_counts")
    overdue_count = fields.Integer(string="Overdue", compute="_compute_counts")

    _days_sane = models.Constraint(
        """CHECK (
            loan_days BETWEEN 0 AND 3650
            AND extension_days BETWEEN 0 AND 3650
            AND max_extensions BETWEEN 0 AND 1000
            AND max_open_loans BETWEEN 0 AND 1000000
            AND remind_before_days BETWEEN 0 AND 365
            AND remind_after_days BETWEEN 0 AND 365
            AND hold_days BETWEEN 0 AND 365
        )""",
        "Days and limits are whole numbers, 0 or more: at most 3650 days for a loan, "
        "365 for reminders.",
    )

    @api.depends_context("uid", "allowed_company_ids", "tz")
    def _compute_counts(self):
        def per_library(model, *domain):
            return dict(
                self.env[model]._read_group(
                    [("library_id", "in", self.ids), *domain],
                    ["library_id"],
                    ["__count"],
                )
            )

        copies = per_library("sample.copy", ("state", "!=", "retired"))
        lent = per_library("sample.loan", ("is_open", "=", True))
        overdue = per_library("sample.loan", ("state", "=", "overdue"))
        for library in self:
            library.copy_count = copies.get(library, 0)
            library.open_loan_count = lent.get(library, 0)
            library.overdue_count = overdue.get(library, 0)

    @api.depends("partner_id")
    def _compute_tz(self):
        for library in self:
            library.tz = (
                library.partner_id.tz
                or library.tz
                or library.company_id.partner_id.tz
                or self.env.user.tz
                or "UTC"
            )

    @api.constrains("clerk_ids")
    def _check_clerk_ids(self):
        for library in self.sudo():
            strangers = library.clerk_ids.filtered("share")
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(user)s is a portal user. Clerks need a user of the back "
                        "office.",
                        user=strangers[0].name,
                    )
                )

    def write(self, vals):
        if "company_id" in vals:
            self._check_company_may_change(vals["company_id"])
        return super().write(vals)

    def _check_company_may_change(self, company_id):
        """Copies and loans belong to the company of their library, and stay there.

        :raise ValidationError: if there are copies already
        """
        moved = self.filtered(lambda library: library.company_id.id != company_id)
        if moved and self.env["sample.copy"].sudo().with_context(
            active_test=False
        ).search_count([("library_id", "in", moved.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "A library with samples stays in its company. Make a new library "
                    "in the other company, and enter the samples there."
                )
            )

    def _own_terms(self):
        """On which terms it lends if no rule says otherwise.

        :rtype: Terms
        """
        return Terms(self.loan_days, self.extension_days, self.max_extensions)

    def _today(self):
        """The day it is at the counter.

        :rtype: date
        """
        return self._day_of(fields.Datetime.now())

    def _day_of(self, moment):
        """The day it was at the counter.

        :param datetime moment: in UTC, without a zone
        :rtype: date
        """
        here = self.with_context(tz=self.tz)
        return fields.Datetime.context_timestamp(here, moment).date()

    @api.model
    def _all_per_day(self):
        """All libraries, also archived ones, by the day it is there.

        :rtype: dict[date, SampleLibrary]
        """
        libraries = self.with_context(active_test=False).search_fetch([], ["tz"])
        return libraries.grouped(lambda library: library._today())

    @api.model
    def _refuse_all_but_clerks(self):
        """For what clerks do by methods, with records that they may only read.

        :raise AccessError: for everybody who is no clerk anywhere
        """
        if not (
            self.env.su or self.env.user.has_group("sample_library.group_sample_clerk")
        ):
            raise AccessError(
                self.env._(
                    "Only clerks of the sample library do this. Ask one of them."
                )
            )

    @api.model
    def _own(self, library_id, field_names=("name",)):
        """The library a clerk works in.

        :param int library_id: as it came from outside
        :param field_names: fields to read with it, in the same query
        :return: ``sample.library`` with the rights of the superuser
        :raise AccessError: if it is none of the user's libraries
        """
        library = self.browse()
        if isinstance(library_id, int) and 0 < library_id < 2**31:
            library = self.search_fetch([("id", "=", library_id)], field_names)
        if not library:
            raise AccessError(
                self.env._(
                    "This is not a library of yours. Choose one you work in, or ask a "
                    "manager of the sample library to add you to its clerks."
                )
            )
        return library.sudo()

    def action_view_copies(self):
        """Open the copies of the library."""
        return self._open("sample_library.sample_copy_action")

    def action_view_loans(self):
        """Open what is lent of the library."""
        return self._open("sample_library.sample_loan_action")

    def action_view_overdue(self):
        """Open what is overdue."""
        return self._open("sample_library.sample_loan_action_overdue")

    def _open(self, xmlid):
        action = self.env["ir.actions.actions"]._for_xml_id(xmlid)
        action["domain"] = [("library_id", "in", self.ids)]
        return action
