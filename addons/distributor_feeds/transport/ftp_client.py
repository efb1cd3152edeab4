"""An FTP client that speaks over checked connections (RFC 959, 2428, 4217)."""

import ftplib
import socket

from .errors import TransportError
from .line import tls_context
from .place import IMPLICIT_FTPS_PORT

_MAX_ANSWER_LINES = 500


class Client(ftplib.FTP_TLS):
    """Speaks FTP over the sockets of a `Line`.

    Its encoding is Latin-1, which keeps every byte; `wire` turns names into UTF-8.
    """

    def __init__(self, line, place, host):
        self._encrypted = place.scheme == "ftps"
        context = tls_context(place, line.policy) if self._encrypted else None
        super().__init__(
            context=context, timeout=line.policy.connect_timeout, encoding="latin-1"
        )
        self._line, self.host, self.port = line, host, place.real_port
        self._extended = True
        self.set_pasv(place.passive)

    def enter(self, place, secret):
        """Connect, encrypt, log in."""
        self.sock = self._line.dial(self.host, self.port)
        self.af = self.sock.family
        implicit = self._encrypted and self.port == IMPLICIT_FTPS_PORT
        if implicit:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        if self._encrypted and not implicit:
            self._start_tls()
        for text in (place.username, secret.password):
            if "\r" in text or "\n" in text:
                raise login_refused("")
        try:
            self.login(wire(place.username), wire(secret.password), secure=False)
        except ftplib.Error as error:
            raise login_refused(code_of(error)) from None
        if self._encrypted:
            self.prot_p()
        self.voidcmd("TYPE I")

    def _start_tls(self):
        try:
            self.auth()
        except ftplib.Error:
            raise TransportError(
                "tls",
                "The server does not encrypt (FTPS), so we did not log in. Ask the"
                " distributor for SFTP or FTPS.",
            ) from None

    def getmultiline(self):
        """An answer of some lines; ftplib itself reads on for ever."""
        lines = [self.getline()]
        end = lines[0][:3] + " "
        while lines[0][3:4] == "-" and (len(lines) == 1 or lines[-1][:4] != end):
            if len(lines) > _MAX_ANSWER_LINES:
                raise ftplib.error_proto("endless")
            lines.append(self.getline())
        return "\n".join(lines)

    def makepasv(self):
        peer = self.sock.getpeername()[0]
        try:
            if self._extended or self.af != socket.AF_INET:
                answer = self.sendcmd("EPSV")
                return peer, _port(ftplib.parse229(answer, (peer,))[1])
        except ftplib.error_perm:
            self._extended = False
        except ValueError:
            raise ftplib.error_proto("port") from None
        host, port = ftplib.parse227(self.sendcmd("PASV"))
        if host != peer:
            raise TransportError(
                "refused_address",
                "The server wants to send the file from another address (%(address)s),"
                " which is refused. Ask the distributor to set its FTP server's"
                " passive address right, or try the active mode.",
                address=host,
            )
        return peer, _port(port)

    def ntransfercmd(self, cmd, rest=None):
        conn, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        try:
            if conn.getpeername()[0] != self.sock.getpeername()[0]:
                raise TransportError(
                    "refused_address",
                    "Another computer than the server opened the connection for the"
                    " file. Try the passive mode.",
                )
            self._line.watch(conn)
            if self._encrypted:
                # Many servers insist on the session of the control connection.
                conn = self.context.wrap_socket(
                    conn, server_hostname=self.host, session=self.sock.session
                )
        except BaseException:
            conn.close()
            raise
        return conn, size


def code_of(error):
    code = str(error)[:3]
    return code if code.isascii() and code.isdigit() else ""


def login_refused(code):
    return TransportError(
        "login",
        "The server refused our user or password (%(code)s). Enter them again, or ask"
        " the distributor.",
        code=code or "-",
    )


def _port(number):
    if not 0 < number < 65536:
        raise ftplib.error_proto("port")
    return number


def wire(text):
    return text.encode().decode("latin-1")
