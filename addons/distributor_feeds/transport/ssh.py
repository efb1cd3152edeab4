"""A connection to an SSH server whose host key is pinned."""

import base64
import binascii
import io
import logging

import paramiko
from paramiko.packet import Packetizer

from . import addresses, names
from .errors import TransportError

_MAX_PACKET = 1024**2
_MAX_GREETING = 1024**2
_KINDS = (
    ("ssh-ed25519",),
    ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    ("rsa-sha2-512", "rsa-sha2-256"),
)

# paramiko logs every failure as an error, with a traceback of its thread.  What failed
# is said once, by a TransportError.
LOG = f"{__name__}.wire"
logging.getLogger(LOG).propagate = False
logging.getLogger(LOG).setLevel(logging.CRITICAL + 1)


class _Packets(Packetizer):
    """Refuses packets that only fill the memory (RFC 4253 6.1 asks for 35000 bytes)."""

    def read_all(self, n, check_rekey=False):
        if n > _MAX_PACKET:
            raise paramiko.SSHException("packet too long")
        return super().read_all(n, check_rekey)


class _Meter:
    """A socket that gives only so many bytes."""

    def __init__(self, sock, limit):
        self._sock, self.limit = sock, limit

    def recv(self, size):
        data = self._sock.recv(size)
        self.limit -= len(data)
        if self.limit < 0:
            raise EOFError
        return data

    def __getattr__(self, name):
        return getattr(self._sock, name)


def connect(line, place):
    """Reach the server and compare its key.

    A server has keys of several kinds and shows the one we ask for, so each kind is
    asked for until one is the pinned one.

    :return: transport, the server's key, and whether it is pinned: False only where
        the place pins none
    :raise TransportError: ``host_key`` if the server has another key
    """
    pin, kinds = _pin(place)
    shown = None
    for kind in kinds:
        transport = _start(line, place, kind)
        if transport is None:
            continue
        key = transport.get_remote_server_key()
        if not pin or pin in (key.fingerprint, key.asbytes()):
            return transport, key, bool(pin)
        shown = shown or key.fingerprint
        transport.close()
    if shown:
        raise TransportError(
            "host_key",
            "The server shows the key %(shown)s, which is not the pinned one, so we did"
            " not log in. Ask the distributor whether the key was changed; only then"
            " pin the new one.",
            shown=shown,
        )
    raise TransportError(
        "host_key",
        "The server has no key of a kind that can be checked (Ed25519, ECDSA, RSA with"
        " SHA-2). Ask the distributor for a newer server.",
    )


def _pin(place):
    """The pinned key as fingerprint or bytes, and the kinds to ask for in turn."""
    text = place.host_key.strip()
    if not text:
        return None, [sum(_KINDS, ())]
    if text.startswith("SHA256:"):
        return text.rstrip("="), _KINDS
    for part in text.split():
        if part.startswith("AAAA"):
            try:
                blob = base64.b64decode(part, validate=True)
                name = paramiko.Message(blob).get_text()
            except (binascii.Error, UnicodeDecodeError):
                break
            name = "rsa-sha2-512" if name == "ssh-rsa" else name
            if kinds := [kind for kind in _KINDS if name in kind]:
                return blob, kinds
    raise TransportError(
        "host_key",
        "The pinned host key cannot be read. Write it as SHA256:… or as a line such as"
        " “ssh-ed25519 AAAA…”.",
    )


def _start(line, place, kinds):
    """Shake hands, without logging in.

    :return: the transport; None if the server has no key of these kinds
    """
    seconds = min(line.policy.connect_timeout, line.left())
    sock = line.dial(addresses.clean_host(place.host), place.real_port)
    transport = paramiko.Transport(
        _Meter(sock, _MAX_GREETING), packetizer_class=_Packets
    )
    transport.set_log_channel(LOG)
    transport.banner_timeout = transport.handshake_timeout = seconds
    transport.auth_timeout = transport.channel_timeout = seconds
    transport.get_security_options().key_types = kinds
    try:
        transport.start_client(timeout=seconds)
        transport.get_remote_server_key()
    except paramiko.ssh_exception.IncompatiblePeer as error:
        transport.close()
        # Its only way to tell which part of the offer nobody shares.
        if "key" in str(error) and "kex" not in str(error):
            return None
        raise _no_ssh(place) from None
    except (paramiko.SSHException, EOFError, OSError):
        transport.close()
        raise _no_ssh(place) from None
    return transport


def _no_ssh(place):
    return TransportError(
        "connection",
        "%(host)s, port %(port)s does not answer like an SFTP server. Look at host and"
        " port, and whether it is SFTP or FTPS.",
        host=names.shown(place.host),
        port=place.real_port,
    )


def log_in(transport, line, place, secret, client_class):
    """Prove who we are and open SFTP.

    :param type client_class: `paramiko.SFTPClient` or a class of that kind
    :raise TransportError: ``login``, ``server``
    """
    try:
        if secret.private_key:
            transport.auth_publickey(place.username, _key(secret))
        else:
            transport.auth_password(place.username, secret.password)
    except paramiko.AuthenticationException:
        raise TransportError(
            "login",
            "The server refused our user, password or key. Enter them again, or ask the"
            " distributor.",
        ) from None
    except paramiko.SSHException:
        raise names.cut() from None
    transport.sock.limit = line.policy.max_bytes * 2 + 64 * 1024**2
    try:
        client = client_class.from_transport(transport)
    except paramiko.SSHException:
        raise TransportError(
            "server",
            "The server let us in but offers no SFTP. Ask the distributor.",
        ) from None
    client.get_channel().settimeout(line.policy.idle_timeout)
    return client


def _key(secret):
    """The private key, decrypted with the password if it is encrypted."""
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        for password in (None, secret.password):
            try:
                return kind.from_private_key(io.StringIO(secret.private_key), password)
            except paramiko.PasswordRequiredException:
                continue
            except (paramiko.SSHException, ValueError, TypeError):
                break
    raise TransportError(
        "login",
        "The private key cannot be read. Paste it whole, in OpenSSH or PEM form"
        " (Ed25519, ECDSA or RSA); its passphrase goes into the password.",
    )
