import base64
import os
import tempfile
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..formats import FormatError, Limits, guess, open_records
from ..formats.delimited import first_rows
from ..mapping import TARGETS, guess_rules, units_of
from ..models.distributor_feed_format import FORMAT_FIELDS

ROWS = 20
# A person waits for it: who sends a file that takes longer, cuts a sample out of it.
LIMITS = Limits(max_seconds=30)
# What a feed is about, by the parts of an offer that its file names.
CONTENTS = {
    frozenset({"stock", "price"}): "both",
    frozenset({"stock"}): "stock",
    frozenset({"price"}): "price",
}


class DistributorFeedSetup(models.TransientModel):
    """A sample of a distributor's file: what is in it, and how it is read.

    It becomes a format, and where there is no feed yet, an account and a feed.
    """

    _name = "distributor.feed.setup"
    _description = "Set Up from a Sample File"
    _inherit = ["distributor.feed.format"]

    purpose = fields.Selection(
        [("new", "A new feed"), ("feed", "A feed's format"), ("profile", "A format")],
        required=True,
        default="new",
        readonly=True,
    )
    step = fields.Selection(
        [("file", "Sample File"), ("columns", "Columns and Values")],
        required=True,
        default="file",
        readonly=True,
    )
    file = fields.Binary("Sample File", attachment=False)
    file_name = fields.Char()
    run_id = fields.Many2one("distributor.feed.run", "Last Fetched File", readonly=True)
    feed_id = fields.Many2one("distributor.feed", readonly=True)
    profile_id = fields.Many2one(
        "distributor.feed.profile",
        "Known Format",
        help="Choose one to read the sample as it says. Empty: the sample is looked "
        "at, and a new format is made.",
    )
    notes = fields.Text("What Was Found", readonly=True)
    line_ids = fields.One2many("distributor.feed.setup.line", "setup_id", "Columns")
    table = fields.Json("First Rows as They Are", compute="_compute_table", store=True)

    content = fields.Selection(
        selection=lambda self: self.env["distributor.feed"]._fields["kind"].selection,
        compute="_compute_content",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )

    @api.depends("step", *FORMAT_FIELDS)
    def _compute_table(self):
        for setup in self:
            setup.table = setup._read_table() if setup.step == "columns" else False

    def _read_table(self):
        """Read the first rows of the sample as the format says now.

        :return: JSON-able: ``columns`` (names), ``rows`` (lists of cells), ``first``
            (number of the first row), ``error`` (empty where the file can be read)
        :rtype: dict
        """
        self.ensure_one()
        table = {"columns": [], "rows": [], "first": 1, "error": ""}
        try:
            with (
                self._sample() as path,
                open_records(path, self._options(), LIMITS) as records,
            ):
                table["rows"] = first_rows(records, ROWS)
                table["columns"] = records.columns
                table["first"] = records.first_line
        except FormatError as error:
            table["error"] = error.message
        return table

    @contextmanager
    def _sample(self):
        """Give the path of the sample, as long as the block lasts.

        :raise FormatError: code ``gone``: there is none
        """
        setup = self._origin.with_context(bin_size=False)
        run = setup.run_id
        if setup.file:
            with tempfile.NamedTemporaryFile(prefix="feed-") as file:
                file.write(base64.b64decode(setup.file))
                file.flush()
                yield file.name
            return
        run.check_access("read")
        if not (run.attachment_id.sudo().store_fname and os.path.exists(run._path())):
            raise FormatError("gone", self.env._("Choose a sample file first."))
        yield run._path()

    @api.model
    def _open_with(self, values):
        """Return the action of a new set-up; a file that is there is read at once."""
        setup = self.create(values)
        if setup.run_id:
            setup.action_read()
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "res_id": setup.id,
            "view_mode": "form",
            "views": [[False, "form"]],
        }

    def action_read(self):
        """Look at the sample: guess its format and what its columns are.

        With a known format, the sample is read as that says.
        """
        self.ensure_one()
        profile = self.profile_id
        try:
            if profile:
                notes = []
                values = profile._options_values(profile._options()) | {
                    "units": profile.units
                }
            else:
                with self._sample() as path:
                    found = guess(path, LIMITS)
                notes = found.notes
                values = self._options_values(found.options)
        except FormatError as error:
            raise UserError(error.message) from error
        self.write({**values, "step": "columns", "notes": "\n".join(notes)})
        if self.table["error"] and not profile:
            self.step = "file"
            raise UserError(self.table["error"])
        if profile:
            rules = [rule._kept_values() for rule in profile.rule_ids]
        else:
            rules = self._guessed(found.decimal)
            self._leave_out_strange_units(rules)
        self.line_ids.unlink()
        self.env["distributor.feed.setup.line"].create(
            [{"setup_id": self.id, **values} for values in self._line_values(rules)]
        )

    def action_other_file(self):
        """Go back to the choice of the file; all stays until that is read."""
        self.ensure_one()
        self.step = "file"

    def action_guess(self):
        """Forget the known format, and look at the sample anew."""
        self.ensure_one()
        self.profile_id = False
        self.action_read()

    def _leave_out_strange_units(self, rules):
        """Take away the rule of a unit that would refuse rows; say so in the notes.

        :param rules: list of values of rules, changed in place
        """
        columns, known = self.table["columns"], units_of(self.units or "")
        for rule in [rule for rule in rules if rule["target"] == "unit"]:
            at = columns.index(rule["column"])
            cells = {row[at].strip() for row in self.table["rows"] if at < len(row)}
            if strange := sorted(
                cell for cell in cells if cell and cell.casefold() not in known
            ):
                rules.remove(rule)
                self.notes = "\n".join(
                    [
                        *(self.notes or "").splitlines(),
                        self.env._(
                            "The column “%(column)s” holds units that are not known: "
                            "%(units)s. It is not used. If prices or quantities count "
                            "packs of several pieces, write under “Units of Several "
                            "Pieces” how many they are, and choose “Unit” for it.",
                            column=rule["column"],
                            units=", ".join(strange[:5])[:200],
                        ),
                    ]
                )

    def _guessed(self, decimal=""):
        """Return values of rules for the columns whose names say what they are."""
        lines = self.env["distributor.feed.setup.line"]
        rules = guess_rules(self.table["columns"], self.table["rows"], decimal)
        return [lines._rule_values(rule) for rule in rules]

    def _line_values(self, rules):
        """Return values of lines: columns in their order, then what has none here.

        :param rules: list of values of rules
        """
        columns = self.table["columns"]
        by_column = {}
        for rule in rules:
            by_column.setdefault(rule["column"] or "", []).append(rule)
        result = []
        for column in columns:
            for rule in by_column.pop(column, [{"column": column}]):
                result.append(
                    {**rule, "sample": self._sample_of(column), "found": True}
                )
        for left in by_column.values():
            result += [{**rule, "found": not rule["column"]} for rule in left]
        return [{**values, "sequence": at} for at, values in enumerate(result)]

    def _sample_of(self, column):
        """Return some values of a column, for a person to recognize it."""
        at = self.table["columns"].index(column)
        cells = (row[at].strip() for row in self.table["rows"] if at < len(row))
        different = list(dict.fromkeys(cell[:40] for cell in cells if cell))
        return " · ".join(different[:3])

    @api.onchange(*FORMAT_FIELDS)
    def _onchange_format(self):
        """Show the columns that the file has now; what was mapped stays."""
        if self.step != "columns" or not self.table or self.table["error"]:
            return
        columns = self.table["columns"]
        lines = self.line_ids
        known = set(lines.mapped("column"))
        fresh = [column for column in columns if column not in known]
        guessed = [rule for rule in self._guessed() if rule["column"] in fresh]
        taken = {rule["target"] for rule in guessed}
        for line in lines:
            if line.column:
                line.found = line.column in columns
                line.sample = self._sample_of(line.column) if line.found else False
        kept = lines.filtered(
            lambda line: line.found or (line.target and line.target not in taken)
        )
        used = set(kept.filtered("target").mapped("target"))
        for values in self._line_values(
            [rule for rule in guessed if rule["target"] not in used]
        ):
            if values["column"] in fresh:
                kept += kept.new(values)
        self.line_ids = kept

    @api.depends("line_ids.target")
    def _compute_content(self):
        for setup in self:
            slots = {
                TARGETS[target].slot
                for target in setup.line_ids.mapped("target")
                if target
            }
            setup.content = CONTENTS.get(
                frozenset(slots & {"stock", "price"}), "catalogue"
            )
