import json

from markupsafe import Markup

from odoo import api, fields, models

from ..formats import FormatError
from ..mapping import TARGETS, MappingError, Problem
from ..models.distributor_feed_rule_values import RULE_FIELDS

SHOWN = 120
# Fields of an offer that come along with another one.
WITHIN = {"quantity_more", "call_for_price"}


class DistributorFeedSetup(models.TransientModel):
    _inherit = "distributor.feed.setup"

    preview = fields.Html(
        "The First Rows, as They Will Be Read",
        compute="_compute_preview",
        sanitize=False,
    )

    @api.depends(
        "table", "units", "currency_id", *(f"line_ids.{name}" for name in RULE_FIELDS)
    )
    def _compute_preview(self):
        for setup in self:
            setup.preview = setup._preview() if setup.table else False

    def _rules(self):
        """Return the lines that are used as ``mapping.Rule``.

        :raise MappingError: one cannot be followed
        """
        return [line._rule() for line in self.line_ids if line.target]

    def _preview(self):
        """Return the first rows as offers, or what is in the way, as safe HTML."""
        self.ensure_one()
        table = self.table
        if table["error"]:
            return self._alert(table["error"], "danger")
        above = Markup()
        try:
            rules = self._rules()
            try:
                mapping = self._bind(rules, table["columns"], self.currency_id)
            except MappingError as error:
                above = self._alert(error.message, "danger")
                mapping = self._bind(
                    rules, table["columns"], self.currency_id, strict=False
                )
        except (MappingError, FormatError) as error:
            return above or self._alert(error.message, "danger")
        rows = list(mapping.convert(table["rows"]))
        return above + self._summary(rows) + self._html_table(mapping.fields, rows)

    def _alert(self, text, kind):
        return Markup('<div class="alert alert-%s" role="alert">%s</div>') % (
            kind,
            text,
        )

    def _summary(self, rows):
        if not rows:
            return self._alert(
                self.env._("The file has no rows below the names of its columns."),
                "warning",
            )
        good = sum(type(row) is tuple for row in rows)
        if good == len(rows):
            text = self.env._("All of the first %s rows can be read.", len(rows))
            return self._alert(text, "success")
        text = self.env._(
            "%(bad)s of the first %(rows)s rows cannot be used; they are red below.",
            bad=len(rows) - good,
            rows=len(rows),
        )
        return self._alert(text, "warning")

    def _html_table(self, names, rows):
        """Return a table with a column for each value of an offer.

        :param names: fields of the values
        :param rows: for each row the values as text, or a ``mapping.Problem``
        """
        mapped = set(self.line_ids.mapped("target"))
        shown = [name for name in names if name not in WITHIN - mapped]
        labels = [self._label(name) for name in shown]
        currencies = self._currency_names(names, rows)
        body = Markup().join(
            self._html_problem(number, row, len(shown))
            if isinstance(row, Problem)
            else self._html_row(
                number, dict(zip(names, row, strict=True)), shown, labels, currencies
            )
            for number, row in enumerate(rows, self.table["first"])
        )
        head = Markup().join(Markup("<th>%s</th>") % label for label in labels)
        return Markup(
            '<div class="table-responsive">'
            '<table class="table table-sm o_feed_preview">'
            "<thead><tr><th>%s</th>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (self.env._("Row"), head, body)

    def _html_row(self, number, values, shown, labels, currencies):
        cells = Markup().join(
            Markup('<td data-label="%s">%s</td>')
            % (label, self._text(name, values, currencies))
            for name, label in zip(shown, labels, strict=True)
        )
        return Markup('<tr><td class="text-muted" data-label="%s">%s</td>%s</tr>') % (
            self.env._("Row"),
            number,
            cells,
        )

    def _html_problem(self, number, problem, width):
        return Markup(
            '<tr class="table-danger"><td data-label="%s">%s</td>'
            '<td colspan="%s"><strong class="text-danger">%s</strong> %s</td></tr>'
        ) % (
            self.env._("Row"),
            number,
            max(width, 1),
            problem.message,
            problem.value[:SHOWN],
        )

    def _label(self, name):
        name = {"currency_id": "currency"}.get(name, name)
        return TARGETS[name].label

    def _currency_names(self, names, rows):
        if "currency_id" not in names:
            return {}
        at = names.index("currency_id")
        ids = {int(row[at]) for row in rows if type(row) is tuple and row[at]}
        return {str(one.id): one.name for one in self.env["res.currency"].browse(ids)}

    def _text(self, name, values, currencies):
        """Return a value as a person reads it."""
        value = values[name]
        if value is None:
            return ""
        if name == "currency_id":
            return currencies.get(value, "")
        if name == "price_breaks":
            return ", ".join(
                f"{quantity:g}: {price:g}" for quantity, price in json.loads(value)
            )
        if value in ("t", "f") and TARGETS[name].kind == "boolean":
            return self.env._("Yes") if value == "t" else ""
        if name == "quantity" and values.get("quantity_more") == "t":
            return f"{value}+"
        return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
