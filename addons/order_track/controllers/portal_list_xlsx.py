"""The worksheet of a list of the portal."""

import tempfile

import xlsxwriter
from werkzeug.wsgi import FileWrapper

from odoo import fields, http
from odoo.http import content_disposition

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS = 50_000
_BATCH = 1000
# what Excel takes in one cell
_MOST_SIGNS = 32_767


def send_worksheet(listing, params, name):
    """All records of a list as the visitor sees it, on every page of it.

    :param PortalList listing: the list
    :param dict params: arguments of its address
    :param str name: title of the sheet, and name of the file without its ending
    :rtype: odoo.http.Response
    """
    file = write_worksheet(listing, listing.asked(params), name)
    return http.Response(
        FileWrapper(file, 1 << 16),
        headers=[
            ("Content-Type", _TYPE),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ],
        direct_passthrough=True,
    )


def write_worksheet(listing, asked, name):
    """Write the worksheet, row by row and batch by batch: memory does not grow with it.

    :param PortalList listing: the list
    :param Asked asked: what the visitor sees of it
    :param str name: title of the sheet
    :return: open file, to be read from its beginning; gone when it is closed
    """
    # read while it is sent, and closed after that
    file = tempfile.TemporaryFile()  # noqa: SIM115
    # text stays text: a name that starts with "=" must not become a formula
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet(_sheet_name(name))
    sheet.freeze_panes(1, 0)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"quote_prefix": True}),
        "number": book.add_format({"num_format": "#,##0.00"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for place, column in enumerate(listing.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.label, formats["head"])
    records = listing.every(asked, _MOST_ROWS)
    for start in range(0, len(records), _BATCH):
        batch = records.browse(records.ids[start : start + _BATCH])
        known = listing.know(batch)
        for row, record in enumerate(batch.sudo(), start + 1):
            for place, column in enumerate(listing.columns):
                value = column.value(record, known)
                _write(sheet, (row, place), column.kind, value, formats)
        # the next batch is read anew; nothing of this one is needed any more
        records.env.invalidate_all()
    sheet.autofilter(0, 0, max(len(records), 1), len(listing.columns) - 1)
    book.close()
    file.seek(0)
    return file


def _write(sheet, cell, kind, value, formats):
    if value in (None, False, ""):
        return
    if kind == "number":
        sheet.write_number(*cell, value, formats["number"])
    elif kind in ("date", "datetime"):
        sheet.write_datetime(*cell, value, formats[kind])
    else:
        sheet.write_string(*cell, str(value)[:_MOST_SIGNS], formats["text"])


def _sheet_name(name):
    """A title without the signs that Excel forbids in it."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in name)
    return plain.strip(" '")[:31] or "1"


def local_time(record, moment):
    """A time as the reader's clock shows it, for a cell.

    :param record: in whose context the reader's time zone is
    :param datetime moment: in UTC, or nothing
    """
    if not moment:
        return None
    return fields.Datetime.context_timestamp(record, moment).replace(tzinfo=None)
