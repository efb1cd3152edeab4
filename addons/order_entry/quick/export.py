"""Files to download: a list to begin with, and rows to mend."""

import csv
import io

import xlsxwriter

from .cells import safe_cell


def to_csv(header, rows):
    """A CSV file that spreadsheet programs open with the right letters.

    :rtype: bytes
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([safe_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(header, rows):
    """An XLSX file; texts are written as texts, whatever they begin with.

    :rtype: bytes
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet()
    sheet.set_column(0, len(header) - 1, 24)
    bold = book.add_format({"bold": True})
    for column, value in enumerate(header):
        sheet.write_string(0, column, value, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            value = safe_cell(value)
            if isinstance(value, (int, float)):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, value)
    book.close()
    return out.getvalue()
