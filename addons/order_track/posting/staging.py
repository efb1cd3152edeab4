"""Rows of a file, converted and copied into a temporary table."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from odoo.tools import SQL

TABLES = (
    "post_rows, post_relations, post_accounts, post_records, post_rejects, post_heads"
)


def names(columns, prefix=""):
    """Column names, each after ``prefix.`` if there is one."""
    before = SQL("%s.", SQL.identifier(prefix)) if prefix else SQL("")
    return SQL(", ").join(SQL("%s%s", before, SQL.identifier(name)) for name in columns)


class _Lines:
    """What COPY reads: while PostgreSQL takes a batch, the next one is converted."""

    def __init__(self, batches, converter, worker):
        self.batches = iter(batches)
        self.converter = converter
        self.worker = worker
        self.coming = worker.submit(self._next)
        self.rest = b""

    def _next(self):
        rows = next(self.batches, None)
        return self.converter.lines(rows).encode() if rows else b""

    def read(self, size=-1):
        data = self.rest
        self.rest = b""
        if not data:
            data = self.coming.result()
            if data:
                self.coming = self.worker.submit(self._next)
        return data


def stage(cr, converter, batches, keep_empty=False):
    """Copy rows into the temporary table ``post_rows``; blank lines are left out.

    :param converter: ``convert.Converter``
    :param batches: iterable of lists of rows
    :return: number of rows
    :raise PostingError: whatever reading raises
    """
    cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL(TABLES)))
    cr.execute("SET LOCAL work_mem = '96MB'; SET LOCAL jit = off")
    columns = converter.columns
    cr.execute(
        SQL(
            "CREATE TEMP TABLE post_rows (%s) ON COMMIT DROP",
            SQL(", ").join(
                SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in columns
            ),
        )
    )
    command = SQL("COPY post_rows (%s) FROM STDIN", names([c[0] for c in columns]))
    with ThreadPoolExecutor(1) as worker:
        cr.copy_expert(command.code, _Lines(batches, converter, worker), 1 << 20)
    rows = cr.rowcount
    if not keep_empty:
        said = [name for name, _kind in columns if name not in ("row", "detail")]
        cr.execute(SQL("DELETE FROM post_rows WHERE num_nonnulls(%s) = 0", names(said)))
        rows -= cr.rowcount
    cr.execute("ANALYZE post_rows (row, external_ref)")
    return rows
