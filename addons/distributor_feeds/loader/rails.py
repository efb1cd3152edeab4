"""Guard rails about the file as a whole: what holds it until a person has looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from odoo.tools import SQL


class Held(Exception):
    """The file is not loaded; nothing has been written.

    :param list reasons: pairs of a code (``shrunk``, ``bad_rows``, ``price_jumps``,
        ``currency``, ``stock_gone``) and the figures a person needs to decide
    """

    def __init__(self, reasons: list[tuple[str, dict]]):
        super().__init__(", ".join(code for code, _figures in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Rails:
    """Limits of a feed, in per cent; 0 switches a rail off.

    :param max_shrink: by how much fewer records a full file may hold than the one
    before
    :param max_price_change: by how much a price may move before its row is rejected
    :param max_rejected: share of rejected rows, of the records in the file
    :param max_stock_gone: share of offers whose stock falls to nothing at once
    :param previous_rows: records of the last full file that was loaded
    :param accepted: codes a person has looked at and released
    """

    max_shrink: float = 30
    max_price_change: float = 50
    max_rejected: float = 10
    max_stock_gone: float = 50
    previous_rows: int = 0
    accepted: frozenset[str] = frozenset()


# A handful of rows proves nothing by its share.
FEW = 20


def check_rows(rails: Rails, rows: int, delta: bool) -> None:
    """Hold a full file that is much shorter than the one before.

    :raise Held: with the numbers of records
    """
    lost = rails.previous_rows - rows
    if (
        not delta
        and rails.max_shrink
        and "shrunk" not in rails.accepted
        and lost * 100 > rails.max_shrink * rails.previous_rows
    ):
        raise Held([("shrunk", {"before": rails.previous_rows, "now": rows})])


def check_changes(cr, rails: Rails, rows: int, fields: Sequence[str]) -> None:
    """Hold a file in which too much looks wrong.

    :raise Held: with every reason and its figures
    """
    reasons = []
    cr.execute("SELECT problem, count(*) FROM feed_rejects GROUP BY problem")
    counts = dict(cr.fetchall())

    def exceeds(code, count, limit):
        if limit and count > FEW and count * 100 > limit * rows:
            reasons.append((code, {"count": count, "rows": rows}))

    prices = counts.pop("price_jump", 0) + counts.pop("price_zero", 0)
    exceeds("price_jumps", prices, rails.max_rejected)
    exceeds("currency", counts.pop("currency", 0), rails.max_rejected)
    exceeds("bad_rows", sum(counts.values()), rails.max_rejected)
    if "quantity" in fields and rails.max_stock_gone:
        cr.execute(
            SQL(
                """
                SELECT count(*) FROM feed_changes
                 WHERE old_quantity > 0 AND COALESCE(quantity, 0) = 0
                """
            )
        )
        exceeds("stock_gone", cr.fetchone()[0], rails.max_stock_gone)
    reasons = [reason for reason in reasons if reason[0] not in rails.accepted]
    if reasons:
        raise Held(reasons)
