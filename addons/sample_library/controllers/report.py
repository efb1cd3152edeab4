from dateutil.relativedelta import relativedelta

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers import portal

from ..report.sample_usage_report import KINDS
from ..report.sample_workbook import workbook

#: Longer tables are in the Excel file only.
_SHOWN = 50


class CustomerPortal(portal.CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to say whether there are figures for the user."""
        values = super()._prepare_home_portal_values(counters)
        if "sample_report_count" in counters:
            report = request.env["sample.usage.report"]
            values["sample_report_count"] = (
                report.search_count([], limit=1) if report.has_access("read") else 0
            )
        return values

    def _sample_report_periods(self):
        """Periods to choose from, with their first day."""
        today = fields.Date.context_today(request.env.user)
        return {
            "month": {
                "label": request.env._("This Month"),
                "first": today.replace(day=1),
            },
            "30": {
                "label": request.env._("Last 30 Days"),
                "first": today - relativedelta(days=30),
            },
            "year": {
                "label": request.env._("Last 12 Months"),
                "first": today - relativedelta(years=1),
            },
            "all": {"label": request.env._("All"), "first": None},
        }

    def _sample_report_sheets(self, period):
        """The tables of a period, without columns and tables that say nothing.

        :param dict period: one of :meth:`_sample_report_periods`
        :return: of the user's own figures, by his rights
        :rtype: list[Sheet]
        """
        report = request.env["sample.usage.report"]
        if not report.has_access("read"):
            return []
        domain = Domain.TRUE
        if period["first"]:
            today = fields.Date.context_today(request.env.user)
            domain = report._within(period["first"], today)
        kinds = [
            kind for kind, _count in report._read_group(domain, ["kind"], ["__count"])
        ]
        if not kinds:
            return []
        known = [kind for kind, _label in KINDS if kind in kinds]
        return [
            report._sheet_by(groupby, title, domain, known)
            for groupby, title in (
                ("date:month", request.env._("Month")),
                ("item_id", request.env._("Sample")),
                ("person_id", request.env._("Designer")),
                ("distributor_id", request.env._("Distributor")),
            )
        ]

    @route(
        "/my/samples/report", type="http", auth="user", website=True, methods=["GET"]
    )
    def portal_my_samples_report(self, filterby=None, **kwargs):
        """The user's own figures, by month, sample, designer and distributor."""
        periods = self._sample_report_periods()
        filterby = filterby if filterby in periods else "30"
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "sheets": self._sample_report_sheets(periods[filterby]),
                "shown": _SHOWN,
                "page_name": "sample_report",
                "default_url": "/my/samples/report",
                "filterby": filterby,
                "searchbar_filters": periods,
            }
        )
        return request.render("sample_library.portal_my_samples_report", values)

    @route(
        "/my/samples/report.xlsx",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_my_samples_report_file(self, filterby=None, **kwargs):
        """What the page shows, as a workbook."""
        periods = self._sample_report_periods()
        period = periods[filterby if filterby in periods else "30"]
        sheets = self._sample_report_sheets(period)
        if not sheets:
            return request.redirect("/my/samples/report")
        return request.make_response(
            workbook(sheets),
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                (
                    "Content-Disposition",
                    http.content_disposition(request.env._("samples.xlsx")),
                ),
                ("Cache-Control", "no-store"),
            ],
        )
