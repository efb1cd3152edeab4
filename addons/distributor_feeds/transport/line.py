"""One fetch's connections: made to checked addresses, ended when its time is over."""

import os
import socket
import ssl
import threading
import time

from . import addresses
from .errors import TransportError


class Line:
    """Opens sockets and shuts them when the time of the whole fetch is over.

    A timeout per read does not help against a server that sends one byte a minute, so
    a thread waits for the end of the time and shuts whatever is open then.  Use it in
    a ``with``.
    """

    def __init__(self, policy):
        self.policy, self.expired = policy, False
        self._end = time.monotonic() + policy.total_timeout
        self._watched, self._lock = [], threading.Lock()
        self._clock = threading.Timer(policy.total_timeout, self._expire)
        self._clock.daemon = True

    def __enter__(self):
        self._clock.start()
        return self

    def __exit__(self, *_exception):
        self._clock.cancel()
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    def dial(self, host, port):
        """Connect to a host; the connection goes to the address that was checked.

        :param str host: of `addresses.clean_host`
        :raise TransportError: ``refused_address``, ``not_found``, ``connection``,
            ``timeout``
        :return: a socket that waits at most ``idle_timeout`` for a byte
        """
        seconds = min(self.policy.connect_timeout, self.left())
        found = addresses.addresses_of(host, port, self.policy, seconds)
        reason = ""
        for family, kind, protocol, _name, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(min(self.policy.connect_timeout, self.left()))
                sock.connect(address)
            except OSError as error:
                sock.close()
                reason = os.strerror(error.errno) if error.errno else "no answer"
                continue
            return self.watch(sock)
        raise TransportError(
            "connection",
            "%(host)s, port %(port)s cannot be reached (%(reason)s). Look at host and"
            " port, and whether a firewall is between.",
            host=host,
            port=port,
            reason=reason,
        )

    def watch(self, sock):
        """Let a socket end with the fetch.

        :return: the socket
        """
        # A second handle on the connection: the first may be inside TLS by then.
        with self._lock:
            self._watched.append(sock.dup())
        sock.settimeout(min(self.policy.idle_timeout, self.left()))
        return sock

    def left(self):
        """Seconds left for the fetch.

        :raise TransportError: ``timeout``
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.too_late()
        return left

    def too_late(self):
        return TransportError(
            "timeout",
            "The file did not arrive within %(seconds)s seconds. Try again; if it"
            " lasts, allow more time or ask the distributor.",
            seconds=round(self.policy.total_timeout),
        )

    def _expire(self):
        self.expired = True
        with self._lock:
            for sock in self._watched:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it ended by itself


def tls_context(place, policy):
    """How a server proves itself.

    :raise TransportError: ``tls`` if the place wants no proof and the policy does not
        allow that
    :rtype: ssl.SSLContext
    """
    try:
        context = ssl.create_default_context()
        if policy.ca_file:
            context.load_verify_locations(policy.ca_file)
    except OSError:
        raise TransportError(
            "tls",
            "The administrator's file of certificates cannot be read: %(file)s.",
            file=policy.ca_file,
        ) from None
    if not place.tls_verify:
        if not policy.allow_unverified_tls:
            raise TransportError(
                "tls",
                "Connections without a verified certificate are not allowed here.",
            )
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
