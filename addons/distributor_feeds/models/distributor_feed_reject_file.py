import tempfile
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..formats import BREAK, JOIN, FormatError, open_records
from ..tabular import WRITERS

PORTION = 1000
# Their numbers go into an address, which browsers and proxies cut at some length.
MAX_CHOSEN = 600


class DistributorFeedReject(models.Model):
    _inherit = "distributor.feed.reject"

    def action_download(self):
        """Download these rows as a spreadsheet."""
        self.check_access("read")
        if len(self) > MAX_CHOSEN:
            raise UserError(
                self.env._(
                    "Choose at most %s rows, or download all rows of a file from its "
                    "run.",
                    MAX_CHOSEN,
                )
            )
        numbers = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/distributor_feeds/rejects.xlsx?ids={numbers}",
            "target": "download",
        }

    @api.model
    def _file(self, domain, kind):
        """Write rejected rows, those the user may read, to a file on disk.

        :param domain: which rows
        :param str kind: ``csv`` or ``xlsx``
        :return: open binary file at its beginning; it is gone when closed
        """
        file = tempfile.TemporaryFile(prefix="rejects-")  # noqa: SIM115 -- the response closes it
        try:
            WRITERS[kind](file, self._export_rows(domain))
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    @api.model
    def _export_rows(self, domain):
        """Yield a row of titles, then a row for each rejected row."""
        runs = self.env["distributor.feed.run"]
        for (run,) in self._read_group(domain, ["run_id"]):
            runs |= run
        with self._original(runs) as records:
            columns = records.columns if records else []
            yield [
                self.env._("Feed"),
                self.env._("File"),
                self.env._("Row"),
                self.env._("Distributor's Code"),
                self.env._("Distributor's Warehouse"),
                self.env._("Why"),
                self.env._("State"),
                *columns,
                self.env._("As It Came"),
            ]
            last = 0
            while portion := self.search(
                Domain.AND([domain, [("id", ">", last)]]), order="id", limit=PORTION
            ):
                yield from portion._export_portion(records)
                last = portion[-1].id
                portion.invalidate_recordset(flush=False)

    def _export_portion(self, records):
        states = dict(self._fields["state"]._description_selection(self.env))
        lines = [reject.line or "" for reject in self]
        split = records.split(lines) if records else ([] for _line in lines)
        columns = records.columns if records else []
        for reject, line, cells in zip(self, lines, split, strict=True):
            fits = bool(columns) and len(cells) == len(columns)
            yield [
                reject.feed_id.name,
                reject.run_id.file_name,
                reject.record,
                reject.code,
                reject.warehouse,
                reject.reason_text,
                states[reject.state],
                *(cells if fits else [""] * len(columns)),
                "" if fits else line.replace(JOIN, "\t").replace(BREAK, "\n"),
            ]

    @contextmanager
    def _original(self, runs):
        """Give the file of these runs, as records, to split lines as its reader does.

        Nothing, if there are several files, or it is not kept or readable any more.
        """
        records = None
        if len(runs) == 1 and runs.attachment_id:
            try:
                records = open_records(runs._path(), runs.feed_id.profile_id._options())
            except (FormatError, OSError):
                records = None
        if records is None:
            yield None
        else:
            with records:
                yield records
