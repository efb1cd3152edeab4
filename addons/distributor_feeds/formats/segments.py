"""Segments of an EDI file, a piece at a time."""

from .contract import FormatError
from .trouble import corrupt, truncated

_CHUNK = 1 << 16
#: What may stand between segments and at the end: line breaks, old systems' Ctrl-Z.
_FILLING = b"\r\n \t\x1a\0"


class SegmentReader:
    """Cuts a stream at its segment terminator, which must be an ASCII character.

    :param source: anything with ``read(size)``
    :param int longest: bytes of one segment
    """

    def __init__(self, source, longest):
        self._source, self._longest = source, longest
        self._raw = b""  # not cut yet
        self._pieces, self._next = [], 0
        self._terminator = self._release = b""
        self._encoding = ""
        #: whether the last segment had no terminator: the file ends there
        self.partial = False

    def peek(self, size):
        """The next bytes that are not filling; fewer at the end of the file."""
        self._give_back()
        while True:
            self._raw = self._raw.lstrip(_FILLING)
            if len(self._raw) >= size:
                break
            data = self._source.read(_CHUNK)
            if not data:
                break
            self._raw += data
        return self._raw[:size]

    def skip(self, size):
        """Leave out bytes that :meth:`peek` showed."""
        self._raw = self._raw[size:]

    def start(self, terminator, encoding, release=""):
        """How to cut from here on.

        :param str terminator: one ASCII character
        :param str encoding: one that extends ASCII
        :param str release: the character before a terminator that is plain text
        """
        self._terminator, self._encoding = terminator.encode(), encoding
        self._release = release.encode()

    def _give_back(self):
        """Uncut what was not taken: another interchange may have other separators."""
        if self._next < len(self._pieces):
            rest = [*self._pieces[self._next :], self._raw]
            self._raw = self._terminator.join(rest)
        self._pieces, self._next = [], 0

    def take(self):
        """The next segment without terminator and line breaks, or none.

        :rtype: str | None
        :raises FormatError: ``encoding``, ``corrupt``, and what reading raises
        """
        while True:
            while self._next < len(self._pieces):
                segment = self._pieces[self._next]
                self._next += 1
                while self._released(segment) and self._next < len(self._pieces):
                    segment += self._terminator + self._pieces[self._next]
                    self._next += 1
                # Old systems wrap lines, also in the middle of a segment.
                segment = segment.translate(None, b"\r\n")
                if segment:
                    return self._decode(segment)
            if not self._fill():
                return None

    def _released(self, data):
        release = self._release
        if not release or not data.endswith(release):
            return False
        return (len(data) - len(data.rstrip(release))) % 2 == 1

    def _decode(self, segment):
        try:
            return segment.decode(self._encoding)
        except UnicodeError as error:
            raise FormatError(
                "encoding",
                f"The file holds letters that do not exist in {self._encoding}, which "
                "it should be written in. Choose its encoding in the feed's format.",
                encoding=self._encoding,
            ) from error

    def _fill(self):
        """Read and cut the next pieces.

        :return: whether there are any
        """
        terminator = self._terminator
        while True:
            end = self._raw.rfind(terminator)
            while end > 0 and self._released(self._raw[:end]):
                end = self._raw.rfind(terminator, 0, end)
            if end >= 0:
                self._pieces = self._raw[:end].split(terminator)
                self._raw = self._raw[end + 1 :]
                break
            if len(self._raw) > self._longest:
                raise corrupt(
                    f"more than {self._longest} bytes without the end of a segment"
                )
            data = self._source.read(_CHUNK)
            if not data:
                self._pieces, self._raw = [self._raw.rstrip(_FILLING)], b""
                self.partial = bool(self._pieces[0])
                if not self.partial:
                    return False
                break
            self._raw += data
        self._next = 0
        return True


def counts(what, said, found):
    """The refusal of a document whose check figures do not agree with it."""
    return FormatError(
        "counts",
        f"{what} is {said!r}, but {found!r} was found: something is missing or "
        "doubled. Fetch the file again, or ask for a new one.",
        what=what,
        said=said,
        found=found,
    )


def expect(what, said, found):
    """:raises FormatError: ``counts``, where a figure or a name is not the one said"""
    if isinstance(found, int):
        same = said.isascii() and said.isdigit() and len(said) < 16
        same = same and int(said) == found
    else:
        same = said == found
    if not same:
        raise counts(what, said, found)


def no_more(inside):
    """:raises FormatError: ``truncated``, where something is still open at the end"""
    if inside:
        raise truncated()
