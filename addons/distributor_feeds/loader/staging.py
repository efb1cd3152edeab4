"""Lines of text in, differences out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

from odoo.tools import SQL

from .planning import planned
from .spec import Spec

# Neither can be in a line, so COPY takes each line as one value, whatever is in it.
COPY_LINES = (
    r"COPY feed_lines FROM STDIN WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02', "
    "ENCODING 'UTF8')"
)
# Small enough that the cells of a portion stay in the cache of a processor.
PORTION = 5_000
BATCH = 1 << 20


class _Batches:
    """Whole batches to psycopg2, whatever size it asks for.

    While PostgreSQL takes one, the next one is unpacked.
    """

    def __init__(self, batches: Iterable[bytes], reader: Executor, progress):
        self.batches = iter(batches)
        self.reader = reader
        self.coming = reader.submit(self._next)
        self.progress = progress
        self.done = 0

    def _next(self) -> bytes:
        return next(self.batches, b"")

    def read(self, _size=-1) -> bytes:
        batch = self.coming.result()
        self.coming = self.reader.submit(self._next)
        self.done += batch.count(b"\n")
        self.progress("staging", self.done)
        # A line of these two characters alone would end COPY and lose what follows.
        if b"\\.\n" in batch:
            batch = batch.replace(b"\n\\.\n", b"\n\\. \n")
            if batch.startswith(b"\\.\n"):
                batch = b"\\. " + batch[2:]
        return batch


def stage(cr, spec: Spec, batches: Iterable[bytes]) -> int:
    """Copy lines into the temporary table ``feed_lines``.

    :param batches: whole lines of UTF-8, each ended by a line feed, without control
    characters
    :return: number of lines
    """
    cr.execute("CREATE TEMP TABLE feed_lines (line text) ON COMMIT DROP")
    with ThreadPoolExecutor(1) as reader:
        cr.copy_expert(COPY_LINES, _Batches(batches, reader, spec.progress), BATCH)
    return cr.rowcount


def difference(cr, spec: Spec) -> bool:
    """Keep what is not the same as last time in the temporary table ``feed_diff``.

    Its rows are new or changed records (``hash`` and ``tid``, the place in
    ``feed_lines``) and offers whose record is gone (``offer_id`` and ``place``).

    :return: whether the feed has offers; if not, all lines are new and the table is
    empty
    """
    hash_column = SQL.identifier(f"{spec.slot}_hash")
    feed_column = SQL.identifier(f"{spec.slot}_feed_id")
    offers = SQL(
        """
        SELECT id, ctid AS place, %(hash)s AS hash
          FROM distributor_offer
         WHERE account_id = %(account)s
           AND %(feed)s = %(feed_id)s
           AND %(hash)s IS NOT NULL
        """,
        hash=hash_column,
        feed=feed_column,
        feed_id=spec.feed_id,
        account=spec.account_id,
    )
    cr.execute(SQL("SELECT EXISTS (%s)", offers))
    known = cr.fetchone()[0]
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE feed_diff ON COMMIT DROP AS
            SELECT staged.tid, staged.hash, offer.id AS offer_id, offer.place
              FROM (%(lines)s) staged
              FULL JOIN (%(offers)s) offer ON offer.hash = staged.hash
             WHERE (staged.hash IS NULL OR offer.id IS NULL) AND %(known)s
            """,
            lines=_hashed(spec, "ctid AS tid"),
            offers=offers,
            known=known,
        )
    )
    return known


def _hashed(spec: Spec, columns: str) -> SQL:
    """Return the hashes of ``feed_lines``, after some of its columns."""
    return SQL(
        """
        SELECT %s, hashtextextended(line, %s) AS hash
          FROM feed_lines
         WHERE line IS NOT NULL
        """,
        SQL(columns),
        spec.seed,
    )


def changed_lines(
    cr, spec: Spec, known: bool
) -> Iterator[tuple[tuple[str], tuple[str]]]:
    r"""Yield portions of new and changed records, in the order of the file.

    :param known: see :func:`difference`
    :return: their keys, ``tid`` and ``hash`` joined by a tab, and their lines
    """
    source = SQL("(%s) staged", _hashed(spec, "ctid AS tid, line"))
    if known:
        # In the order of the file, so that its pages are read one after the other.
        source = SQL(
            """
            (SELECT tid, hash FROM feed_diff WHERE tid IS NOT NULL ORDER BY tid) staged
              JOIN feed_lines ON feed_lines.ctid = staged.tid
            """
        )
    with planned(cr, nestloop=known, hashjoin=False, mergejoin=False):
        cr.execute(
            SQL(
                """
                DECLARE feed_changed NO SCROLL CURSOR FOR
                 SELECT tid || E'\t' || hash, line FROM %s
                """,
                source,
            )
        )
    fetch = SQL("FETCH %s FROM feed_changed", SQL(str(PORTION)))
    while True:
        cr.execute(fetch)
        portion = cr.fetchall()
        if not portion:
            break
        yield tuple(zip(*portion, strict=True))
    cr.execute("CLOSE feed_changed")


def number_rejects(cr) -> None:
    """Give rejected rows the number of their record in the file."""
    cr.execute("SELECT EXISTS (SELECT FROM feed_rejects)")
    if not cr.fetchone()[0]:
        return
    cr.execute(
        """
        UPDATE feed_rejects
           SET record = numbered.record, line = numbered.line
          FROM (
                SELECT ctid AS tid, line, row_number() OVER () AS record FROM feed_lines
               ) numbered
         WHERE numbered.tid = feed_rejects.tid
        """
    )
