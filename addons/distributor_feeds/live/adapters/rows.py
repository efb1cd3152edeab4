"""What JSON and XML have in common: templates out, rows in."""

import base64
import re
from abc import abstractmethod
from datetime import datetime, timezone
from urllib.parse import urlencode

from .. import values
from ..vocabulary import Stock, Trouble
from .base import Adapter, Request

_PLACE = re.compile(r"\{(codes|code|mpn|gtin|quantity|secret)\}")
MOST_BATCH = 500
MOST_WAREHOUSES = 50


class RowsAdapter(Adapter):
    """Asks with templates and reads rows by paths.

    Options, all but ``fields`` may be left out:

    ``batch``: items per request (1). ``parallel``: requests at once (8).
    ``query``: ``{parameter: template}`` added to the address.
    ``headers``: ``{name: template}``. ``auth``: ``bearer``, ``basic`` (the secret is
    ``user:password``) or the name of the header that carries the secret.
    ``body``: template of what is sent; ``line``: template of one item, whose copies
    take the place of ``{lines}`` in the body.
    ``rows``: path to the rows in the answer (the whole answer).
    ``fields``: ``{name of a field of Stock, or "code": path from the row}``. Without
    ``code`` each request asks about one item and all rows are about it.
    ``match``: what of an item ``code`` is compared with: ``code``, ``mpn``, ``gtin``.
    ``words``: what words mean as quantities, small letters: ``{"yes": "1+"}``.
    ``date_format``: for ``strptime``.

    Templates hold ``{code} {mpn} {gtin} {quantity} {secret}``, and ``{codes}``: those
    of all items, joined by the option ``separator`` (a comma).

    Paths are names with points between them. ``^`` goes up to what holds the row, so
    ``rows`` can be the warehouses of an article and ``code`` be ``^.sku``.
    """

    def build(self, items):
        options = self.service.options
        batch = max(1, min(int(options.get("batch", 1)), MOST_BATCH))
        if "code" not in options["fields"]:
            batch = 1
        return [
            self._request(tuple(items[start : start + batch]))
            for start in range(0, len(items), batch)
        ]

    def _request(self, items):
        options, url = self.service.options, self.service.url
        if query := options.get("query"):
            filled = {name: self.fill(text, items) for name, text in query.items()}
            url += ("&" if "?" in url else "?") + urlencode(filled)
        body = options.get("body")
        headers = {"Accept": self.accepts}
        if body is not None:
            headers["Content-Type"] = f"{self.sends}; charset=utf-8"
            body = self.body(body, items)
        for name, text in options.get("headers", {}).items():
            headers[name] = self.fill(text, items)
        return Request(url, items, self.service.method, headers | self._proof(), body)

    def _proof(self):
        auth, secret = self.service.options.get("auth"), self.service.secret
        if not auth:
            return {}
        if auth == "bearer":
            return {"Authorization": f"Bearer {secret}"}
        if auth == "basic":
            pair = base64.b64encode(secret.encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        return {auth: secret}

    def fill(self, text, items, escape=str):
        """Fill a template's places from the first item.

        :param escape: applied to each value
        """
        first = items[0]

        def value(found):
            name = found.group(1)
            if name == "codes":
                separator = self.service.options.get("separator", ",")
                return escape(separator.join(self.identity(item) for item in items))
            if name == "secret":
                return escape(self.service.secret)
            if name == "quantity":
                return plain(first.quantity)
            return escape(getattr(first, name))

        return _PLACE.sub(value, text)

    def identity(self, item):
        """What the service knows an item by."""
        match = self.service.options.get("match", "code")
        if match not in ("code", "mpn", "gtin"):
            raise Trouble("adapter")
        return getattr(item, match)

    def interpret(self, request, response):
        try:
            root = self.parse(response.body)
        except (ValueError, RecursionError):
            raise Trouble("content") from None
        at, spoiled, found = datetime.now(timezone.utc), False, {}
        known = {}
        for item in request.items:
            known.setdefault(_same(self.identity(item)), []).append(item.ref)
        by_code = "code" in self.service.options["fields"]
        for row in self.rows(root, self.service.options.get("rows", "")):
            if by_code:
                refs = known.get(_same(self._text(row, "code")), [])
            else:
                refs = [request.items[0].ref]
            if not refs:
                continue
            try:
                stock = self._stock(row, at)
            except ValueError:
                spoiled = True
                continue
            for ref in refs if stock else ():
                _add(found.setdefault(ref, {}), stock)
        if spoiled and not found:
            raise Trouble("content")
        return {ref: list(stocks.values()) for ref, stocks in found.items()}

    def _stock(self, row, at):
        """A row's values; None when it tells neither quantity nor price.

        :raise ValueError: one of them cannot be; half a row is not believed
        """
        options = self.service.options

        def number(name):
            return values.quantity(self._text(row, name))[0]

        pieces, more = values.quantity(
            self._text(row, "quantity"), options.get("words")
        )
        stock = Stock(
            quantity=pieces,
            quantity_more=more,
            price=values.price(self._text(row, "price")),
            currency=values.label(self._text(row, "currency")),
            incoming_qty=number("incoming_qty"),
            incoming_date=values.day(
                self._text(row, "incoming_date"), options.get("date_format")
            ),
            min_qty=number("min_qty"),
            pack_qty=number("pack_qty"),
            warehouse=values.label(self._text(row, "warehouse")),
            at=at,
        )
        return None if stock.quantity is None and stock.price is None else stock

    def _text(self, row, name):
        path = self.service.options["fields"].get(name)
        return None if path is None else self.text(row, path)

    # === WHAT A FORMAT SAYS === #

    accepts = sends = ""

    @abstractmethod
    def body(self, template, items):
        """Fill the body's template: bytes."""

    @abstractmethod
    def parse(self, data):
        """Read bytes; ``ValueError`` when they cannot be, or are nested too deep."""

    @abstractmethod
    def rows(self, root, path):
        """The rows at a path.

        :raise Trouble: ``content`` when the answer has no place for rows: it says
            something else than that there are none
        """

    @abstractmethod
    def text(self, row, path):
        """The text at a path from a row, None when there is none."""


def _same(text):
    """Codes are compared without regard to case and blanks around them."""
    return (text or "").strip().upper()


def _add(warehouses, stock):
    """Keep one row per warehouse: of two that contradict each other, the lower one."""
    other = warehouses.get(stock.warehouse)
    if other is None:
        if len(warehouses) < MOST_WAREHOUSES:
            warehouses[stock.warehouse] = stock
    elif (stock.quantity or 0) < (other.quantity or 0):
        warehouses[stock.warehouse] = stock


def plain(quantity):
    """A quantity without exponent and needless zeros."""
    return f"{quantity:.6f}".rstrip("0").rstrip(".")
