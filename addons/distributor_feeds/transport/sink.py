"""The one file that is written, bounded, with its hash."""

import errno
import hashlib
import os

from .errors import TransportError


def too_big(policy):
    return TransportError(
        "too_big",
        "The file is larger than the %(limit)s MB allowed. Ask the administrator to"
        " raise the limit, or the distributor for a smaller file.",
        limit=policy.max_bytes // 1024**2,
    )


class Sink:
    """Writes what comes, counts it and tells how far it is.

    :param str path: where the file appears once it is whole, in the place of one that
        is there; only its owner can read it
    :param Policy policy: ``max_bytes`` counts
    :param progress: called with bytes done and bytes expected (None if unknown); what
        it raises ends the fetch with ``stopped``
    """

    def __init__(self, path, policy, progress=None):
        self.size, self._path, self._policy = 0, os.fspath(path), policy
        self._draft = f"{self._path}.part"
        self._progress, self._expected = progress, None
        self._hash, self._file = hashlib.sha256(), None

    def expect(self, size):
        """Refuse a size that is said to be too big before a byte of it comes."""
        if size is not None and size > self._policy.max_bytes:
            raise too_big(self._policy)
        self._expected = size

    def write(self, data):  # pylint: disable=method-required-super
        """:raise TransportError: ``too_big``, ``disk``, ``stopped``"""
        self.size += len(data)
        if self.size > self._policy.max_bytes:
            raise too_big(self._policy)
        self._hash.update(data)
        try:
            self._open().write(data)
        except OSError as error:
            raise self._disk(error) from None
        if self._progress:
            try:
                self._progress(self.size, self._expected)
            except Exception:
                raise TransportError("stopped", "The fetch was stopped.") from None

    def finish(self):
        """Close the file: it is whole.

        :return: SHA-256 in hexadecimal
        """
        try:
            self._open().close()
            os.replace(self._draft, self._path)
        except OSError as error:
            raise self._disk(error) from None
        self._file = None
        return self._hash.hexdigest()

    def discard(self):
        """Remove what was written, unless it was finished."""
        if self._file:
            self._file.close()
            self._file = None
            os.unlink(self._draft)

    def _open(self):
        if self._file is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            # Unbuffered: a full disk is noticed by write(), not by a later close().
            self._file = os.fdopen(os.open(self._draft, flags, 0o600), "wb", 0)
        return self._file

    @staticmethod
    def _disk(error):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            text = "There is no room left on this server's disk. Make room, try again."
        else:
            text = "This server's disk cannot be written: %(reason)s."
        return TransportError("disk", text, reason=os.strerror(error.errno or 0))
