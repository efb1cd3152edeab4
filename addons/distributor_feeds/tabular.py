"""Rows of text as a CSV or XLSX file, without holding them in memory."""

import csv
import io
import re

import xlsxwriter

# What makes a spreadsheet take text for a formula, also when it is fullwidth.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d[\d.,' ]*")
MAX_CELL = 32_767

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(text):
    """Return a text that no spreadsheet computes, after an apostrophe if need be.

    Numbers with a sign stay as they are.

    :param text: a str, or what becomes one; none becomes the empty text
    :rtype: str
    """
    text = "" if text is None or text is False else str(text)
    if FORMULA.match(text) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def write_csv(file, rows):
    """Write rows as CSV (RFC 4180), in UTF-8 with a mark that spreadsheets look for.

    :param file: binary file, open for writing
    :param rows: iterable of lists
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    text.flush()
    text.detach()


def write_xlsx(file, rows):
    """Write rows as a workbook with one sheet; every cell is text.

    :param file: binary file, open for writing
    :param rows: iterable of lists
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True})
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                text = harmless(cell)[:MAX_CELL]
                sheet.write_string(number, column, text, None if number else bold)


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
