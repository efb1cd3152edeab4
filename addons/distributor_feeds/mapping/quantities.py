"""Quantities: numbers, "50+", and words."""

import re

from .numbers import number_converter
from .refused import Refused
from .words import words

#: At least one is there, nobody says how many.
_SOME = words(
    "yes | y | true | available | in stock | instock | low stock | limited | few | "
    "ja | auf lager | lagernd | verfügbar | wenige | oui | en stock | disponible | "
    "disponibles | sí | si | en existencia"
)
_NONE = words(
    "no | n | false | none | out of stock | outofstock | sold out | unavailable | "
    "not available | nein | nicht auf lager | nicht lagernd | nicht verfügbar | "
    "ausverkauft | non | rupture | rupture de stock | en rupture | épuisé | "
    "indisponible | agotado | sin stock | no disponible"
)
_MORE = re.compile(
    r"(?:>=?|≥|more than|over|at least|mehr als|über|mindestens|plus de|au moins"
    r"|más de|mas de|al menos)\s*(.+)|(.+?)\s*(?:\+|and more|or more|et plus|o más)",
    re.IGNORECASE,
)


def quantity_converter(rule):
    """A function of a text that is not empty, to ``(number, whether there is more)``.

    ``50+``, ``>50`` and ``more than 50`` are 50 and more; ``in stock`` is 1 and
    more; ``out of stock`` is 0.

    :raises Refused: by the function: ``not_a_quantity``, ``negative``, ``out_of_range``
    """
    parse = number_converter(rule)

    def convert(text):
        try:
            return parse(text), False
        except Refused as refused:
            if refused.problem.code != "not_a_number":
                raise
            word = " ".join(text.casefold().split())
            if word in _SOME:
                return "1", True
            if word in _NONE:
                return "0", False
            if found := _MORE.fullmatch(word):
                return parse(found[1] or found[2]), True
            refused.problem.code = "not_a_quantity"
            raise

    return convert
