"""What one kind of number of one carrier looks like."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

# Shorter is a house number, longer is no bar code of a parcel.
SHORTEST, LONGEST = 6, 40


@dataclass(frozen=True)
class Rule:
    """One kind of number.

    :param str carrier: code of the carrier
    :param str form: regular expression for the whole normalised number. A group named
        ``number`` is the part people and web pages know, when a bar code holds more
    :param lengths: how many characters, one number or several
    :param check: ``(str) -> bool``, gets the ``number`` part, or the group ``checked``
        where there is one; None: no check digit known
    :param bool required: a wrong check digit rules the carrier out. Otherwise the
        carrier issues numbers without one too, and the form alone is enough
    """

    carrier: str
    form: str
    lengths: object
    check: Callable[[str], bool] | None = None
    required: bool = True
    match: Callable = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        # The form is compiled once here; texts are bounded before they come to it.
        object.__setattr__(self, "match", re.compile(self.form, re.ASCII).fullmatch)

    def read(self, text):
        """Read a normalised text of one of the ``lengths``.

        :return: ``(number, verified)``, or None when it is not this carrier's
        """
        found = self.match(text)
        if not found:
            return None
        parts = found.groupdict()
        number = parts.get("number", text)
        if self.check is None:
            return number, False
        verified = self.check(parts.get("checked", number))
        return (number, verified) if verified or not self.required else None


def by_length(rules):
    """:return: dict length -> rules for that length, in the given order."""
    table = {}
    for rule in rules:
        lengths = (rule.lengths,) if isinstance(rule.lengths, int) else rule.lengths
        for length in lengths:
            table.setdefault(length, []).append(rule)
    return {length: tuple(found) for length, found in table.items()}
