from odoo import fields, models

from ..formats import Options
from ..mapping import Mapping, units_of

FORMAT_FIELDS = (
    "kind",
    "encoding",
    "delimiter",
    "quote",
    "skip_space",
    "header",
    "skip_rows",
    "sheet",
    "record_path",
    "member",
)


class DistributorFeedFormat(models.AbstractModel):
    """How a file is read: what a format keeps, and what is tried out before."""

    _name = "distributor.feed.format"
    _description = "How a Distributor's File Is Read"

    kind = fields.Selection(
        [
            ("delimited", "Text with a delimiter (CSV, TSV, …)"),
            ("sheet", "Spreadsheet (XLSX, XLS, ODS)"),
            ("xml", "XML"),
            ("json", "JSON"),
            ("x12", "X12 846 or 832"),
            ("edifact", "EDIFACT INVRPT or PRICAT"),
            ("ubl", "UBL 2.1"),
            ("bmecat", "BMEcat"),
        ],
        "Format",
        required=True,
        default="delimited",
    )
    encoding = fields.Char(
        help="As in utf-8, cp1252 or utf-16. Empty: as the file looks."
    )
    delimiter = fields.Char(default=",", help="One character; write \\t for a tab.")
    quote = fields.Char(default='"', help="Empty where nothing is quoted.")
    skip_space = fields.Boolean(
        "Blanks before Quotes",
        help="Blanks between the delimiter and a quote mean nothing.",
    )
    header = fields.Boolean("First Row Names the Columns", default=True)
    skip_rows = fields.Integer(
        "Rows to Skip", help="Lines above the names of the columns."
    )
    sheet = fields.Char(help="Empty: the first.")
    record_path = fields.Char(
        "Path to the Rows",
        help="XML: Items/Item. JSON: data.items. Empty: as it looks.",
    )
    member = fields.Char(
        "File in the Archive", help="As in *stock*.csv. Empty: the only one."
    )
    units = fields.Char(
        "Units of Several Pieces",
        help="As in BX=10, PAL=480, where a column says in what they count. "
        "Pieces, pairs and dozens are known.",
    )

    def _options(self):
        """Return the format as ``formats.Options``.

        :raise FormatError: code ``options``
        """
        self.ensure_one()
        values = {
            name: self[name]
            if self._fields[name].type in ("boolean", "integer")
            else self[name] or ""
            for name in FORMAT_FIELDS
        }
        values["delimiter"] = values["delimiter"].replace("\\t", "\t")
        return Options(**values)

    def _options_values(self, options):
        """Return values of the fields for ``formats.Options``."""
        values = {name: getattr(options, name) for name in FORMAT_FIELDS}
        values["delimiter"] = values["delimiter"].replace("\t", "\\t")
        return values

    def _bind(self, rules, columns, currency, strict=True):
        """Return ``mapping.Mapping``: rules, bound to the columns of a file.

        :param rules: list of ``mapping.Rule``
        :param columns: names of the columns of the file
        :param currency: of prices whose file names none
        :param bool strict: whether a column that is not there is an error
        :raise MappingError: the rules cannot be followed for these columns
        """
        self.ensure_one()
        currencies = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search_fetch([], ["name"])
        )
        return Mapping(
            rules,
            columns,
            currencies={one.name: one.id for one in currencies},
            currency_default=currency.name or "",
            units=units_of(self.units or ""),
            strict=strict,
        )
