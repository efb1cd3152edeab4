"""Indexes of an empty table are built when it is filled: a third of the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.errors import DeadlockDetected, LockNotAvailable

from odoo.tools import SQL, mute_logger

TABLE = "distributor_offer"


@contextmanager
def built_after(cr) -> Iterator[None]:
    """Fill the table of offers without its indexes, if it is empty; build them then.

    Nobody can read it meanwhile; while there is no offer at all there is nothing to
    read. It is not done when somebody is at the table: this never waits for long.
    """
    dropped = _drop(cr) if _is_empty(cr) and _lock(cr) else []
    yield
    for name, definition, comment in dropped:
        cr.execute(SQL(definition))
        if comment:
            cr.execute(SQL("COMMENT ON INDEX %s IS %s", SQL.identifier(name), comment))


def _is_empty(cr) -> bool:
    cr.execute("SELECT NOT EXISTS (SELECT FROM distributor_offer)")
    return cr.fetchone()[0]


def _lock(cr) -> bool:
    """Have the table alone, or let it be."""
    try:
        with mute_logger("odoo.sql_db"), cr.savepoint(flush=False):
            cr.execute("SET LOCAL lock_timeout = '300ms'")
            cr.execute("LOCK TABLE distributor_offer IN ACCESS EXCLUSIVE MODE")
            cr.execute("SET LOCAL lock_timeout = DEFAULT")
    except (DeadlockDetected, LockNotAvailable):
        return False
    return True


def _drop(cr) -> list[tuple[str, str, str | None]]:
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
        (TABLE,),
    )
    dropped = cr.fetchall()
    for name, _definition, _comment in dropped:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    return dropped
