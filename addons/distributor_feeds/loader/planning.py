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
    for way, allowed in ways.items():
        cr.execute("SELECT current_setting(%s)", (f"enable_{way}",))
        before[way] = cr.fetchone()[0]
        cr.execute("SELECT set_config(%s, %s, true)", (f"enable_{way}", str(allowed)))
    yield
    for way, setting in before.items():
        cr.execute("SELECT set_config(%s, %s, true)", (f"enable_{way}", setting))


def by_place(cr) -> None:
    """Join by place, never by reading the whole table: cost follows the changes
    alone.
    """
    cr.execute(
        """
        SET LOCAL enable_nestloop = on;
        SET LOCAL enable_hashjoin = off;
        SET LOCAL enable_mergejoin = off
        """
    )


def by_hash(cr) -> None:
    """Never loop: of a new feed the statistics know nothing, and a loop would take
    hours.
    """
    cr.execute(
        """
        SET LOCAL enable_nestloop = off;
        SET LOCAL enable_hashjoin = on;
        SET LOCAL enable_mergejoin = on
        """
    )
