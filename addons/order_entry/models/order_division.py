from collections import defaultdict
from datetime import datetime, time

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import end_of, start_of


class OrderDivision(models.Model):
    """A part of a customer's organisation that one person may order for."""

    _name = "order.division"
    _description = "Division of a Customer"
    _parent_store = True
    _order = "complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name"]
    _check_company_auto = True

    name = fields.Char(required=True)
    complete_name = fields.Char(
        string="Full Name",
        compute="_compute_complete_name",
        recursive=True,
        store=True,
    )
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("company", "Company"),
            ("region", "Region"),
            ("division", "Division"),
            ("store", "Store"),
        ],
        default="division",
        required=True,
        help="What the division is called; all kinds work alike.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Selling Company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        check_company=True,
        index="btree_not_null",
        help="Who is invoiced for orders that a salesperson enters for the division. "
        "Empty: the customer of the division above.",
    )
    parent_id = fields.Many2one(
        "order.division",
        string="Part Of",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("order.division", "parent_id", string="Parts")
    member_ids = fields.One2many("order.division.member", "division_id")
    member_count = fields.Integer(
        compute="_compute_member_count",
        string="Current Members",
        help="Who would get an order placed today, parts of the division included.",
    )
    manager_ids = fields.Many2many(
        "res.users",
        "order_division_manager_rel",
        "division_id",
        "user_id",
        string="Managers",
        help="They may order for the division and for all its parts.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    budget_amount = fields.Monetary(
        string="Budget",
        help="The most that all orders for the division and its parts may cost in a "
        "period, taxes included. Zero: no limit.",
    )
    budget_period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        default="month",
        required=True,
    )

    budget_turn = fields.Integer(
        readonly=True, help="Counts confirmations, so that they wait for each other."
    )

    _budget_positive = models.Constraint(
        "CHECK (budget_amount IS NULL OR budget_amount >= 0)",
        "A budget cannot be negative. Enter zero for no limit.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for division in self:
            parent = division.parent_id.complete_name
            name = division.name or ""
            division.complete_name = f"{parent} / {name}" if parent else name

    @api.depends(
        "member_ids.partner_id", "member_ids.date_start", "member_ids.date_end"
    )
    def _compute_member_count(self):
        partners = defaultdict(set)
        for member in self._get_members():
            for place in (member.division_id.parent_path or "").split("/")[:-1]:
                partners[int(place)].add(member.partner_id.id)
        for division in self:
            division.member_count = len(partners[division._origin.id])

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "A division cannot be part of itself. Choose another division in "
                    "“Part Of”."
                )
            )

    # === WHO === #

    def _get_members(self, date=None):
        """The memberships that hold on a day, in the divisions and all their parts.

        Archived members are left out; whether they can be shipped to is another
        question.  A partner may be found several times, by different divisions.

        :param date date: the day; today by default
        :rtype: order.division.member recordset
        """
        if not self.ids:
            return self.env["order.division.member"]
        members = self.env["order.division.member"]
        return members.search(
            Domain("division_id", "child_of", self.ids)
            & Domain("division_id.active", "=", True)
            & members._current_domain(date)
        )

    @api.model
    def _get_managed(self, user=None):
        """The active divisions that a user may order for.

        :param user: ``res.users`` record; the current user by default
        :return: divisions he manages, and all parts of them
        :rtype: order.division recordset, in the environment of ``self``
        """
        user = user or self.env.user
        own = self.sudo().search([("manager_ids", "in", user.ids)])
        if not own:
            return self.browse()
        return self.sudo().search([("id", "child_of", own.ids)]).with_env(self.env)

    @api.model
    def _get_choices(self):
        """What the cart's box offers the current user: every cart asks.

        :rtype: order.division recordset
        """
        if self.env.user._is_public() or not self._is_used():
            return self.browse()
        return self._get_managed()

    @tools.ormcache()
    def _is_used(self):
        """Whether anybody manages a division."""
        return bool(self.sudo().search([("manager_ids", "!=", False)], limit=1))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of the ORM: from now on carts ask who manages what."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override of the ORM: the same for managers who come later."""
        if {"active", "manager_ids"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def _get_customer(self):
        """Who is invoiced for the division: its own customer or the one above it.

        :rtype: res.partner recordset
        """
        self.ensure_one()
        division = self.sudo()
        while division and not division.partner_id:
            division = division.parent_id
        return division.partner_id.with_env(self.env)

    # === BUDGET === #

    def _get_budget_bounds(self, moment=None):
        """First and last instant of the budget period around a moment.

        :param datetime moment: naive UTC; now by default
        :rtype: tuple[datetime, datetime]
        """
        self.ensure_one()
        day = (moment or fields.Datetime.now()).date()
        first, last = (
            start_of(day, self.budget_period),
            end_of(day, self.budget_period),
        )
        return datetime.combine(first, time.min), datetime.combine(last, time.max)

    def _get_budget_left(self, skip=None, moment=None):
        """What may still be spent in the budget period around a moment.

        :param skip: ``sale.order`` recordset not to count
        :param datetime moment: naive UTC; now by default
        :return: an amount in the currency of the division's company
        :rtype: float
        """
        self.ensure_one()
        first, last = self._get_budget_bounds(moment)
        orders = self.env["sale.order"].sudo()
        orders.flush_model()
        self.flush_model(["parent_path"])
        ((spent,),) = self.env.execute_query(
            SQL(
                """
                SELECT SUM(o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1))
                  FROM sale_order o
                  JOIN order_division d ON d.id = o.division_id
                 WHERE d.parent_path LIKE %s AND o.state = 'sale'
                   AND COALESCE(o.review_confirmed_at, o.date_order) BETWEEN %s AND %s
                   AND o.id != ALL(%s)
                """,
                f"{self.parent_path}%",
                first,
                last,
                list(skip.ids if skip else ()),
            )
        )
        return self.budget_amount - float(spent or 0.0)
