"""The two calls of the package."""

import http.client
import os
import ssl
import traceback

from . import folder, ftp, https, names, sftp
from .errors import TransportError
from .line import Line
from .sink import Sink


def fetch(place, secret, policy, target_path, known=None, progress=None):
    """Fetch one file.

    :param Place place: where it is
    :param Secret secret: what opens the door
    :param Policy policy: what is allowed
    :param str target_path: where it goes, in one step when it is whole.  What is there
        stays after an error or if the file is unchanged
    :param Known known: the file fetched last, if any
    :param progress: called with bytes done and bytes expected (None if unknown); what
        it raises ends the fetch with ``stopped``
    :raise TransportError: with a text for people; it holds no secret
    :rtype: Fetched
    """
    sink = Sink(target_path, policy, progress)

    def take(line):
        if place.scheme in ("https", "http"):
            fetched = https.fetch(line, place, secret, known, sink)
        elif place.scheme in ("ftp", "ftps"):
            fetched = ftp.fetch(line, place, secret, known, sink)
        elif place.scheme == "sftp":
            fetched = sftp.fetch(line, place, secret, known, sink)
        else:
            fetched = folder.fetch(line, place, known, sink)
        if not fetched.unchanged:
            fetched.sha256 = sink.finish()
            fetched.path, fetched.size = os.fspath(target_path), sink.size
        return fetched

    try:
        fetched, failure = _guarded(take, place, policy)
    finally:
        sink.discard()
    if failure:
        raise failure
    return fetched


def test_connection(place, secret, policy):
    """Knock at a place: log in and look, fetch nothing.

    For SFTP without the right ``host_key`` nobody logs in: the answer holds the key
    that the server shows, for a person to compare and to pin.

    :raise TransportError: like `fetch`
    :rtype: Contact
    """

    def knock(line):
        if place.scheme in ("https", "http"):
            return https.look(line, place, secret)
        if place.scheme in ("ftp", "ftps"):
            return ftp.look(line, place, secret)
        if place.scheme == "sftp":
            return sftp.look(line, place, secret)
        return folder.look(line, place)

    contact, failure = _guarded(knock, place, policy)
    if failure:
        raise failure
    return contact


def _guarded(work, place, policy):
    """Do the work and turn whatever goes wrong into a fresh `TransportError`.

    The error is returned, not raised: an exception raised while another one is handled
    would carry that one, its traceback, and the variables of a library that was just
    logging in.

    :return: the result and None, or None and the error
    """
    line = Line(policy)
    try:
        _check(place, policy)
        with line:
            return work(line), None
    except Exception as error:
        failure = error.fresh() if isinstance(error, TransportError) else _told(error)
    # Whatever broke when the time was over, broke because of it.
    if line.expired and failure.code not in ("stopped", "too_big", "disk"):
        failure = line.too_late()
    return None, failure


def _check(place, policy):
    schemes = ("https", "ftp", "ftps", "sftp", "folder")
    if place.scheme == "http" and policy.allow_http or place.scheme in schemes:
        return
    raise TransportError(
        "bad_place",
        "“%(scheme)s” is not a way to fetch a file here. There are: %(schemes)s.",
        scheme=names.shown(place.scheme, 20),
        schemes=", ".join(schemes),
    )


def _told(error):
    """What a library's exception means.  Its own text is not repeated: it may hold
    what was sent."""
    if isinstance(error, TimeoutError):
        return TransportError(
            "timeout",
            "The server stopped answering. Try again; if it lasts, ask the"
            " distributor.",
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return TransportError(
            "tls",
            "The server's certificate cannot be trusted: %(reason)s. Look at the host"
            " name; for a certificate of the distributor's own, the administrator adds"
            " its authority.",
            reason=names.shown(error.verify_message),
        )
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return names.cut()
    if isinstance(error, ssl.SSLError):
        return TransportError(
            "tls",
            "No encrypted connection came about. Look at the port, and whether the"
            " server speaks TLS 1.2 or newer.",
        )
    if isinstance(error, OSError | EOFError | http.client.IncompleteRead):
        return names.cut()
    if isinstance(error, http.client.HTTPException):
        return TransportError(
            "server",
            "The server's answer is not HTTP. Look at host and port.",
        )
    where = traceback.extract_tb(error.__traceback__)[-1]
    return TransportError(
        "unexpected",
        "The fetch failed in a way nobody thought of (%(kind)s in %(file)s, line"
        " %(line)s). Please report it.",
        kind=type(error).__name__,
        file=os.path.basename(where.filename),
        line=where.lineno,
    )
