"""Several numbers in one text."""

import re

from .normalise import compact
from .recognise import read, recognise
from .rule import LONGEST, SHORTEST

# About 350 numbers of 22 digits. Longer texts are no list of parcels.
LONGEST_TEXT = 8000
# Odoo joins by a comma; people use the others. Blanks are looked at afterwards.
_HARD = re.compile("[,;|\n\r\v\f\u2028\u2029\uff0c\uff1b\u3001]+")
# Cost of reading words as numbers: a number written in one piece is the likeliest, and
# several words make one number rather than several numbers of several words each.
_ONE_VERIFIED, _ONE, _JOINED_VERIFIED, _JOINED = 2, 3, 8, 12


def split(text, preferred=None, country=None):
    """Cut a text into numbers.

    Commas, semicolons, bars and line ends part numbers. Blanks do so only when the
    words between them are numbers themselves: "1Z 999 AA1 01 2345 6784" is one number.

    :param text: as typed; anything may be given
    :param preferred: as in `recognise`
    :param country: as in `recognise`
    :return: list of ``(raw, candidates)`` in the order of the text. Numbers of unknown
        carriers have no candidates; what holds no digit, or cannot be a number, is left
        out beside known numbers. Empty for a text above `LONGEST_TEXT` characters
    """
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return []
    numbers = []
    for piece in _HARD.split(text):
        words = piece.split()
        if not words:
            continue
        for first, last in _cut(words):
            raw = " ".join(words[first:last])
            found = recognise(raw, preferred, country)
            if found or any(map(str.isdecimal, raw)):
                numbers.append((raw, found))
    return numbers


def _cut(words):
    """Find the reading that leaves the fewest words over, then the likeliest.

    :param list words: not empty
    :return: list of ``(first, last)`` slices of ``words``
    """
    plain = [compact(word) for word in words]
    # For every number of words read: words left over, cost, where the last slice began.
    best = [(0, 0, 0)]
    for end in range(1, len(words) + 1):
        choice = (best[end - 1][0] + 1, best[end - 1][1], end - 1)
        joined = ""
        for start in range(end - 1, max(-1, end - 1 - LONGEST), -1):
            joined = plain[start] + joined
            # A word with signs in it is no part of a number.
            if not plain[start] or len(joined) > LONGEST:
                break
            if price := _price(joined, end - start):
                choice = min(choice, (best[start][0], best[start][1] + price, start))
        best.append(choice)
    if best[-1][0] == len(words):
        return [(0, len(words))]
    slices, end = [], len(words)
    while end:
        start = best[end][2]
        # Words left over are kept when they could be a number of an unknown carrier.
        if end - start > 1 or len(plain[start]) >= SHORTEST:
            slices.append((start, end))
        end = start
    return slices[::-1]


def _price(joined, words):
    """:return: what it costs to read these words as one number; 0: they are none"""
    if not (found := read(joined)):
        return 0
    verified = any(one.verified for one in found)
    if words == 1:
        return _ONE_VERIFIED if verified else _ONE
    return _JOINED_VERIFIED if verified else _JOINED
