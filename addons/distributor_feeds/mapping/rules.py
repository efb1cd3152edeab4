"""How a column becomes a value."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from .targets import TARGETS

DECIMALS = ("auto", ".", ",")
#: '' is none; the blank stands for every kind of blank, also those that do not break.
THOUSANDS = ("", ".", ",", " ", "'")
DATE_FORMATS = ("", "iso", "d.m.y", "m/d/y", "y.m.d", "ymd", "dmy")


class MappingError(Exception):
    """Rules that cannot be followed for this file.

    :param str code: ``column_missing`` (the columns of the file have changed),
        ``unknown_target``, ``twice``, ``no_code``, ``rule``, ``break``
    :param str target: name of the rule's target, or ''
    :param str message: for a person
    """

    def __init__(self, code, target, message):
        super().__init__(message)
        self.code = code
        self.target = target
        self.message = message


@dataclass
class Problem:
    """A row that is not applied.

    ``code``: columns, code_missing, missing, not_a_number, not_a_quantity, negative,
    out_of_range, not_a_date, not_a_boolean, not_breaks, unknown_currency, unknown_unit,
    bad_character, too_long. ``offer_code`` and ``warehouse`` say whose row it is; None
    where that cannot be read.
    """

    code: str
    target: str
    value: str
    message: str
    offer_code: str | None = None
    warehouse: str | None = None

    def __post_init__(self):
        self.value = self.value[:200]


@dataclass(frozen=True)
class Rule:
    """One target and where its value comes from.

    :raises MappingError: codes ``unknown_target`` and ``rule``
    """

    target: str  # one of TARGETS
    column: str = ""  # '' : every row has `constant`
    constant: str = ""
    default: str = ""  # for a cell that is empty
    decimal: str = "auto"  # one of DECIMALS
    thousands: str = ""  # one of THOUSANDS; 'auto' finds it out itself
    date_format: str = ""  # one of DATE_FORMATS; '' takes ISO and d.m.y
    factor: Decimal = Decimal(1)  # the number is multiplied with it
    price_per: Decimal = Decimal(1)  # the price is for so many
    true_values: tuple[str, ...] = ()  # besides yes, true, 1 and the like
    required: bool = False  # a row without it is not applied
    negative: bool = False  # a number below zero is let through

    def __post_init__(self):
        if self.target not in TARGETS:
            raise MappingError(
                "unknown_target", self.target, f"{self.target!r} cannot be mapped."
            )
        for name, known in (
            ("decimal", DECIMALS),
            ("thousands", THOUSANDS),
            ("date_format", DATE_FORMATS),
        ):
            if getattr(self, name) not in known:
                raise self._wrong(
                    f"{name}: choose one of {', '.join(map(repr, known))}"
                )
        if self.decimal != "auto" and self.decimal == self.thousands:
            raise self._wrong("the decimal and the thousands sign must differ")
        for name in ("factor", "price_per"):
            value = getattr(self, name)
            if not isinstance(value, Decimal) or not value.is_finite() or value <= 0:
                raise self._wrong(f"{name} must be a number above zero")
            if not -12 <= value.adjusted() <= 12 or len(value.as_tuple().digits) > 20:
                raise self._wrong(f"{name} is too large or too small")

    def _wrong(self, what):
        return MappingError("rule", self.target, f"{self.label}: {what}.")

    @property
    def label(self):
        """What a person calls the target."""
        return TARGETS[self.target].label

    def to_dict(self):
        """What differs from the defaults, for JSON."""
        plain = Rule(self.target)
        result = {
            name: value
            for name, value in asdict(self).items()
            if value != getattr(plain, name) or name == "target"
        }
        for name in {"factor", "price_per"} & result.keys():
            result[name] = str(result[name])
        if "true_values" in result:
            result["true_values"] = list(self.true_values)
        return result

    @classmethod
    def from_dict(cls, values):
        """The reverse of :meth:`to_dict`.

        :raises MappingError: ``rule`` for a name or a number that is not known
        """
        values = {"target": "", **values}
        target = str(values["target"])
        if strange := sorted(set(values) - {one.name for one in fields(cls)}):
            raise MappingError("rule", target, f"Not known: {', '.join(strange)}.")
        try:
            for name in {"factor", "price_per"} & values.keys():
                values[name] = Decimal(str(values[name]))
        except ArithmeticError as error:
            raise MappingError("rule", target, "A factor must be a number.") from error
        values["true_values"] = tuple(map(str, values.get("true_values", ())))
        return cls(**values)
