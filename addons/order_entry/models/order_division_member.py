from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OrderDivisionMember(models.Model):
    """Somebody gets what is ordered for a division, from one day to another."""

    _name = "order.division.member"
    _description = "Member of a Division"
    _order = "division_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    division_id = fields.Many2one(
        "order.division", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="division_id.company_id", store=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="A store, a branch or a person. The goods are sent to this address.",
    )
    active = fields.Boolean(default=True)
    date_start = fields.Date(
        string="From", default=fields.Date.context_today, help="Empty: with no start."
    )
    date_end = fields.Date(
        string="Until", help="The last day as a member. Empty: with no end."
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)",
        "A membership cannot end before it starts. Correct the dates.",
    )
    # ranges of one number stand in for the equality of integers, which needs an
    # extension of PostgreSQL in this kind of index
    _once = models.Constraint(
        """EXCLUDE USING gist (
            int4range(division_id, division_id, '[]') WITH =,
            int4range(partner_id, partner_id, '[]') WITH =,
            daterange(date_start, date_end, '[]') WITH &&
        ) WHERE (active)""",
        "This contact is a member of the division already during these days. End the "
        "other membership first.",
    )

    @api.model
    def _current_domain(self, date=None):
        """What memberships hold on a day.

        :param date date: the day; today by default
        :rtype: Domain
        """
        date = date or fields.Date.context_today(self)
        return (Domain("date_start", "=", False) | Domain("date_start", "<=", date)) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", date)
        )

    @api.model_create_multi
    def create(self, vals_list):
        # what ends another membership must be in the database before
        self.flush_model(["date_start", "date_end", "active"])
        return super().create(vals_list)

    @api.constrains("partner_id", "active")
    def _check_partner_id(self):
        for member in self.filtered("active"):
            if not member.partner_id.active:
                raise ValidationError(
                    self.env._(
                        "%(partner)s is archived. Choose another member, or restore "
                        "the contact first.",
                        partner=member.partner_id.display_name,
                    )
                )
