"""The plain ways to bring a file into a table, on one cursor, and what must be equal."""

import gzip
import time

from ._feed_data import COLUMNS

#: Columns of the offers that the files write.
WRITTEN = tuple(COLUMNS)
_NUMBERS = ("quantity", "price")


def make_table(env):
    """Create the peer's table: the columns, defaults and indexes of the offers."""
    env.cr.execute(
        """
        DROP TABLE IF EXISTS bench_offer;
        CREATE TABLE bench_offer (LIKE distributor_offer INCLUDING ALL)
        """
    )
    env.cr.commit()


def copy(env, path):
    """COPY the unpacked file into a table of texts; returns seconds."""
    start = time.perf_counter()
    columns = ", ".join(f"{name} text" for name in WRITTEN)
    env.cr.execute(
        f"DROP TABLE IF EXISTS bench_lines; CREATE TEMP TABLE bench_lines ({columns})"
    )
    with gzip.open(path) as file:
        env.cr.copy_expert(
            "COPY bench_lines FROM STDIN WITH (FORMAT csv, HEADER, DELIMITER ';')",
            file,
            1 << 20,
        )
    return time.perf_counter() - start


def _values():
    return ", ".join(
        f"nullif({name}, '')::float8" if name in _NUMBERS else name for name in WRITTEN
    )


def _insert(account):
    return f"""
        INSERT INTO bench_offer (account_id, distributor_id, warehouse, {", ".join(WRITTEN)})
        SELECT {account.id}, {account.distributor_id.id}, '', {_values()} FROM bench_lines
    """


def insert(env, account, path):
    """Copy, convert and insert into the indexed table; returns seconds."""
    start = time.perf_counter()
    copy(env, path)
    env.cr.execute(_insert(account))
    env.cr.commit()
    return time.perf_counter() - start


def upsert(env, account, path):
    """Copy, convert and insert, or update what differs; no stock where a row is gone."""
    start = time.perf_counter()
    copy(env, path)
    changed = WRITTEN[1:]
    env.cr.execute(
        "SET LOCAL work_mem = '96MB'; SET LOCAL jit = off; ANALYZE bench_lines"
    )
    env.cr.execute(
        f"""
        {_insert(account)}
            ON CONFLICT (account_id, code, warehouse) DO UPDATE
           SET {", ".join(f"{name} = EXCLUDED.{name}" for name in changed)}
         WHERE ({", ".join(f"bench_offer.{name}" for name in changed)})
               IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in changed)})
        """
    )
    env.cr.execute(
        """
        UPDATE bench_offer SET quantity = 0
         WHERE account_id = %s AND quantity <> 0
           AND NOT EXISTS (SELECT FROM bench_lines l WHERE l.code = bench_offer.code)
        """,
        (account.id,),
    )
    env.cr.commit()
    return time.perf_counter() - start


def bare_copy(env, path):
    """COPY alone, and forget it; returns seconds."""
    seconds = copy(env, path)
    env.cr.rollback()
    return seconds


def check_equal(env, account):
    """Compare the offers of an account in both tables, value by value.

    :raise AssertionError: if there is none, or they differ
    """
    found = []
    for table in ("distributor_offer", "bench_offer"):
        env.cr.execute(
            f"""
            SELECT count(*), sum(hashtextextended(ROW({", ".join(WRITTEN)})::text, 0)::numeric)
              FROM {table} WHERE account_id = %s
            """,
            (account.id,),
        )
        found.append(env.cr.fetchone())
    env.cr.rollback()
    if found[0] != found[1] or not found[0][0]:
        raise AssertionError(f"ours and the peer's offers differ: {found}")
