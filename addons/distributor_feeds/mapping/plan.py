"""Which function makes which field from which cell; made once per file."""

from collections import Counter
from decimal import Decimal

from . import columns as fast
from .memory import memory, remembered
from .numbers import number_converter
from .quantities import quantity_converter
from .refused import Refused
from .rules import MappingError
from .several import SeveralCells
from .targets import BREAKS, TARGETS
from .values import (
    MAX_CODE,
    MAX_TEXT,
    boolean_converter,
    code_converter,
    date_converter,
    gtin_converter,
    text_converter,
)
from .words import words

_SYMBOLS = {"€": "EUR", "£": "GBP"}
_CALL = words(
    "call | call for price | on request | price on request | poa | tbd | tba | n/a "
    "| auf anfrage | anfrage | preis auf anfrage | sur demande | nous consulter | "
    "consultar"
)
_FIELDS = {"quantity": ("quantity", "quantity_more"), "currency": ("currency_id",)}
#: The fields that are never null in an offer, and what stands for nothing.
_NOTHING = {"warehouse": "", "end_of_life": "f", "call_for_price": "f"}


class Plan:
    """See :class:`~.convert.Mapping` for the parameters.

    ``steps``: ``(function of a cell, index of the cell)`` per field; ``columns``: for
    each
    of them a function of :mod:`~.columns`; ``several``: see
    :class:`~.several.SeveralCells`.
    """

    def __init__(self, rules, columns, currencies, currency_default, units, strict):
        self.notes = Counter()
        self.missing = []
        self._currencies = {code.upper(): str(one) for code, one in currencies.items()}
        self._default = currency_default.upper()
        self._units = {
            unit.strip().casefold(): Decimal(str(factor))
            for unit, factor in units.items()
        }
        self._rules, self._at = {}, {}
        self._bind(rules, list(columns), strict)
        self._steps, self._columns = {}, {}
        self._add_fields()
        self.fields = tuple(self._order())
        self.steps = [self._steps[field] for field in self.fields]
        self.columns = [self._columns[field] for field in self.fields]
        place = {field: at for at, field in enumerate(self.fields)}
        self.several = SeveralCells(
            self._rules, self._at, self._pairs, self._units, self._signs(), place
        )

    def _bind(self, rules, columns, strict):
        index = {name: at for at, name in enumerate(columns)}
        for rule in rules:
            name = rule.target
            if name in self._rules:
                raise MappingError("twice", name, f"{rule.label} is mapped twice.")
            if rule.column and rule.column not in index:
                if strict:
                    raise MappingError(
                        "column_missing",
                        name,
                        f"{rule.label} is read from the column {rule.column!r}, which "
                        "the file does not have.",
                    )
                self.missing.append(rule.column)
                continue
            self._rules[name] = rule
            self._at[name] = index.get(rule.column, -1)
        if "code" not in self._rules:
            raise MappingError(
                "no_code", "code", "Map a column to their code: offers are found by it."
            )
        self._pairs = []
        for number in BREAKS:
            names = f"break_qty_{number}", f"break_price_{number}"
            found = [name for name in names if name in self._rules]
            if len(found) == 1 and strict:
                raise MappingError(
                    "break", found[0], f"Price break {number}: map quantity and price."
                )
            if len(found) == 2:
                self._pairs.append(names)
        if self._pairs and "price_breaks" in self._rules:
            raise MappingError(
                "break",
                "price_breaks",
                "Map price breaks in one column or in numbered ones, not both.",
            )

    # ------------------------------------------------------------------ single cells

    def _add_fields(self):
        for name, rule in self._rules.items():
            kind = TARGETS[name].kind
            if kind in ("unit", "breaks") or name.startswith("break_"):
                continue
            self._step(_FIELDS.get(name, (name,))[0], rule, self._function(rule))
        if rule := self._rules.get("quantity"):
            amounts = remembered(quantity_converter(rule))
            self._step("quantity", rule, lambda text: amounts(text)[0])
            self._step(
                "quantity_more",
                rule,
                lambda text: "t" if amounts(text)[1] else "f",
                "f",
            )
        if "price" in self._rules and "currency" not in self._rules:
            self._default_currency()
        if "price_breaks" in self._rules or self._pairs:
            self._constant("price_breaks", None)
        if "price" in self._rules and "call_for_price" not in self._steps:
            self._constant("call_for_price", "f")

    def _constant(self, field, value):
        self._steps[field] = (lambda _cell: value), 0
        self._columns[field] = fast.constant(value)

    def _default_currency(self):
        if self._default not in self._currencies:
            raise MappingError(
                "rule",
                "currency",
                f"The currency {self._default or 'of the feed'!r} is not known or not "
                "active. Choose one, or map a column to the currency.",
            )
        self._constant("currency_id", self._currencies[self._default])

    def _function(self, rule):
        """The function of a cell that is not empty."""
        kind = TARGETS[rule.target].kind
        if rule.target == "price":
            return self._price(rule)
        if kind == "gtin":
            return gtin_converter(self.notes)
        if kind == "currency":
            return self._currency(rule)
        if kind == "quantity":
            amount = quantity_converter(rule)
            return lambda text: amount(text)[0]
        makers = {
            "text": text_converter,
            "code": code_converter,
            "number": number_converter,
            "date": date_converter,
            "boolean": boolean_converter,
        }
        return makers[kind](rule)

    def _price(self, rule):
        number = number_converter(rule, self._signs())
        return lambda text: None if text.casefold() in _CALL else number(text)

    def _signs(self):
        """What may stand beside a price: the currency that it has anyway."""
        if "currency" in self._rules or not self._default:
            return ()
        symbols = (one for one, code in _SYMBOLS.items() if code == self._default)
        return (self._default, *symbols)

    def _currency(self, rule):
        def convert(text):
            code = _SYMBOLS.get(text, text.upper())
            if code not in self._currencies:
                raise Refused(
                    "unknown_currency",
                    rule.target,
                    text,
                    f"The currency {text[:40]!r} is not known or not active.",
                )
            return self._currencies[code]

        return convert

    def _step(self, field, rule, function, nothing=None):
        """Put blanks, defaults and constants around a function of a text."""
        nothing = _NOTHING.get(field, nothing)
        default = rule.default.strip()
        code = "code_missing" if rule.target == "code" else "missing"
        required = rule.required or rule.target == "code"
        kind = TARGETS[rule.target].kind
        # Most texts need nothing done: that is seen here, which spares a call.
        usual = {"code": MAX_CODE, "text": MAX_TEXT}.get(kind, 0)

        def convert(cell):
            text = cell.strip() or default
            if text:
                return (
                    text if len(text) < usual and text.isprintable() else function(text)
                )
            if required:
                raise Refused(code, rule.target, cell, f"{rule.label} is empty.")
            return nothing

        at = self._at[rule.target]
        if at < 0:
            try:
                value = convert(rule.constant)
            except Refused as refused:
                message = refused.problem.message
                raise MappingError("rule", rule.target, message) from refused
            self._constant(field, value)
        elif kind in ("code", "text", "gtin"):
            self._steps[field] = convert, at
            self._columns[field] = (
                fast.gtins(convert, required)
                if kind == "gtin"
                else fast.texts(usual, convert)
            )
        else:
            values = memory(convert)
            self._steps[field] = values.__getitem__, at
            self._columns[field] = fast.repeated(values)
            if kind == "number" and rule.factor == rule.price_per:
                self._columns[field] = fast.plain_numbers(rule.decimal, values)

    def _order(self):
        for name in TARGETS:
            for field in _FIELDS.get(name, (name,)):
                if field in self._steps:
                    yield field
