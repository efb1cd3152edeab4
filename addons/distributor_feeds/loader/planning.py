"""What the planner may do: of a new feed or a temporary table it knows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def planned(cr, **ways: bool) -> Iterator[None]:
    """Allow or forbid the planner ways of joining and reading, as long as the block.

    :param ways: ``nestloop``, ``hashjoin``, ``mergejoin``, ``seqscan``
    """
    before = {}
    for way in ways:
        cr.execute("SELECT current_setting(%s)", (f"enable_{way}",))
        before[way] = cr.fetchone()[0]
    _joins(cr, **ways)
    yield
    _joins(cr, **before)


def by_place(cr) -> None:
    """Join by place, never by reading the whole table: cost follows the changes
    alone.
    """
    _joins(cr, nestloop=True, hashjoin=False, mergejoin=False)


def by_hash(cr) -> None:
    """Never loop: of a new feed the statistics know nothing, and a loop would take
    hours.
    """
    _joins(cr, nestloop=False, hashjoin=True, mergejoin=True)


def _joins(cr, **ways: bool | str) -> None:
    """Allow or forbid the planner ways of joining or reading, until the transaction
    ends or another word is said.
    """
    for way, allowed in ways.items():
        cr.execute("SELECT set_config(%s, %s, true)", (f"enable_{way}", str(allowed)))
