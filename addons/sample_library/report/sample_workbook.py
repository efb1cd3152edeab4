"""Tables with a chart each -> the bytes of one XLSX file. Plain Python."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter

#: More rows than anybody reads; the rest of a table is left out.
MAX_ROWS = 10_000
_MAX_TEXT = 32_000
_CHARTED = 15
_MONTH = "mmmm yyyy"


@dataclass
class Sheet:
    """A table.

    :param str title: name of the sheet
    :param list headings: of the columns
    :param list rows: tuples of text, numbers, dates or ``None``
    :param list charted: numbers of the columns that the chart shows, by the first one
    :param str chart: kind of the chart, as ``xlsxwriter`` names it
    :param bool stacked: whether the columns of the chart add up
    :param bool monthly: whether the first column says months, by their first day
    """

    title: str
    headings: list
    rows: list
    charted: list = field(default_factory=list)
    chart: str = "bar"
    stacked: bool = True
    monthly: bool = False


def workbook(sheets):
    """Write a workbook.

    Text stays text, whatever it begins with: nothing that somebody typed is computed
    by the program that opens the file.

    :param list sheets: of :class:`Sheet`, in their order
    :rtype: bytes
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        bold = book.add_format(look)
        over_numbers = book.add_format({**look, "align": "right"})
        month = book.add_format({"num_format": _MONTH, "align": "left"})
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            float: book.add_format({"num_format": "#,##0.00"}),
            int: book.add_format({"num_format": "#,##0"}),
        }
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.title, book.sheetnames))
            page.freeze_panes(1, 0)
            # printed, a table is as wide as the paper, with its headings on each page
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            page.set_column(0, 0, 34)
            page.set_column(1, max(len(sheet.headings) - 1, 1), 14)
            rows = sheet.rows[:MAX_ROWS]
            for column, heading in enumerate(sheet.headings):
                number_below = bool(rows) and type(rows[0][column]) in (int, float)
                page.write_string(
                    0, column, heading, over_numbers if number_below else bold
                )
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    _write(page, number, column, value, formats)
                if sheet.monthly:
                    page.write_datetime(number, 0, row[0], month)
            if rows and sheet.charted:
                _draw(book, page, sheet, min(len(rows), _CHARTED))
    return target.getvalue()


def _write(page, row, column, value, formats):
    kind = type(value)
    if value is None or value is False:
        return
    if kind in (datetime, date):
        page.write_datetime(row, column, value, formats[kind])
    elif kind in (int, float):
        page.write_number(row, column, value, formats[kind])
    else:
        page.write_string(row, column, str(value)[:_MAX_TEXT])


def _draw(book, page, sheet, count):
    """A chart beside the table, of its first rows."""
    kind = {"type": sheet.chart}
    if sheet.stacked:
        kind["subtype"] = "stacked"
    chart = book.add_chart(kind)
    name = page.get_name()
    # what never happened would only be a color without a bar
    shown = [
        column
        for column in sheet.charted
        if any(row[column] for row in sheet.rows[:count])
    ]
    for column in shown or sheet.charted[:1]:
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, count, 0],
                "values": [name, 1, column, count, column],
            }
        )
    chart.set_title({"name": sheet.title})
    chart.set_legend({"none": True} if len(shown) < 2 else {"position": "bottom"})
    if sheet.chart == "bar":
        # the first row of the table at the top, the numbers below all the same
        chart.set_y_axis({"reverse": True, "crossing": "max"})
    elif sheet.monthly:
        # by themselves months would become days, and bars as thin as hairs
        chart.set_x_axis({"text_axis": True, "num_format": "mmm yyyy"})
    chart.set_size({"width": 720, "height": 420})
    page.insert_chart(1, len(sheet.headings) + 1, chart)


def _sheet_name(title, taken):
    """A name that Excel takes: 31 characters, none of its own, each once."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()
    plain = plain[:31] or "-"
    name, number = plain, 1
    while name.lower() in {one.lower() for one in taken}:
        number += 1
        name = f"{plain[:27]} {number}"
    return name
