from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL


class Terms(NamedTuple):
    """On which terms somebody borrows something; days are calendar days."""

    loan_days: int
    extension_days: int
    max_extensions: int


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

    @api.model
    def _terms(self, library_id, item_id, person_id):
        """On which terms a person borrows an item of a library.

        :param int library_id: ``sample.library``
        :param int item_id: ``sample.item``
        :param int person_id: ``res.partner``
        :rtype: Terms
        """
        return self._terms_of([(library_id, item_id, person_id)])[0]

    @api.model
    def _terms_of(self, wanted):
        """The same for many, in one query.

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
                SELECT COALESCE(rule.loan_days, library.loan_days),
                       COALESCE(rule.extension_days, library.extension_days),
                       COALESCE(rule.max_extensions, library.max_extensions)
                  FROM (VALUES %s) AS wanted (place, library_id, item_id, person_id)
                  JOIN sample_library library ON library.id = wanted.library_id
                  JOIN sample_item item ON item.id = wanted.item_id
                  JOIN res_partner person ON person.id = wanted.person_id
             LEFT JOIN product_category category ON category.id = item.category_id
            CROSS JOIN LATERAL (
                       SELECT EXISTS (
                              SELECT FROM res_partner_trade_role_rel own
                               WHERE own.partner_id = person.id) AS yes
                       ) person_has_roles
             LEFT JOIN LATERAL (
                       SELECT r.loan_days, r.extension_days, r.max_extensions
                         FROM sample_loan_rule r
                    LEFT JOIN product_category top ON top.id = r.category_id
                        WHERE r.active
                          AND (r.company_id IS NULL
                               OR r.company_id = library.company_id)
                          AND (r.library_id IS NULL OR r.library_id = library.id)
                          AND (r.distributor_id IS NULL
                               OR r.distributor_id = item.distributor_id)
                          AND (r.category_id IS NULL
                               OR starts_with(category.parent_path, top.parent_path))
                          AND (r.role_id IS NULL OR EXISTS (
                               SELECT FROM res_partner_trade_role_rel has
                                WHERE has.role_id = r.role_id
                                  AND has.partner_id = CASE
                                      WHEN person_has_roles.yes THEN person.id
                                      ELSE person.commercial_partner_id END))
                     ORDER BY r.specificity DESC, r.sequence, r.id
                        LIMIT 1
                       ) rule ON TRUE
              ORDER BY wanted.place
                """,
                rows,
            )
        )
        return [Terms(*row) for row in found]

    def _flush_what_terms_need(self):
        """What is read past the ORM must be in the database before."""
        self.flush_model()
        self.env["sample.library"].flush_model(
            ["loan_days", "extension_days", "max_extensions", "company_id"]
        )
        self.env["sample.item"].flush_model(["distributor_id", "category_id"])
        self.env["res.partner"].flush_model(["trade_role_ids", "commercial_partner_id"])
        self.env["product.category"].flush_model(["parent_path"])
