"""Stock and price files, in the formats distributors send."""

import csv
import gzip
import json
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from . import edi_samples
from .goods import CURRENCY, Item

COLUMNS = (*Item._fields[:8], "currency", *Item._fields[8:])

#: What writes a document of a standard, and its encoding.
_STANDARDS = {
    "x12": (edi_samples.x12_846, "ascii"),
    "edi": (edi_samples.invrpt, "latin-1"),
    "ubl.xml": (edi_samples.ubl_stock, "utf-8"),
}
FORMATS = ("csv", "csv.gz", "csv.zip", "json", "xml", "xlsx", *_STANDARDS)

_BATCH = 5_000


@dataclass(frozen=True)
class Style:
    """How text files are written.

    :param str delimiter: of CSV
    :param str encoding: of CSV
    :param str decimal: sign in prices: ``.`` or ``,``
    :param int most: stock above it is written as ``50+`` (with 50); 0: never
    :param tuple columns: of CSV and XLSX, in order
    """

    delimiter: str = ";"
    encoding: str = "utf-8"
    decimal: str = "."
    most: int = 0
    columns: tuple = COLUMNS


def csv_lines(rows, style, currency=CURRENCY):
    """Lines of CSV without header.

    :param rows: iterable of `Item`, or of tuples like it
    :return: iterator of str, each with its line end
    """
    point, delimiter, most = style.decimal, style.delimiter, style.most
    if style.columns != COLUMNS or delimiter in ",+-. " or most:
        yield from _quoted_lines(rows, style, currency)
        return
    # No value holds the delimiter, so a line is a plain join: benchmarks read millions.
    for code, maker, mpn, gtin, name, unit, pack, price, stock, incoming, due in rows:
        yield (
            f"{code}{delimiter}{maker}{delimiter}{mpn}{delimiter}{gtin}{delimiter}"
            f"{name}{delimiter}{unit}{delimiter}{pack}{delimiter}"
            f"{price // 100}{point}{price % 100:02}{delimiter}{currency}{delimiter}"
            f"{stock}{delimiter}{incoming}{delimiter}{due}\n"
        )


def write(path, kind, rows, style, currency=CURRENCY):
    """Write one file.

    :param str kind: of `FORMATS`
    :param rows: iterable of `Item`
    """
    if kind == "csv":
        with open(path, "wb") as file:
            _write_csv(file, rows, style, currency)
    elif kind == "csv.gz":
        with open(path, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
            _write_csv(file, rows, style, currency)
    elif kind == "csv.zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("items.csv", "w", force_zip64=True) as file:
                _write_csv(file, rows, style, currency)
    elif kind in _STANDARDS:
        make, encoding = _STANDARDS[kind]
        with open(path, "w", encoding=encoding, errors="replace", newline="") as file:
            file.writelines(make(_standard_item(item, currency) for item in rows))
    else:
        {"json": _write_json, "xml": _write_xml, "xlsx": _write_xlsx}[kind](
            path, rows, style, currency
        )


def record(item, currency=CURRENCY):
    """An article as the JSON files and services tell it.

    :rtype: dict
    """
    told = item._asdict()
    told["price"] = item.price / 100
    told["currency"] = currency
    return told


def _standard_item(item, currency):
    """An article as `edi_samples` takes it."""
    told = {
        "vendor_part": item.code,
        "manufacturer": item.maker,
        "manufacturer_part": item.mpn,
        "gtin": item.gtin,
        "description": item.name,
        "unit": item.unit,
        "quantity": str(item.stock),
        "price": f"{item.price / 100:.2f}",
        "currency": currency,
    }
    if item.incoming:
        told["quantity_incoming"] = str(item.incoming)
        told["incoming_date"] = item.incoming_date
    return told


def _write_csv(file, rows, style, currency):
    def flush():
        file.write("".join(lines).encode(style.encoding, "replace"))
        lines.clear()

    lines = [style.delimiter.join(style.columns) + "\n"]
    for line in csv_lines(rows, style, currency):
        lines.append(line)
        if len(lines) == _BATCH:
            flush()
    flush()


def _quoted_lines(rows, style, currency):
    class Last:
        text = ""

        def write(self, text):  # pylint: disable=method-required-super
            self.text = text

    last = Last()
    writer = csv.writer(last, delimiter=style.delimiter, lineterminator="\n")
    for item in map(Item._make, rows):
        writer.writerow(_cells(item, style, currency))
        yield last.text


def _cells(item, style, currency):
    told = item._asdict()
    told["price"] = f"{item.price // 100}{style.decimal}{item.price % 100:02}"
    told["currency"] = currency
    if style.most and item.stock > style.most:
        told["stock"] = f"{style.most}+"
    return [told.get(column, "") for column in style.columns]


def _write_json(path, rows, _style, currency):
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"items": [')
        for number, item in enumerate(rows):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(record(item, currency), ensure_ascii=False))
        file.write("\n]}\n")


def _write_xml(path, rows, _style, currency):
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<catalogue>\n')
        for item in rows:
            fields = "".join(
                f"<{name}>{escape(str(value))}</{name}>"
                for name, value in record(item, currency).items()
            )
            file.write(f"<item>{fields}</item>\n")
        file.write("</catalogue>\n")


def _write_xlsx(path, rows, style, currency):
    import xlsxwriter  # only who wants XLSX needs it

    options = {"constant_memory": True, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("stock")
        sheet.write_row(0, 0, style.columns)
        for number, item in enumerate(rows, 1):
            told = record(item, currency)
            sheet.write_row(number, 0, [told.get(name, "") for name in style.columns])
