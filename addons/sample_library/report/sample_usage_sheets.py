from datetime import datetime, time, timedelta

import pytz

from odoo import api, models
from odoo.fields import Domain

from .sample_usage_report import KINDS
from .sample_workbook import Sheet


class SampleUsageReport(models.Model):
    """The same figures as tables, for a workbook."""

    _inherit = "sample.usage.report"

    @api.model
    def _within(self, first, last):
        """Which rows are of a period, by the time zone of the user.

        :param date first: its first day
        :param date last: its last day
        :rtype: Domain
        """

        def begin(day):
            local = self.env.tz.localize(datetime.combine(day, time.min))
            return local.astimezone(pytz.utc).replace(tzinfo=None)

        return Domain("date", ">=", begin(first)) & Domain(
            "date", "<", begin(last + timedelta(days=1))
        )

    @api.model
    def _sheets(self, domain):
        """All tables of the workbook: a query each, with the rights of the user.

        :param Domain domain: which rows count
        :rtype: list[Sheet]
        """
        return [
            *(
                self._sheet_by(field_name, title, domain)
                for field_name, title in (
                    ("item_id", self.env._("By Item")),
                    ("person_id", self.env._("By Designer")),
                    ("rep_id", self.env._("By Sales Rep")),
                    ("showroom_id", self.env._("By Showroom")),
                    ("distributor_id", self.env._("By Distributor")),
                )
            ),
            self._sheet_of_shipping(domain),
            self._sheet_of_missing(domain),
        ]

    @api.model
    def _sheet_by(self, groupby, title, domain, kinds=None):
        """Pieces per kind of event, those with the most first.

        :param str groupby: field of the report, with ``:month`` after a date
        :param str title: name of the table, and heading of its first column
        :param Domain domain: which rows count
        :param kinds: codes of events; all by default
        :rtype: Sheet
        """
        kinds = list(kinds or dict(KINDS))
        counts = {}
        for group, kind, quantity in self._read_group(
            Domain(domain) & Domain("kind", "in", kinds),
            [groupby, "kind"],
            ["quantity:sum"],
        ):
            counts.setdefault(group, dict.fromkeys(kinds, 0))[kind] = quantity
        rows = [
            (self._label(group), *(found[kind] for kind in kinds), sum(found.values()))
            for group, found in counts.items()
        ]
        if ":" in groupby:
            rows.sort(key=lambda row: row[0])
        else:
            rows.sort(key=lambda row: (-row[-1], row[0]))
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return Sheet(
            title,
            [title, *(labels[kind] for kind in kinds), self.env._("Total")],
            rows,
            charted=list(range(1, len(kinds) + 1)),
            chart="column" if ":" in groupby else "bar",
            monthly=":" in groupby,
        )

    @api.model
    def _sheet_of_shipping(self, domain):
        """How long shipments took, month by month."""
        groups = self._read_group(
            Domain(domain) & Domain("kind", "=", "shipped"),
            ["date:month"],
            ["days_to_ship:avg", "quantity:sum", "__count"],
        )
        return Sheet(
            self.env._("Time to Ship"),
            [
                self.env._("Month"),
                self.env._("Days to Ship"),
                self.env._("Pieces"),
                self.env._("Shipments"),
            ],
            [
                (self._label(month), days, quantity, count)
                for month, days, quantity, count in groups
            ],
            charted=[1],
            chart="line",
            stacked=False,
            monthly=True,
        )

    @api.model
    def _sheet_of_missing(self, domain):
        """Who has what is lost or overdue, the highest value first."""
        groups = self._read_group(
            Domain(domain) & Domain("kind", "in", ("lost", "overdue")),
            ["person_id", "currency_id", "kind"],
            ["quantity:sum", "value_not_returned:sum", "date:min"],
        )
        labels = dict(self._fields["kind"]._description_selection(self.env))
        rows = [
            (
                self._label(person),
                value or 0.0,
                currency.sudo().name,
                labels[kind],
                quantity,
                since.date(),
            )
            for person, currency, kind, quantity, value, since in groups
        ]
        rows.sort(key=lambda row: (-row[1], row[0]))
        return Sheet(
            self.env._("Not Returned"),
            [
                self.env._("Designer"),
                self.env._("Value"),
                self.env._("Currency"),
                self.env._("What"),
                self.env._("Pieces"),
                self.env._("Since"),
            ],
            rows,
            charted=[1],
            stacked=False,
        )

    @api.model
    def _label(self, group):
        """What a row is about: a name, a day, or a word for none."""
        if isinstance(group, models.BaseModel):
            # who may see the figure may know of whom it is
            group = group.sudo().display_name
        elif hasattr(group, "date"):
            return group.date()
        return group or self.env._("None")
