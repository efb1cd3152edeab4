from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OrderRepresentation(models.Model):
    """The right of one user to place orders for others, and for whom exactly."""

    _name = "order.representation"
    _description = "Right to Order for Others"
    _order = "user_id, date_start, id"
    _rec_name = "user_id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Who May Order",
        required=True,
        index=True,
        ondelete="cascade",
        help="An employee, or a customer with a login in the portal.",
    )
    scope = fields.Selection(
        [
            ("partner", "A person, or a company with its people"),
            ("division", "The members of a division and its parts"),
            ("team", "The customers of a sales team's people"),
        ],
        required=True,
        default="partner",
        string="For Whom",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person or Company",
        index="btree_not_null",
        ondelete="cascade",
        help="A company stands for everybody in it.",
    )
    division_id = fields.Many2one(
        "order.division",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Whoever is a member on the day of the order. The managers of a division "
        "need no right: they may order for its members anyway.",
    )
    team_id = fields.Many2one(
        "crm.team", string="Sales Team", index="btree_not_null", ondelete="cascade"
    )
    date_start = fields.Date(string="From", default=fields.Date.context_today)
    date_end = fields.Date(string="Until", help="The last day on which it holds.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        help="The right holds for orders of this company.",
    )
    state = fields.Selection(
        [("coming", "Not yet"), ("valid", "Valid"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
        string="Status",
    )

    _date_check = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A right cannot end before it begins. Change one of the dates.",
    )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for right in self:
            if right.date_start and right.date_start > today:
                right.state = "coming"
            elif right.date_end and right.date_end < today:
                right.state = "ended"
            else:
                right.state = "valid"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        started = Domain("date_start", "=", False) | Domain("date_start", "<=", today)
        open_end = Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        by_state = {
            "coming": Domain("date_start", ">", today),
            "valid": started & open_end,
            "ended": started & Domain("date_end", "<", today),
        }
        return Domain.OR(by_state[state] for state in value if state in by_state)

    @api.constrains("scope", "partner_id", "division_id", "team_id")
    def _check_scope(self):
        for right in self:
            if not right[f"{right.scope}_id"]:
                raise ValidationError(
                    self.env._(
                        "Say for whom %(user)s may order: choose a person, a company, "
                        "a division or a sales team.",
                        user=right.user_id.name,
                    )
                )

    @api.constrains("scope", "user_id")
    def _check_user(self):
        for right in self.sudo():
            user = right.user_id
            if user._is_public():
                raise ValidationError(
                    self.env._("The visitor without a login cannot order for others.")
                )
            if right.scope == "team" and not user._is_internal():
                raise ValidationError(
                    self.env._(
                        "%(user)s is a portal user: choose a person, a company or a "
                        "division instead of a sales team.",
                        user=user.name,
                    )
                )

    def _covered_domain(self):
        """Whom these rights cover, members of divisions aside.

        :return: a domain on ``res.partner``
        :rtype: Domain
        """
        partners = self.filtered(lambda right: right.scope == "partner").partner_id
        teams = self.filtered(lambda right: right.scope == "team").team_id
        domain = Domain.FALSE
        if partners:
            domain |= Domain("id", "child_of", partners.ids)
        if teams:
            domain |= Domain("user_id.sale_team_id", "in", teams.ids)
        return domain
