"""Articles that do not exist: item n of a seed is always the same one."""

import functools
import random
from datetime import date, timedelta
from typing import NamedTuple

CURRENCY = "EUR"

_MASK = 2**64 - 1
_MAKERS = (
    "Nordlux",
    "Kabelwerk",
    "Tessera",
    "Ortega",
    "Halden",
    "Brightway",
    "Mistral",
)
_KINDS = (
    "USB-C Cable", "HDMI Adapter", "Docking Station", "Laptop Stand", "Wireless Mouse",
    "Keyboard", "Webcam", "Headset", "Monitor Arm", "Power Bank", "Network Switch",
    "Label Printer", "Cable Tray", "Desk Lamp", "Counter Display", "Poster Frame",
    "Cotton Canvas", "Linen Curtain Fabric", "Acoustic Felt", "Upholstery Velvet",
    "Table Runner", "Banner Fabric",
)  # fmt: skip
_VARIANTS = (
    "black", "white", "grey", "navy", "moss green", "terracotta", "1 m", "2 m", "5 m",
    "140 cm", "compact", "large", "fire retardant", "with clamp", "for hot desks",
    "set of 4", "refill", "Größe L", "crème",
)  # fmt: skip
_UNITS = ("PCE", "PCE", "PCE", "PCE", "PCE", "SET", "MTR", "PK")
_PACKS = (1, 1, 1, 1, 5, 10, 12, 20)
_NAMES = [f"{kind} {variant}" for kind in _KINDS for variant in _VARIANTS]
_DATES = [str(date(2027, 1, 4) + timedelta(weeks=week)) for week in range(26)]


#: GS1 keeps this prefix for examples.
_PREFIX = "952"

#: Articles whose looks are drawn; later ones look like these, at another price.
_DRAWN = 1 << 14


def _digit_sums(weights):
    """What three digits add to the check sum of a GTIN, by their value."""
    return [
        sum(
            int(digit) * weight
            for digit, weight in zip(f"{n:03}", weights, strict=True)
        )
        for n in range(1000)
    ]


_LIGHT, _HEAVY = _digit_sums((1, 3, 1)), _digit_sums((3, 1, 3))
#: The end of a GTIN, by the check sum of what is before it: three digits and the check.
_ENDS = [
    [f"{n:03}{-(before + _HEAVY[n]) % 10}" for n in range(1000)] for before in range(10)
]


class Item(NamedTuple):
    """One article.  ``price`` is in cents per ``unit``."""

    code: str
    maker: str
    mpn: str
    gtin: str
    name: str
    unit: str
    pack: int
    price: int
    stock: int
    incoming: int
    incoming_date: str


def items(seed, count, revision=0, share=0.05, start=0):
    """Articles ``start`` to ``count`` of a seed.

    :param int seed: chooses the range of articles
    :param int revision: of the file; each changes ``share`` of the rows against the one
        before: stock or what is on its way, and for one change in three the price
    :param float share: 0 to 1
    :return: iterator of `Item`
    """
    return map(Item._make, rows(seed, count, revision, share, start))


def rows(seed, count, revision=0, share=0.05, start=0):
    """The same as `items`, as plain tuples: half the time for millions of rows."""
    drawn, shift, moved = _draw(seed), seed * 1_000_003, revision * share
    last = _DRAWN - 1
    first = start
    while first < count:
        head, tail = divmod((first + shift) % 1_000_000_000, 1000)
        above, below = divmod(head, 1000)
        ends = _ENDS[(_LIGHT[952] + _HEAVY[above] + _LIGHT[below]) % 10][tail:]
        gtin = f"{_PREFIX}{head:06}"
        for n, end in zip(range(first, count), ends, strict=False):
            maker, model, name, unit, pack, price, level, turn, due, phase = drawn[
                n & last
            ]
            # Each article is due for a change at a moment of its own.
            version = int(moved + phase)
            level = (level + n + 7 * version) % 1000
            price += n >> 14
            price += price * ((turn + version) // 3 % 5) // 100
            # Sold out below 81, and then some are on their way: each change shows.
            if level > 80:
                stock, incoming, date_due = level - 80, 0, ""
            else:
                stock, incoming, date_due = 0, 100 + level, due
            yield (
                f"RD{n:07}", maker, f"{model}{n}", gtin + end, name, unit, pack, price,
                stock, incoming, date_due,
            )  # fmt: skip
        first += len(ends)


@functools.lru_cache(maxsize=4)
def _draw(seed):
    draw = random.Random(seed)
    drawn = []
    for _number in range(_DRAWN):
        maker = draw.choice(_MAKERS)
        drawn.append(
            (
                maker,
                f"{maker[:2].upper()}-{draw.randrange(100, 999)}-",
                draw.choice(_NAMES),
                draw.choice(_UNITS),
                draw.choice(_PACKS),
                draw.randrange(90, 60_000),
                draw.randrange(1000),
                draw.randrange(15),
                draw.choice(_DATES),
                draw.random(),
            )
        )
    return drawn


def item(seed, code, revision=0, share=0.05):
    """The article of a code.

    :return: `Item`, or None if the code is not one of ours
    """
    number = code[2:]
    if not (code.startswith("RD") and number.isascii() and number.isdigit()):
        return None
    found = next(items(seed, int(number) + 1, revision, share, int(number)))
    return found if found.code == code else None
