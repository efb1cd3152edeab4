"""A typed or scanned number as carriers print it: capitals and digits, no blanks."""

import re
import unicodedata

from .rule import LONGEST, SHORTEST

# As many characters as a number of 40 has when each is followed by two blanks.
LONGEST_TYPED = 120
_PLAIN = re.compile("[0-9A-Z]*", re.ASCII).fullmatch
# What people and labels put between groups. Everything else that is no letter or digit
# (slash, colon, "<") means that the text is no tracking number.
_FILL = dict.fromkeys(map(ord, " \t\r\n-.\u00b7\u2022\u2043\u2212_"))
# Letters of other alphabets that look like Latin capitals, as they come out of mails.
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABESIJKMHOPCTYXABEZHIKMNOPTYX",
)


def normalise(text):
    """Write a number the way it is compared, stored and linked.

    Blanks, dashes, dots and invisible characters go, letters become capitals,
    full-width and foreign digits and look-alike letters become ASCII.

    :param text: what was typed; anything else than a text gives ""
    :return: 6 to 40 of ``0-9A-Z``, or "" when the text cannot be a tracking number
    """
    text = compact(text)
    return text if SHORTEST <= len(text) <= LONGEST else ""


def compact(text):
    """The same for a part of a number: of any length up to `LONGEST_TYPED`."""
    if not isinstance(text, str) or len(text) > LONGEST_TYPED:
        return ""
    if not text.isascii():
        text = _to_ascii(text)
    text = text.translate(_FILL).upper()
    return text if _PLAIN(text) else ""


def _to_ascii(text):
    out = []
    for char in unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKE):
        if char.isascii():
            out.append(char)
            continue
        kind = unicodedata.category(char)
        if kind == "Nd":
            out.append(str(unicodedata.digit(char)))
        elif kind not in ("Cf", "Pd", "Zs"):
            # A sign that has no place in a number: kept, so that the number is refused.
            out.append(char)
    return "".join(out)
