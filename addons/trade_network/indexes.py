"""Indexes of an empty table are built when it is filled: a third of the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.errors import DeadlockDetected, LockNotAvailable

from odoo.tools import SQL, mute_logger


@contextmanager
def built_after(cr, table: str) -> Iterator[None]:
    """Fill a table without its indexes, if it is empty; build them then.

    Nobody can read it meanwhile; while there is no row at all there is nothing to
    read. It is not done when somebody is at the table: this never waits for long.

    :param table: its name
    """
    dropped = _drop(cr, table) if _is_empty(cr, table) and _lock(cr, table) else []
    yield
    for name, definition, comment in dropped:
        cr.execute(SQL(definition))
        if comment:
            cr.execute(SQL("COMMENT ON INDEX %s IS %s", SQL.identifier(name), comment))


def _is_empty(cr, table: str) -> bool:
    cr.execute(SQL("SELECT NOT EXISTS (SELECT FROM %s)", SQL.identifier(table)))
    return cr.fetchone()[0]


def _lock(cr, table: str) -> bool:
    """Have the table alone, or let it be."""
    try:
        with mute_logger("odoo.sql_db"), cr.savepoint(flush=False):
            cr.execute("SET LOCAL lock_timeout = '300ms'")
            cr.execute(
                SQL("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", SQL.identifier(table))
            )
            cr.execute("SET LOCAL lock_timeout = DEFAULT")
    except (DeadlockDetected, LockNotAvailable):
        return False
    return True


def _drop(cr, table: str) -> list[tuple[str, str, str | None]]:
    """Drop the indexes but the primary key's.

    :return: their names, definitions, and the comments by which Odoo knows them
    """
    cr.execute(
        """
        SELECT class.relname, pg_get_indexdef(index.indexrelid),
               obj_description(index.indexrelid, 'pg_class')
          FROM pg_index index
          JOIN pg_class class ON class.oid = index.indexrelid
         WHERE index.indrelid = %s::regclass
           AND NOT index.indisprimary
           AND NOT EXISTS (
                SELECT FROM pg_constraint WHERE conindid = index.indexrelid
           )
         ORDER BY index.indexrelid
        """,
        (table,),
    )
    dropped = cr.fetchall()
    for name, _definition, _comment in dropped:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    return dropped
