"""What a load is told, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Spec:
    """One load.

    :param mapping: ``mapping.Mapping`` of the file
    :param distributor_id: whose data they are
    :param company_id: company of the posting, ``None`` for all
    :param post_id: the posting
    :param full: what the file does not name has ended
    :param now: instant, UTC
    :param today: day of those who post
    """

    mapping: object
    distributor_id: int
    company_id: int | None
    post_id: int
    full: bool
    now: datetime
    today: date

    @property
    def kind(self):
        return self.mapping.kind


@dataclass
class Result:
    """Counts of one load, in records unless said otherwise.

    :param rows: rows of the file that hold anything
    :param rejected_rows: rows that were not taken
    :param reasons: rows by reason
    """

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    rejected: int = 0
    rejected_rows: int = 0
    reasons: dict = field(default_factory=dict)
