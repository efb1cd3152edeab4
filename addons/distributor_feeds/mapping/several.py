"""Fields that depend on more than one cell: breaks, units, a price that is missing."""

from dataclasses import replace
from decimal import Decimal

from .breaks import breaks_converter, breaks_json
from .memory import remembered
from .numbers import number_converter, scaled
from .refused import Refused

#: In units of the product: multiplied where the feed has another unit.
_PER_UNIT = ("quantity", "incoming_qty", "min_qty", "pack_qty")


class SeveralCells:
    """Functions of a row and the list of its values, in ``fixes``.

    ``call`` are the indexes of price and ``call_for_price``, where there is a price:
    one
    without a price is called for.

    :param rules: target -> Rule
    :param at: target -> index of its cell, below 0 for a constant
    :param pairs: names of the targets of each numbered break
    :param units: their unit in small letters -> Decimal
    :param signs: what may stand beside a price
    :param place: field -> index of its value
    """

    def __init__(self, rules, at, pairs, units, signs, place):
        self._rules, self._at, self._pairs = rules, at, pairs
        self._units, self._signs = units, signs
        self.fixes = []
        self.call = "price" in place and (place["price"], place["call_for_price"])
        self._add_breaks(place)
        self._add_unit(place)

    def _cell(self, name):
        """A function of a row: the text of a target, or its constant or default."""
        rule, at = self._rules[name], self._at[name]
        if at < 0:
            return lambda _row: rule.constant.strip()
        default = rule.default.strip()
        return lambda row: row[at].strip() or default

    def _add_breaks(self, place):
        if "price_breaks" not in place:
            return
        read, rule = self._numbered() if self._pairs else self._in_one()
        field, factor = place["price_breaks"], self._unit_factor()

        def fix(row, values):
            values[field] = breaks_json(rule, read(row), factor and factor(row))

        self.fixes.append(fix)

    def _in_one(self):
        rule = self._rules["price_breaks"]
        plain = replace(rule, factor=Decimal(1), price_per=Decimal(1))
        convert = breaks_converter(
            rule, number_converter(plain), number_converter(rule, self._signs)
        )
        cell = self._cell("price_breaks")
        return (lambda row: convert(text) if (text := cell(row)) else []), rule

    def _numbered(self):
        readers = []
        for names in self._pairs:
            quantity, price = (
                (self._cell(name), remembered(number_converter(self._rules[name])))
                for name in names
            )
            readers.append((*quantity, *price, self._rules[names[0]]))

        def read(row):
            pairs = []
            for cell, quantity, price_cell, price, rule in readers:
                texts = cell(row), price_cell(row)
                amount = quantity(texts[0]) if texts[0] else "0"
                if amount == "0":
                    continue  # columns that this row does not use
                if not texts[1]:
                    raise Refused(
                        "not_breaks",
                        rule.target,
                        texts[0],
                        f"{rule.label} has no price.",
                    )
                pairs.append((amount, price(texts[1])))
            return pairs

        return read, self._rules[self._pairs[0][0]]

    def _unit_factor(self):
        """A function of a row, to what one unit is; None where no unit is mapped."""
        if "unit" not in self._rules:
            return None
        cell = self._cell("unit")
        units = self._units

        def factor(row):
            text = cell(row)
            if not text:
                return Decimal(1)
            found = units.get(text.casefold())
            if not found:
                raise Refused(
                    "unknown_unit",
                    "unit",
                    text,
                    f"The unit {text[:40]!r} is not known: say in the feed how many "
                    "units of the product it is.",
                )
            return found

        return factor

    def _add_unit(self, place):
        factor = self._unit_factor()
        if not factor:
            return
        amounts = [place[name] for name in _PER_UNIT if name in place]
        price = place.get("price")

        def fix(row, values):
            units = factor(row)
            if units == 1:
                return
            for at in amounts:
                values[at] = scaled(values[at], units)
            if price is not None:
                values[price] = scaled(values[price], 1 / units)

        self.fixes.append(fix)
