"""Where a file is, what opens the door, what is allowed, and what was fetched."""

from dataclasses import dataclass, field
from datetime import datetime

#: Port of a scheme where the place names none.
PORTS = {"https": 443, "http": 80, "ftp": 21, "ftps": 21, "sftp": 22}

#: FTPS on this port is encrypted from the first byte, without being asked to.
IMPLICIT_FTPS_PORT = 990


@dataclass(frozen=True)
class Place:
    """Where a file is.  Holds nothing secret.

    :param str scheme: ``https``, ``ftp``, ``ftps``, ``sftp``, ``folder``, or ``http``
        where the policy allows it
    :param str host: name or address; empty for a folder
    :param int port: 0 for the usual one; FTPS on 990 is the implicit kind
    :param str path: of one file.  Except for HTTPS its last part may hold ``*``, ``?``
        and ``[…]``: the newest match is taken
    :param str username: empty for none
    :param str host_key: SFTP: ``SHA256:…`` or a line ``ssh-ed25519 AAAA…``
    :param bool passive: FTP: we open the data connection
    :param bool tls_verify: False only counts where the policy allows it
    :param tuple headers: pairs of name and value sent to this host only
    :param str token_header: header for the token; ``Authorization`` gets ``Bearer``
    :param bool each: take every match, oldest first, one per call, instead of the
        newest: for files that hold changes only
    """

    scheme: str
    host: str = ""
    port: int = 0
    path: str = ""
    username: str = ""
    host_key: str = ""
    passive: bool = True
    tls_verify: bool = True
    headers: tuple = ()
    token_header: str = "Authorization"
    each: bool = False

    @property
    def real_port(self):
        return self.port or PORTS.get(self.scheme, 0)


@dataclass(frozen=True, repr=False)
class Secret:
    """What proves who we are.  Its text and repr never show it.

    :param str password: of the user, or the passphrase of the private key
    :param str private_key: SFTP: text of an OpenSSH or PEM key
    :param str token: HTTPS: sent in the place's ``token_header``
    """

    password: str = ""
    private_key: str = ""
    token: str = ""

    def __repr__(self):
        return "Secret(hidden)"

    __str__ = __repr__

    def __reduce__(self):
        raise TypeError("A secret is not pickled or copied.")


@dataclass(frozen=True)
class Policy:
    """What the administrator allows; the defaults allow the public internet only.

    :param allowed_hosts: names whose addresses may be private or loopback
    :param allowed_networks: ``10.1.0.0/16``…: addresses allowed though not public
    :param allowed_folders: roots of folder places; none: no folder
    :param int max_bytes: of one file as it is sent
    :param float connect_timeout: seconds for one connection, its TLS or SSH included
    :param float idle_timeout: seconds without a single byte
    :param float total_timeout: seconds for everything together
    :param int max_redirects: that are followed, each checked like the first address
    :param bool allow_http: HTTP without encryption, asked for or redirected to
    :param bool allow_unverified_tls: a place may switch off ``tls_verify``
    :param str ca_file: PEM file of further authorities to trust
    :param float settle: seconds a file in a folder must not have changed
    """

    allowed_hosts: tuple = ()
    allowed_networks: tuple = ()
    allowed_folders: tuple = ()
    max_bytes: int = 2 * 1024**3
    connect_timeout: float = 15.0
    idle_timeout: float = 60.0
    total_timeout: float = 1800.0
    max_redirects: int = 5
    allow_http: bool = False
    allow_unverified_tls: bool = False
    ca_file: str = ""
    settle: float = 2.0


@dataclass(frozen=True)
class Known:
    """The file fetched last: what its `Fetched` said."""

    name: str = ""
    size: int | None = None
    modified: datetime | None = None
    etag: str = ""


@dataclass
class Fetched:
    """A file on disk, or the news that there is nothing new.

    :param str path: where it is; empty if ``unchanged``
    :param str name: of the file at its source; safe to show, no folders in it
    :param int size: bytes
    :param datetime modified: aware, as the source says; None if it does not
    :param str sha256: of its bytes, hexadecimal; empty if ``unchanged``
    :param str etag: of the web server
    :param str source: where from, for people; without secrets and query
    :param bool unchanged: it is the one known already; nothing was written
    :param int waiting: further new files of a place with ``each``
    """

    path: str = ""
    name: str = ""
    size: int | None = None
    modified: datetime | None = None
    sha256: str = ""
    etag: str = ""
    source: str = ""
    unchanged: bool = False
    waiting: int = 0


@dataclass
class Contact:
    """What a first try of a place saw.

    :param list names: of the first files there that match
    :param str host_key: SFTP: ``SHA256:…`` of the server's key
    :param str host_key_line: the same key in full
    :param bool pinned: SFTP: it is the key the place names.  If not, nobody logged in
    """

    names: list = field(default_factory=list)
    host_key: str = ""
    host_key_line: str = ""
    pinned: bool = True
