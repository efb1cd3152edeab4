"""Files that were damaged on their way: what reading them must come to."""

from hypothesis import strategies as st

from odoo.addons.distributor_feeds.formats import FormatError, guess

from .common_formats import LIMITS, ROWS, SECONDS, outcome, samples, write

#: Formats with a check sum: what is read from them is what was sent, or nothing.
CHECKED = {"gz", "zip", "gz_in_zip"}
#: Bytes that mean something to one of the formats.
TELLING = st.sampled_from(
    [
        b"\0",
        b'"',
        b"\n",
        b"\r",
        b"<",
        b"&",
        b"]]>",
        b"{",
        b"PK\3\4",
        b"\xff\xfe",
        b"\x1f\x8b",
    ]
)


@st.composite
def mutations(draw, size):
    """Up to four changes of a file: ``(name, position, length, bytes)``."""
    places = st.integers(0, max(size - 1, 0))
    lengths = st.integers(1, 64) | st.integers(1, size)
    one = st.tuples(
        st.sampled_from(["flip", "cut", "insert", "repeat", "end"]),
        places,
        lengths,
        st.binary(min_size=1, max_size=8) | TELLING,
    )
    return draw(st.lists(one, min_size=1, max_size=4))


def mutate(data, changes):
    """A file with these changes."""
    for name, at, length, extra in changes:
        before, piece, after = data[:at], data[at : at + length], data[at + length :]
        if name == "flip":
            data = before + bytes(one ^ 0x55 for one in piece[:2]) + data[at + 2 :]
        elif name == "cut":
            data = before + after
        elif name == "insert":
            data = before + extra + data[at:]
        elif name == "repeat":
            data = before + piece * 2 + after
        else:
            data = before
    return data


def check(folder, name, changes):
    """Read a damaged sample: rows or a FormatError, in time.

    Never a wrong row where there is a check sum.

    :return: the code of the error, or None
    """
    good, options = samples()[name]
    data = mutate(good, changes)
    path = write(folder, data)
    code, rows, seconds = outcome(path, options)
    assert seconds < SECONDS
    # Without its first bytes a packed file is any text; a whole one may be followed by
    # itself.
    is_packed = data[:4] == good[:4] and not data.startswith(good)
    if name in CHECKED and is_packed and code is None:
        assert rows == ROWS
    if options.kind != "sheet":
        try:
            found = guess(path, LIMITS)
            assert len(found.sample) <= 20
        except FormatError as error:
            assert error.message
    return code
