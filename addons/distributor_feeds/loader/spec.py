"""What a load is told, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

# Columns of distributor_offer that files may write, with their type in PostgreSQL.
ITEM = {
    "name": "varchar",
    "manufacturer": "varchar",
    "mpn": "varchar",
    "gtin": "varchar",
    "category": "varchar",
    "weight": "float8",
    "end_of_life": "bool",
    "replaced_by": "varchar",
}
STOCK = {
    "quantity": "numeric",
    "quantity_more": "bool",
    "incoming_qty": "numeric",
    "incoming_date": "date",
}
PRICE = {
    "price": "numeric",
    "currency_id": "int4",
    "price_breaks": "jsonb",
    "min_qty": "numeric",
    "pack_qty": "numeric",
    "price_from": "date",
    "price_until": "date",
    "call_for_price": "bool",
    "unit": "varchar",
}
KEY = {"code": "varchar", "warehouse": "varchar"}
VALUES = ITEM | STOCK | PRICE
# What a kind of feed owns on the offer: its hash and its feed.
SLOT = {"stock": "stock", "both": "stock", "price": "price", "catalogue": "item"}


@dataclass(frozen=True)
class Spec:
    """One load.

    :param account_id: the company's account at the distributor
    :param distributor_id: the distributor (partner)
    :param company_id: company of the account, ``None`` for all companies
    :param feed_id: feed the records come from
    :param run_id: run that is loading; must exist
    :param kind: ``stock``, ``price``, ``both`` or ``catalogue``
    :param seed: 64-bit seed of the records' hashes; another one reads everything anew
    :param missing: what becomes of offers that a full file no longer names:
        ``keep``, ``zero`` or ``end``
    :param delta: the file names only what changed: nothing is missing
    :param now: instant of the run, UTC
    :param releasing: rows released by a person: no guard rail is asked
    :param progress: called with the step's name and the records done
    """

    account_id: int
    distributor_id: int
    company_id: int | None
    feed_id: int
    run_id: int
    kind: str
    seed: int
    missing: str
    delta: bool
    now: datetime
    releasing: bool = False
    progress: Callable[[str, int], None] = lambda step, done: None

    @property
    def slot(self) -> str:
        return SLOT[self.kind]


@dataclass
class Result:
    """Counts of one load, in records unless said otherwise.

    ``rejects`` counts the rows by reason; the rows are in ``distributor_feed_reject``.
    """

    rows: int = 0
    unchanged: int = 0
    created: int = 0
    updated: int = 0
    missing: int = 0
    rejected: int = 0
    rejects: dict[str, int] = field(default_factory=dict)
    matched: int = 0
