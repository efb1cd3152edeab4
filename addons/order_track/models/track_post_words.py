from odoo import api, models

from ..posting import KINDS


class TrackPost(models.Model):
    """What is wrong, in words."""

    _inherit = "track.post"

    @api.model
    def _trouble_text(self, error):
        """Say why a file cannot be read.

        :param posting.PostingError error: why
        :rtype: str
        """
        texts = {
            "empty": self.env._("There is nothing in the file."),
            "too_big": self.env._(
                "The file has %(size)s MB; at most %(limit)s MB are read. Post it in "
                "parts, as changes."
            ),
            "rows": self.env._(
                "The file has more than %(limit)s rows. Post it in parts."
            ),
            "columns": self.env._("The file has more than %(limit)s columns."),
            "encoding": self.env._(
                "Near line %(line)s there are letters that do not fit the rest of the "
                "file. Save it as UTF-8."
            ),
            "binary": self.env._("This is neither a CSV file nor an XLSX workbook."),
            "workbook": self.env._(
                "The workbook cannot be read. Open it in a spreadsheet "
                "program and save "
                "it anew as XLSX, without a password."
            ),
            "bomb": self.env._(
                "The workbook unpacks to far more than its size: it is not read. Save "
                "it as CSV."
            ),
            "old_workbook": self.env._(
                "Save the file as XLSX or CSV; this format is not read."
            ),
            "quotes": self.env._(
                "Near line %(line)s a quotation mark is open that is never closed."
            ),
            "shapes": self.env._(
                "The records have more than %(limit)s different sets of columns. Send "
                "them in several requests."
            ),
            "missing_columns": self.env._(
                "These columns are missing: %(columns)s. The template has them all."
            ),
        }
        return texts[error.code] % error.values

    @api.model
    def _reason_text(self, reason, detail=None):
        """Say why a row was rejected.

        :param str reason: code
        :param dict detail: ``column``, ``value``, ``limit``, where it is about a cell
        :rtype: str
        """
        texts = {
            "number": self.env._("%(column)s: “%(value)s” is no number."),
            "whole": self.env._("%(column)s: “%(value)s” is no whole number."),
            "negative": self.env._("%(column)s: “%(value)s” is below zero."),
            "large": self.env._("%(column)s: “%(value)s” is more than %(limit)s."),
            "day": self.env._("%(column)s: “%(value)s” is no date. Write 2026-12-31."),
            "day_range": self.env._(
                "%(column)s: “%(value)s” is not between %(limit)s."
            ),
            "choice": self.env._("%(column)s: “%(value)s” is not one of: %(limit)s."),
            "long": self.env._(
                "%(column)s: the text is longer than %(limit)s characters."
            ),
            "no_text": self.env._(
                "%(column)s: “%(value)s” holds characters that are no text."
            ),
            "no_ref": self.env._("Nothing names the record: fill in external_ref."),
            "no_name": self.env._("The name or number is missing."),
            "no_item_code": self.env._("The item code is missing."),
            "no_account_number": self.env._("The account number is missing."),
            "no_account": self.env._("The account number is missing."),
            "no_record": self.env._("This is not a record with columns."),
            "no_children": self.env._("“%(value)s” is not a list of records."),
            "strange": self.env._("There is no column “%(value)s”."),
            "duplicate": self.env._(
                "Another row of the file says something else about it."
            ),
            "duplicate_line": self.env._("Two rows have the same line number."),
            "contradiction": self.env._(
                "The rows of this record say different things about it. Columns of the "
                "record itself must be the same in each of its rows."
            ),
            "with_others": self.env._("Another row of the same record is rejected."),
            "other_company": self.env._("It was posted for another company."),
            "unknown_account": self.env._("The account number is not known here."),
            "account_not_then": self.env._(
                "On that day the account number was nobody's. Ask us to correct the "
                "dates of the relation."
            ),
            "ambiguous_account": self.env._(
                "The account number is that of several on that day."
            ),
            "unknown_showroom": self.env._(
                "The account number of the showroom is not known."
            ),
            "showroom_not_then": self.env._(
                "On that day nobody had that showroom number."
            ),
            "unknown_rep": self.env._("The number of the rep is not known."),
            "rep_not_then": self.env._("On that day nobody had that rep number."),
        }
        known = {"column": "", "value": "", "limit": "", **(detail or {})}
        return texts.get(reason, reason) % known

    @api.model
    def _reason_word(self, reason):
        """The reason for many rows, without the cell it was about.

        :param str reason: code
        :rtype: str
        """
        cells = {
            "number": self.env._("Something is no number."),
            "whole": self.env._("Something is no whole number."),
            "negative": self.env._("A number is below zero."),
            "large": self.env._("A number is too large."),
            "day": self.env._("Something is no date."),
            "day_range": self.env._("A date is out of range."),
            "choice": self.env._("A word is not known."),
            "long": self.env._("A text is too long."),
            "no_text": self.env._("There are characters that are no text."),
        }
        return cells.get(reason) or self._reason_text(reason)

    def _reject_rows(self):
        """Rows of a file to download: what was rejected, and why.

        :rtype: Iterator[list]
        """
        kind = KINDS[self.kind]
        columns = [(name, name) for name in kind.all_columns]
        columns += [(f"l_{name}", name) for name in kind.child_columns]
        rejects = self.reject_ids
        used = set().union(*(reject.cells or {} for reject in rejects))
        columns = [(cell, name) for cell, name in columns if cell in used]
        rows = [[self.env._("row"), self.env._("reason"), *(c[1] for c in columns)]]
        for reject in rejects:
            cells = dict(reject.cells or {})
            detail = reject.detail or {}
            for cell, name in columns:
                # what could not be read is sent back as it was
                if name == detail.get("column") and cells.get(cell) is None:
                    cells[cell] = detail.get("value")
            rows.append(
                [reject.row, reject.message, *(cells.get(c[0]) for c in columns)]
            )
        return rows
