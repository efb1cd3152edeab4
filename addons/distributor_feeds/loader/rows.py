"""Changed lines become typed rows: split and converted in Python, copied back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from odoo.tools import SQL

from .spec import KEY, VALUES, Spec

TYPES = KEY | VALUES
# The characters that mean something in COPY's text format.
SIGNS = "\\\t\n\r"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
REFUSED = ("tid", "hash", "code", "warehouse", "problem", "detail")


def create(cr, fields: Iterable[str]) -> None:
    """Create the temporary tables ``feed_rows`` and ``feed_rejects``.

    The first has the columns that the file writes. A file without a warehouse speaks
    of the
    one the distributor has, which has no name.
    """
    columns = [SQL("warehouse varchar NOT NULL DEFAULT ''")]
    columns += [
        SQL("%s %s", SQL.identifier(name), SQL(TYPES[name]))
        for name in fields
        if name != "warehouse"
    ]
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE feed_rows (tid tid, hash int8, %s) ON COMMIT DROP;
            CREATE TEMP TABLE feed_rejects (
                tid tid PRIMARY KEY, hash int8, record int4, line text,
                code varchar, warehouse varchar, problem varchar NOT NULL, detail jsonb
            ) ON COMMIT DROP
            """,
            SQL(", ").join(columns),
        )
    )


def fill(cr, spec: Spec, portions, split, mapping) -> int:
    """Convert lines and copy them into ``feed_rows``, or ``feed_rejects``.

    :param portions: portions of keys and lines, see ``staging.changed_lines``
    :param split: ``Records.split`` of the file
    :param mapping: ``mapping.Mapping`` of the feed
    :return: number of rows
    """
    fields = tuple(mapping.fields)
    done = 0
    # While PostgreSQL reads one portion, the next one is converted.
    with ThreadPoolExecutor(1) as converter:
        waiting = None
        for keys, lines in portions:
            coming = converter.submit(_convert, keys, lines, split, mapping)
            if waiting:
                _copy(cr, fields, waiting.result())
            waiting = coming
            done += len(lines)
            spec.progress("reading", done)
        if waiting:
            _copy(cr, fields, waiting.result())
    return done


def _convert(keys, lines, split, mapping) -> tuple[str, str]:
    """Return the rows of ``feed_rows`` and ``feed_rejects`` of a portion, as COPY
    reads them.
    """
    columns, refused = mapping.columns(list(split(lines)))
    rejects = [_refused(keys[at], problem) for at, problem in refused.items()]
    if refused:
        keys = [key for at, key in enumerate(keys) if at not in refused]
    rows = map("\t".join, zip(keys, *map(_texts, columns), strict=True))
    return "\n".join(rows), "\n".join(rejects)


def _copy(cr, fields: Sequence[str], converted: tuple[str, str]) -> None:
    targets = (("feed_rows", ("tid", "hash", *fields)), ("feed_rejects", REFUSED))
    for (table, columns), text in zip(targets, converted, strict=True):
        if text:
            command = SQL(
                "COPY %s (%s) FROM STDIN",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
            )
            cr.copy_expert(command.code, io.StringIO(f"{text}\n"), 1 << 20)


def _texts(values: list[str | None]) -> list[str]:
    """Return values as COPY reads them."""
    if None in values:
        return [r"\N" if value is None else _text(value) for value in values]
    joined = "".join(values)
    if any(sign in joined for sign in SIGNS):
        return list(map(_text, values))
    return values


def _text(value: str) -> str:
    return value.translate(ESCAPES)


def _refused(key: str, problem) -> str:
    detail = {
        "target": problem.target,
        "value": problem.value,
        "message": problem.message,
    }
    values = [
        problem.offer_code,
        problem.warehouse or "",
        problem.code,
        json.dumps(detail),
    ]
    return "\t".join([key, *_texts(values)])
