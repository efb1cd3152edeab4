from odoo import api, fields, models
from odoo.fields import Domain


class TradePeriod(models.AbstractModel):
    """Something that holds from one day to another, for one company or for all.

    A model that inherits this names its states, each with the condition for it, in
    :meth:`_state_domains`; the field and its search follow from that.
    """

    _name = "trade.period"
    _description = "Period in the Trade Network"

    active = fields.Boolean(default=True)
    date_from = fields.Date(
        string="From",
        default=fields.Date.context_today,
        tracking=True,
        help="The first day on which it holds.",
    )
    date_until = fields.Date(
        string="Until",
        tracking=True,
        help="The last day on which it holds. Empty: no end.",
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        # what held for one company must not hold for all when that one is gone
        ondelete="cascade",
        help="Empty: it holds for all companies.",
    )
    # A search by state becomes conditions on the dates, which are stored, at the moment
    # of the search. A record rule may therefore use it too: rules are kept in memory
    # with the condition on the state, not with today's date. So there is no flag that a
    # scheduled action would have to change at midnight, and that stays when it fails.
    state = fields.Selection(
        [("future", "Future"), ("running", "Running"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
        string="Status",
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_until >= date_from)",
        "The last day is before the first one. Correct the dates.",
    )

    @api.depends("date_from", "date_until")
    @api.depends_context("tz")
    def _compute_state(self):
        self.state = False
        domains = self._state_domains(fields.Date.context_today(self))
        for state, domain in domains.items():
            self.filtered_domain(domain).state = state

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._state_domains(fields.Date.context_today(self))
        return Domain.OR(domains[state] for state in value if state in domains)

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            # the ORM asks before; nobody is to push something into a company of others
            self.check_access("write")
        return result

    @api.model
    def _state_domains(self, date):
        """Say what is in which state on a day.

        :param date date: the day
        :return: a condition per state; exactly one is true for each record
        :rtype: dict[str, Domain]
        """
        started, over = self._started_domain(date), Domain("date_until", "<", date)
        return {
            "future": ~started,
            "running": started & ~over,
            "ended": started & over,
        }

    @api.model
    def _started_domain(self, date):
        """What has begun on a day; without a first day it always had.

        :param date date: the day
        :rtype: Domain
        """
        return Domain("date_from", "=", False) | Domain("date_from", "<=", date)

    @api.model
    def _visible_companies_domain(self):
        """What holds in a company the user works in, for code that runs in sudo.

        :rtype: Domain
        """
        return Domain("company_id", "in", [*self.env.companies.ids, False])
