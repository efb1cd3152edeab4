"""What can go wrong with a file or a service, on demand."""

import os
import zipfile
import zlib
from dataclasses import replace

from .goods import CURRENCY

#: Moods of the files, with what they do.
FILE_MOODS = {
    "good": "the file as it should be",
    "late": "the file is not there",
    "prices_x10": "every price ten times as high",
    "prices_zero": "every price 0",
    "currency": "the same prices in another currency",
    "columns": "price and stock have changed places, one column has another name",
    "encoding": "UTF-16 instead of the usual encoding",
    "truncated": "the file ends in the middle of a row",
    "empty": "not a byte",
    "shrunk": "only a tenth of the rows",
    "older": "the file of ten revisions ago, with its date",
    "nuls": "NUL bytes between the rows",
    "endless_line": "one line of 200 MB",
    "entity_bomb": "XML entities that unfold to gigabytes (in every format)",
    "zip_bomb": "a small zip that unfolds to 2 GB (in every format)",
}

#: Moods of the service.
API_MOODS = {
    "good": "answers at once",
    "slow": "answers after some seconds",
    "dead": "closes the connection without an answer",
    "errors": "status 500",
    "garbage": "status 200, and bytes that mean nothing",
}

_BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE catalogue [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + "]>\n<catalogue><item><code>&a10;</code></item></catalogue>\n"
)
_MEGABYTE = 1024**2


def spoil_rows(rows, mood, count):
    """The articles of a file in a mood.

    :param rows: iterable of `Item`
    :param int count: of them
    :return: iterator of `Item`
    """
    most = max(1, count // 10) if mood == "shrunk" else count
    for number, item in enumerate(rows):
        if number >= most:
            return
        if mood == "prices_x10":
            item = item._replace(price=item.price * 10)
        elif mood == "prices_zero":
            item = item._replace(price=0)
        yield item


def spoil_style(style, mood):
    """How a file in a mood is written."""
    if mood == "encoding":
        return replace(style, encoding="utf-16")
    if mood == "columns":
        new = {"price": "stock", "stock": "price", "gtin": "ean_code"}
        return replace(
            style, columns=tuple(new.get(name, name) for name in style.columns)
        )
    return style


def currency(mood):
    return "USD" if mood == "currency" else CURRENCY


def spoil_file(path, mood):
    """Spoil a file that was written well, or put another one in its place."""
    if mood == "late":
        os.unlink(path)
    elif mood == "empty":
        os.truncate(path, 0)
    elif mood == "truncated":
        os.truncate(path, os.path.getsize(path) * 2 // 3)
    elif mood == "nuls":
        with open(path, "rb") as file:
            data = file.read()
        with open(path, "wb") as file:
            file.write(data.replace(b"\n", b"\n\0\0\0"))
    elif mood == "endless_line":
        with open(path, "wb") as file:
            for _number in range(200):
                file.write(b"x;" * (_MEGABYTE // 2))
    elif mood == "entity_bomb":
        with open(path, "w", encoding="utf-8") as file:
            file.write(_BOMB)
    elif mood == "zip_bomb":
        _write_zip_bomb(path)


def _write_zip_bomb(path):
    zeros = bytes(16 * _MEGABYTE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("items.csv", "w", force_zip64=True) as file:
            for _number in range(128):
                file.write(zeros)


def garbage(seed):
    """Bytes of a service that has lost its mind; the same ones each time.

    :rtype: bytes
    """
    return zlib.compress(str(seed).encode() * 50) * 20
