"""The words between who asks, the adapters and the services."""

from dataclasses import dataclass, field
from datetime import date, datetime

#: What can go wrong, in words for people. They hold no address and no secret.
MESSAGES = {
    "address": "The service's address is not allowed, not known or not complete.",
    "adapter": "The service's settings cannot be used: look at its adapter and paths.",
    "busy": "Too many questions to the service wait for an answer.",
    "connection": "The service could not be reached.",
    "content": "The service's answer could not be read.",
    "login": "The service refused our key.",
    "open": "The service failed several times; it is asked again shortly.",
    "redirect": "The service sent us to another address. Enter the final one.",
    "server": "The service answered with an error.",
    "size": "The service's answer is too large.",
    "timeout": "The service did not answer in time.",
    "unknown": "The service does not know what was asked for.",
}


class Trouble(Exception):
    """A service could not be asked, or its answer not be used.

    :param str reason: a key of `MESSAGES`; nothing else is ever shown
    """

    def __init__(self, reason):
        super().__init__(MESSAGES[reason])
        self.reason = reason


@dataclass(frozen=True)
class Item:
    """What is asked about.

    :param str code: the distributor's own code
    :param str mpn: manufacturer's part number
    :param str gtin: GTIN
    :param float quantity: how many are wanted; prices may depend on it
    :param ref: given back as the key of the answer; hashable
    """

    code: str = ""
    mpn: str = ""
    gtin: str = ""
    quantity: float = 1.0
    ref: object = None


@dataclass(frozen=True)
class Service:
    """A distributor's service.

    :param int key: one per service; breakers and cache use it
    :param str name: for people
    :param str adapter: ``json``, ``xml`` or a name given to `register`
    :param str url: http or https, without user and password
    :param str method: ``GET`` or ``POST``
    :param dict options: the adapter's, see there; read, never changed
    :param str secret: token, ``user:password`` or key
    :param float timeout: seconds for the whole question; the deadline may be shorter
    :param int max_bytes: of one response
    """

    key: int
    name: str
    adapter: str
    url: str
    method: str = "GET"
    options: dict = field(default_factory=dict)
    secret: str = field(default="", repr=False)
    timeout: float = 1.5
    max_bytes: int = 1_000_000


@dataclass(frozen=True)
class Stock:
    """What a service says of an item, at one warehouse.

    :param float quantity: pieces; None: not told
    :param bool quantity_more: at least ``quantity`` ("50+")
    :param str price: decimal number with a point; None: not told
    :param str currency: as the service writes it
    :param datetime at: when we heard it, with time zone
    """

    quantity: float | None = None
    quantity_more: bool = False
    price: str | None = None
    currency: str = ""
    incoming_qty: float | None = None
    incoming_date: date | None = None
    min_qty: float | None = None
    pack_qty: float | None = None
    warehouse: str = ""
    at: datetime | None = None


@dataclass
class Answer:
    """What became of the questions to one service.

    :param int key: of the service
    :param str status: ``live`` (it answered), ``unknown`` (it answered, but knows none
        of the items), ``timeout``, ``error``, or ``open`` (not asked, it failed before)
    :param dict items: ``{ref: [Stock, …]}``, one per warehouse. Items that were told in
        time or lately are there whatever the status is
    :param str reason: key of `MESSAGES`, or empty; for translations
    :param str message: for people
    :param float seconds: until the answer was there
    """

    key: int
    status: str
    items: dict = field(default_factory=dict)
    reason: str = ""
    message: str = ""
    seconds: float = 0.0
