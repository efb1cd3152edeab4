"""Numbers as distributors write them, as the text PostgreSQL reads.

Strict: a number that could be meant in two ways is refused, not guessed.
"""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from .refused import Refused

#: Digits before the point, and after it.
MAX_WHOLE, MAX_PLACES = 12, 20
_ROUND = Decimal("1e-8")
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)
#: Blanks that group digits: plain, without a break, narrow, thin.
_BLANKS = re.compile("[ \xa0\u202f\u2009]")
_APOSTROPHES = re.compile("['\u2019]")
_MINUS = str.maketrans("\u2212\u2013", "--")
_AUTO = re.compile(
    r"(?P<whole>[0-9]+)?(?:(?P<sign>[.,])(?P<places>[0-9]*))?"
    r"|(?P<grouped>[0-9]{1,3}(?:(?P<group>[.,' ])[0-9]{3})(?:(?P=group)[0-9]{3})*)"
    r"(?:(?P<sign2>[.,])(?P<places2>[0-9]*))?",
    re.ASCII,
)


def number_parser(rule):
    """A function of a text that is not empty, to the canonical number.

    ``"1.234,50"`` is ``"1234.5"`` for a rule with a decimal comma and the point as
    thousands sign. Exponents, ``NaN`` and ``inf`` are no numbers.

    :param Rule rule: ``decimal`` and ``thousands``
    :return: function; it raises :class:`Refused` ``not_a_number``, ``out_of_range``
    """
    if rule.decimal == "auto":
        return lambda text: _read(text, rule, _split_auto)
    group = re.escape(rule.thousands)
    grouped = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|" if group else ""
    pattern = re.compile(rf"({grouped}[0-9]*)(?:{re.escape(rule.decimal)}([0-9]*))?")

    def split(text):
        found = pattern.fullmatch(text)
        if not found:
            return None
        whole = found[1].replace(rule.thousands, "") if group else found[1]
        return whole, found[2] or ""

    return lambda text: _read(text, rule, split)


def _split_auto(text):
    found = _AUTO.fullmatch(text)
    if not found:
        return None
    if not found["grouped"]:
        whole, sign, places = found["whole"] or "", found["sign"], found["places"] or ""
        # 0.125 is one thing only, 1.250 is not.
        if sign and len(places) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0":
            return ()
        return whole, places
    group, sign = found["group"], found["sign2"]
    if sign and sign == group:
        return None
    whole = found["grouped"].replace(group, "")
    return whole, found["places2"] or ""


def _read(text, rule, split):
    plain = text
    if not plain.isascii():
        plain = _BLANKS.sub(" ", _APOSTROPHES.sub("'", plain.translate(_MINUS)))
    negative = plain.startswith("-") or plain.endswith("-")
    if plain.startswith(("-", "+")):
        plain = plain[1:]
    elif negative:
        plain = plain[:-1]
    parts = split(plain.strip())
    if parts == ():
        raise Refused(
            "not_a_number",
            rule.target,
            text,
            f"{rule.label}: {text[:40]!r} can mean two numbers. Set the decimal "
            "sign of this column in the mapping.",
        )
    if not parts or not (parts[0] or parts[1]):
        raise Refused(
            "not_a_number",
            rule.target,
            text,
            f"{rule.label}: {text[:40]!r} is no number.",
        )
    whole, places = parts[0].lstrip("0") or "0", parts[1].rstrip("0")
    if len(whole) > MAX_WHOLE or len(places) > MAX_PLACES:
        raise Refused(
            "out_of_range",
            rule.target,
            text,
            f"{rule.label}: {text[:40]!r} has too many digits.",
        )
    number = f"{whole}.{places}" if places else whole
    return f"-{number}" if negative and number != "0" else number


def _usual(decimal):
    """What most numbers look like, and needs no more than its decimal sign changed."""
    sign, places = re.escape(decimal), f"[0-9]{{1,{MAX_PLACES}}}"
    if decimal == "auto":
        # three places could be thousands
        sign, places = "[.,]", f"[0-9]{{1,2}}|[0-9]{{4,{MAX_PLACES}}}"
    return re.compile(
        rf"(?:0|[1-9][0-9]{{0,{MAX_WHOLE - 1}}})(?:{sign}(?:{places})(?<!0))?"
    )


def as_text(number):
    """A Decimal without exponent and without zeros at its end, to 8 places."""
    number = number.quantize(_ROUND, context=_CONTEXT)
    text = format(number, "f").rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def scaled(text, factor):
    """A canonical number times a Decimal, as canonical number."""
    return text if text is None else as_text(_CONTEXT.multiply(Decimal(text), factor))


def number_converter(rule, signs=()):
    """Parsing, sign, factor and ``price_per`` of a rule.

    :param signs: texts that may stand before or after the number, as its currency
    :return: function of a text that is not empty, to a canonical number
    """
    parse = number_parser(rule)
    factor = _CONTEXT.divide(rule.factor, rule.price_per)
    is_usual = _usual(rule.decimal).fullmatch

    def convert(text):
        if factor == 1 and is_usual(text):
            return text.replace(",", ".")
        for sign in signs:
            if text.startswith(sign) or text.endswith(sign):
                text = text.removeprefix(sign).removesuffix(sign).strip() or text
                break
        number = parse(text)
        if number.startswith("-") and not rule.negative:
            raise Refused(
                "negative",
                rule.target,
                text,
                f"{rule.label}: {text[:40]} is below zero.",
            )
        return number if factor == 1 else scaled(number, factor)

    return convert
