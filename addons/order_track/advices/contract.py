"""What a dispatch advice says, whatever it was written in."""

from dataclasses import dataclass, field
from datetime import date

MOST_PARCELS = 500
MOST_ITEMS = 2000
_LONGEST = 100


class AdviceError(ValueError):
    """An advice cannot be read; the text says what is wrong in words for its sender."""


@dataclass(frozen=True)
class AdvisedItem:
    """So much of an item is in a parcel.

    :param str code: our SKU or bar code, or the line's product as the sender calls it
    :param float quantity: in the unit of the order line
    """

    code: str
    quantity: float


@dataclass(frozen=True)
class AdvisedParcel:
    """A parcel that was handed over.

    :param str number: tracking number or SSCC
    :param float weight: 0 if it is not said
    :param items: tuple of :class:`AdvisedItem`; empty if it is not said
    """

    number: str
    weight: float = 0.0
    items: tuple = ()


@dataclass(frozen=True)
class Advice:
    """One advice.

    :param str order: number of our order or transfer, as we gave it
    :param str ref: number of the advice, so that it is taken once
    :param parcels: tuple of :class:`AdvisedParcel`
    :param expected_on: day of arrival, or None
    """

    order: str
    ref: str = ""
    parcels: tuple = field(default=())
    expected_on: date | None = None

    def __post_init__(self):
        items = sum(len(parcel.items) for parcel in self.parcels)
        if not self.order or not self.parcels:
            raise AdviceError("It names no order, or no parcel.")
        if len(self.parcels) > MOST_PARCELS or items > MOST_ITEMS:
            raise AdviceError("It has too many parcels or items for one order.")


def text(value):
    """A short text from outside, on one line."""
    return " ".join(str(value if value is not None else "").split())[:_LONGEST]


def number(value):
    """A quantity or weight from outside.

    :raise AdviceError: if it is none, below 0 or absurd
    """
    try:
        read = float(value or 0)
    except (TypeError, ValueError) as error:
        raise AdviceError(f"{text(value)} is not a number.") from error
    if not 0 <= read < 1e9:
        raise AdviceError(f"{text(value)} is no quantity.")
    return read


def day(value):
    """A day from outside, as ISO 8601; None if there is none.

    :raise AdviceError: if it is no day of this century
    """
    if not value:
        return None
    try:
        read = date.fromisoformat(text(value)[:10])
    except ValueError as error:
        raise AdviceError(f"{text(value)} is not a day like 2026-11-30.") from error
    if not 2000 <= read.year < 2100:
        raise AdviceError(f"{text(value)} is a day of another century.")
    return read


def from_dict(values):
    """Read an advice as programs send it.

    :param dict values: ``order``, ``ref``, ``expected_on`` and ``parcels``, a list of
        dictionaries with ``number``, ``weight`` and ``items`` (``code``, ``quantity``)
    :rtype: Advice
    :raise AdviceError: with what is wrong
    """
    try:
        return Advice(
            order=text(values["order"]),
            ref=text(values.get("ref")),
            expected_on=day(values.get("expected_on")),
            parcels=tuple(
                AdvisedParcel(
                    text(parcel["number"]),
                    number(parcel.get("weight")),
                    tuple(
                        AdvisedItem(text(item["code"]), number(item["quantity"]))
                        for item in parcel.get("items") or ()
                    ),
                )
                for parcel in values["parcels"]
            ),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise AdviceError(
            f"It is not written as described, see {text(error)}."
        ) from error
