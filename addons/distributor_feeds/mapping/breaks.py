"""Price breaks: from which quantity which price."""

import json
import re
from decimal import Decimal

from .numbers import scaled
from .refused import Refused

_PAIRS = re.compile(r"[|;]")
_SIDES = re.compile(r"[:=]")


def _refused(rule, text, why):
    return Refused("not_breaks", rule.target, text, f"{rule.label}: {why}.")


def breaks_converter(rule, quantity, price):
    """A function of a text that is not empty, to pairs of a quantity and a price.

    The text is as in ``10:4.50|100:4.10``; ``;`` and ``=`` do as well.

    :param quantity: function of a text, to a number
    :param price: function of a text, to a number
    :rtype: function that returns ``list[tuple[str, str]]``
    """

    def convert(text):
        pairs = []
        for pair in filter(str.strip, _PAIRS.split(text)):
            sides = [side.strip() for side in _SIDES.split(pair)]
            if len(sides) != 2 or not all(sides):
                raise _refused(
                    rule, text, f"{pair.strip()[:40]!r} is not a quantity and a price"
                )
            pairs.append((quantity(sides[0]), price(sides[1])))
        return pairs

    return convert


def breaks_json(rule, pairs, factor=None):
    """Pairs as JSON: ``[[10, 4.5], [100, 4.1]]``, the smallest quantity first.

    :param Decimal factor: what one of their units is in units of the product
    :return: None where there are none
    :raises Refused: ``not_breaks``, where a quantity is there twice
    """
    if factor:
        pairs = [
            (scaled(quantity, factor), scaled(price, 1 / factor))
            for quantity, price in pairs
        ]
    pairs = sorted(pairs, key=lambda pair: Decimal(pair[0]))
    if len({quantity for quantity, _price in pairs}) < len(pairs):
        raise _refused(rule, json.dumps(pairs), "a quantity is there twice")
    # The texts are canonical numbers, which are JSON as they are.
    return f"[{', '.join(f'[{q}, {p}]' for q, p in pairs)}]" if pairs else None
