"""Which addresses may be reached: public ones, and what the administrator lists.

Ranges: IANA's registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and its
updates).
"""

import contextlib
import ipaddress
import re
import socket
import threading

from .errors import TransportError
from .names import shown

_V4_REFUSED = [
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
_V6_PUBLIC = ipaddress.ip_network("2000::/3")
_V6_REFUSED = [
    ipaddress.ip_network(text)
    # Teredo and its neighbours, documentation, 6to4 (which hides an IPv4 address)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
#: Translated by the network into the IPv4 address in its last four bytes (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\Z")

#: Asked for the addresses of a name; tests put their own here.
resolver = socket.getaddrinfo


def clean_host(text):
    """A host as it is compared and resolved: small letters, ASCII, no final dot.

    Numbers are only taken as four decimal parts or as IPv6 in full: ``2130706433``,
    ``0x7f.1`` and ``127.1`` are ways to hide an address.

    :raise TransportError: ``bad_place``
    :rtype: str
    """
    host = text.strip().rstrip(".").lower()
    with contextlib.suppress(ValueError):
        bracketed = host.startswith("[") and host.endswith("]")
        return str(ipaddress.ip_address(host[1:-1] if bracketed else host))
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    labels = host.split(".")
    if (
        len(host) > 253
        or not all(map(_LABEL.match, labels))
        or _NUMBER.match(labels[-1])
    ):
        raise TransportError(
            "bad_place",
            "“%(host)s” is not the name of a server. Write a name such as"
            " ftp.example.com, or an address such as 192.0.2.10.",
            host=shown(text),
        )
    return host


def addresses_of(host, port, policy, seconds):
    """The addresses of a host, all of them allowed.

    :param str host: of `clean_host`
    :param float seconds: the most to wait for the name service
    :raise TransportError: ``refused_address`` if one is not allowed, ``not_found`` if
        there is none, ``timeout``
    :return: what `socket.getaddrinfo` answers
    """
    found = _ask(host, port, seconds)
    listed = host in {name.strip(" .[]").lower() for name in policy.allowed_hosts}
    for *_kind, (address, *_rest) in found:
        if not is_allowed(address, policy, listed):
            raise TransportError(
                "refused_address",
                "%(host)s leads to %(address)s, which is not on the public internet. If"
                " that is meant, the administrator lists the host or the network as"
                " allowed.",
                host=host,
                address=shown(address),
            )
    return found


def is_allowed(text, policy, listed=False):
    """Whether an address may be connected to.

    :param str text: the address
    :param bool listed: its name is one of the policy's hosts.  That opens everything
        one can talk to, but not multicast, broadcast or “no address”
    :rtype: bool
    """
    address = _unwrapped(ipaddress.ip_address(text))
    if (
        address.is_multicast
        or address.is_unspecified
        or (address.version == 4 and address in ipaddress.ip_network("0.0.0.0/8"))
        or str(address) == "255.255.255.255"
    ):
        return False
    if listed or any(
        address in ipaddress.ip_network(network, strict=False)
        for network in policy.allowed_networks
    ):
        return True
    if address.version == 4:
        return not any(address in network for network in _V4_REFUSED)
    return (
        address in _V6_PUBLIC
        and not any(address in network for network in _V6_REFUSED)
        and not address.scope_id
    )


def _unwrapped(address):
    """The IPv4 address that an IPv6 address stands for, else itself."""
    if address.version == 6:
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.ip_address(address.packed[-4:])
    return address


def _ask(host, port, seconds):
    """Ask the name service, which has no timeout of its own, in a thread."""
    answer = []

    def ask():
        try:
            answer.append(resolver(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            answer.append([])

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not answer:
        raise TransportError(
            "timeout",
            "The name service did not answer for %(host)s. Try again; if it lasts, ask"
            " the administrator.",
            host=host,
        )
    if not answer[0]:
        raise TransportError(
            "not_found",
            "There is no server named %(host)s. Look at the spelling.",
            host=host,
        )
    return answer[0]
