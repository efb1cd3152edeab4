from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL


class Terms(NamedTuple):
    """On which terms somebody borrows something; days are calendar days."""

    loan_days: int
    extension_days: int
    max_extensions: int


class Case(NamedTuple):
    """All that rules ask of a loan: who borrows what, and where."""

    company_id: int
    library_id: int
    distributor_id: int
    #: ids from the top to the category of the item, each followed by a slash
    category_path: str | None
    #: what the person is; nothing if he is nothing in particular
    role_ids: list[int] | None


class Rule(NamedTuple):
    """A rule in memory. What is false is no condition."""

    company_id: int
    library_id: int
    distributor_id: int
    category_id: int
    role_id: int
    terms: Terms

    def holds(self, case):
        """Whether this rule is about a case.

        :param Case case: a loan to be
        :rtype: bool
        """
        return (
            self.company_id in (False, case.company_id)
            and self.library_id in (False, case.library_id)
            and self.distributor_id in (False, case.distributor_id)
            and (
                not self.category_id
                or str(self.category_id) in (case.category_path or "").split("/")
            )
            and (not self.role_id or self.role_id in (case.role_ids or ()))
        )


def path_of(category_id):
    """The path of a category, for :class:`Case`.

    :param SQL category_id: ``product.category``
    :rtype: SQL
    """
    return SQL("(SELECT parent_path FROM product_category WHERE id = %s)", category_id)


def roles_of(person_id, firm_id):
    """What a person is, for :class:`Case`: without roles of his own, what the firm is.

    :param person_id: id of a ``res.partner``, or the SQL of one; ``None`` for nobody
    :param firm_id: of his ``commercial_partner_id``, in the same way
    :rtype: SQL
    """
    return SQL(
        """COALESCE((SELECT array_agg(role_id) FROM res_partner_trade_role_rel
                      WHERE partner_id = %s),
                    (SELECT array_agg(role_id) FROM res_partner_trade_role_rel
                      WHERE partner_id = %s))""",
        person_id,
        firm_id,
    )


class SampleLoanRule(models.Model):
    """For how long what is lent to whom; the most specific rule counts."""

    _name = "sample.loan.rule"
    _inherit = ["sample.scope"]
    _description = "Rule for Due Dates"
    _order = "specificity desc, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(
        default=10, help="Of two rules equally specific, the first counts."
    )
    active = fields.Boolean(default=True)
    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        ondelete="cascade",
        help="Empty: the rule holds in all companies.",
    )
    library_id = fields.Many2one(
        "sample.library",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Empty: in all libraries.",
    )
    distributor_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('is_distributor', '=', True)]",
        help="Empty: samples of all distributors.",
    )
    category_id = fields.Many2one(
        "product.category",
        index="btree_not_null",
        ondelete="cascade",
        help="With the categories below it. Empty: all.",
    )
    role_id = fields.Many2one(
        "trade.role",
        string="Lent to a",
        index="btree_not_null",
        ondelete="cascade",
        help="What the person is. A person without roles of his own has those of the "
        "firm. Empty: everybody.",
    )
    loan_days = fields.Integer(required=True, default=14)
    extension_days = fields.Integer(required=True, default=7)
    max_extensions = fields.Integer(required=True, default=1)
    specificity = fields.Integer(
        compute="_compute_specificity",
        store=True,
        help="The number of conditions. The rule with the most counts.",
    )

    _days_sane = models.Constraint(
        """CHECK (
            loan_days BETWEEN 0 AND 3650
            AND extension_days BETWEEN 0 AND 3650
            AND max_extensions BETWEEN 0 AND 1000
        )""",
        "Days and limits are whole numbers from 0 to 3650.",
    )

    @api.depends("library_id", "distributor_id", "category_id", "role_id")
    def _compute_specificity(self):
        for rule in self:
            conditions = (
                rule.library_id,
                rule.distributor_id,
                rule.category_id,
                rule.role_id,
            )
            rule.specificity = sum(map(bool, conditions))

    @api.depends("library_id", "distributor_id", "category_id", "role_id", "loan_days")
    def _compute_name(self):
        for rule in self.sudo():
            conditions = (
                rule.library_id.name,
                rule.distributor_id.name,
                rule.category_id.display_name,
                rule.role_id.name,
            )
            scope = ", ".join(filter(None, conditions)) or self.env._("Everything")
            rule.name = self.env._(
                "%(scope)s: %(days)s days", scope=scope, days=rule.loan_days
            )

    @api.depends("name")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.name

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _book(self):
        """All rules, those that count first. Kept in memory until one changes.

        :rtype: tuple[Rule, ...]
        """
        return tuple(
            Rule(
                rule.company_id.id,
                rule.library_id.id,
                rule.distributor_id.id,
                rule.category_id.id,
                rule.role_id.id,
                Terms(rule.loan_days, rule.extension_days, rule.max_extensions),
            )
            for rule in self.sudo().with_context(active_test=True).search([])
        )

    @api.model
    def _terms_in(self, case, otherwise):
        """On which terms somebody borrows something.

        :param Case case: who, what and where
        :param Terms otherwise: those of the library, if there is no rule
        :rtype: Terms
        """
        return next(
            (rule.terms for rule in self._book() if rule.holds(case)), otherwise
        )

    @api.model
    def _terms_of(self, wanted):
        """On which terms some people borrow some things, in one query.

        :param wanted: tuples of library, item and person, as ids
        :return: the terms, in the order of ``wanted``
        :rtype: list[Terms]
        """
        if not wanted:
            return []
        self._flush_what_terms_need()
        rows = SQL(", ").join(
            SQL("(%s, %s, %s, %s)", place, *ids) for place, ids in enumerate(wanted)
        )
        found = self.env.execute_query(
            SQL(
                """
                SELECT library.loan_days, library.extension_days,
                       library.max_extensions,
                       library.company_id, library.id, item.distributor_id,
                       %(category_path)s, %(role_ids)s
                  FROM (VALUES %(rows)s)
                       AS wanted (place, library_id, item_id, person_id)
                  JOIN sample_library library ON library.id = wanted.library_id
                  JOIN sample_item item ON item.id = wanted.item_id
                  JOIN res_partner person ON person.id = wanted.person_id
              ORDER BY wanted.place
                """,
                category_path=path_of(SQL("item.category_id")),
                role_ids=roles_of(
                    SQL("person.id"), SQL("person.commercial_partner_id")
                ),
                rows=rows,
            )
        )
        return [self._terms_in(Case(*row[3:]), Terms(*row[:3])) for row in found]

    def _flush_what_terms_need(self):
        """What is read past the ORM must be in the database before."""
        self.env["sample.library"].flush_model(
            ["loan_days", "extension_days", "max_extensions", "company_id"]
        )
        self.env["sample.item"].flush_model(["distributor_id", "category_id"])
        self.env["res.partner"].flush_model(["trade_role_ids", "commercial_partner_id"])
        self.env["product.category"].flush_model(["parent_path"])
