"""Values in services' answers: read strictly, because nobody looks at them first."""

import re
from datetime import date, datetime

_NUMBER = re.compile(r"(>?) ?([0-9]{1,12})(\.[0-9]{1,12})? ?(\+?)\Z")
_MOST_TEXT = 64


def quantity(text, words=None):
    """A number of pieces.

    ``50+`` and ``>50`` are at least 50. Negative, not finite and exponential numbers,
    and those with thousands signs, are refused.

    :param str text: None or blank: not told
    :param dict words: what the service's words mean: ``{"yes": "1+", "no": "0"}``
    :return: ``(float or None, more)``
    :raise ValueError: it is none
    """
    text = (text or "").strip()
    text = str((words or {}).get(text.lower(), text))
    if not text:
        return None, False
    found = _NUMBER.match(text)
    if not found:
        raise ValueError("no quantity")
    above, whole, fraction, plus = found.groups()
    return float(whole + (fraction or "")), bool(above or plus)


def price(text):
    """A price as it was written.

    :return: str, None when not told
    :raise ValueError: it is none
    """
    number, more = quantity(text)
    if number is None:
        return None
    if more:
        raise ValueError("no price")
    return text.strip()


def day(text, layout=None):
    """A date.

    :param str layout: for ``strptime``; None: ISO 8601, a time after it is ignored
    :return: date, None when not told
    :raise ValueError: it is none
    """
    text = (text or "").strip()
    if not text:
        return None
    if layout:
        return datetime.strptime(text, layout).date()
    return date.fromisoformat(text[:10])


def label(text):
    """A short text, cut; nothing that is not printable stays in it."""
    text = (text or "").strip()[:_MOST_TEXT]
    return "".join(sign for sign in text if sign.isprintable())
