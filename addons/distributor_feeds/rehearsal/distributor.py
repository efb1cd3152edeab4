"""A distributor to rehearse with: files by SFTP, FTP and HTTPS, and services."""

import http.client
import os
import shutil
import ssl
import tempfile
import threading
import time
from urllib.parse import urlsplit

from . import goods, moods
from .certificates import need_keys
from .files import FORMATS, Style, write
from .ftp_server import FtpServer, is_there
from .sftp_server import SftpServer
from .web_server import WebServer

#: Columns of the file of stock alone, and of the one of prices alone.
STOCK_COLUMNS = ("code", "mpn", "gtin", "stock", "incoming", "incoming_date")
PRICE_COLUMNS = ("code", "mpn", "gtin", "unit", "pack", "price", "currency")

_DAY = 86_400


class RehearsalDistributor:
    """Runs from ``with`` (or `open`) to its end (or `close`), on this computer only.

    The files are ``items.<format>``, and for CSV also ``stock.csv`` and ``prices.csv``.

    :param int seed: chooses the articles
    :param int count: of articles
    :param float share: of the rows that change with each revision
    :param formats: of `files.FORMATS`
    :param files.Style style: how CSV is written
    :param str folder: for files and keys, kept; empty: a temporary one
    :param dict ports: by ``sftp``, ``ftp``, ``ftps``, ``https``; 0 or missing: any
    :param float slow: seconds that a slow service waits
    :param public_keys: bytes of public keys that may log in by SFTP
    :param bool ftp: offer FTP and FTPS; None: if pyftpdlib is installed
    """

    host = "127.0.0.1"

    def __init__(
        self,
        seed=1,
        count=1_000,
        *,
        share=0.05,
        formats=FORMATS,
        style=None,
        folder="",
        ports=None,
        user="rehearsal",
        password="rehearsal",
        token="rehearsal-token",
        slow=10.0,
        public_keys=(),
        ftp=None,
    ):
        if unknown := sorted(set(formats) - set(FORMATS)):
            raise ValueError(f"no format {', '.join(unknown)}; there is: {FORMATS}")
        self.seed, self.share, self.formats = seed, share, tuple(formats)
        self.style, self.user, self.password = style or Style(), user, password
        self.token, self._slow, self._public_keys = token, slow, tuple(public_keys)
        self._ports, self._wanted = ports or {}, folder
        self._ftp = is_there() if ftp is None else ftp
        self.state = {"mood": "good", "api_mood": "good", "revision": 0, "count": count}
        self.servers, self._lock, self._end = {}, threading.Lock(), threading.Event()
        self._time = 0

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *_exception):
        self.close()

    def open(self):
        """Write the files and start the servers."""
        self.folder = self._wanted or tempfile.mkdtemp(prefix="rehearsal-")
        self.files_folder = os.path.join(self.folder, "files")
        os.makedirs(self.files_folder, exist_ok=True)
        self.keys = need_keys(os.path.join(self.folder, "keys"))
        self._write_all()
        login = {"user": self.user, "password": self.password, "host": self.host}
        root, certificate = self.files_folder, self.keys["server.pem"]
        self.servers["sftp"] = SftpServer(
            root,
            self.keys["host_key"],
            port=self._port("sftp"),
            public_keys=self._public_keys,
            **login,
        )
        self.servers["https"] = WebServer(
            self, certificate, self.host, self._port("https")
        )
        if self._ftp:
            self.servers["ftp"] = FtpServer(root, port=self._port("ftp"), **login)
            self.servers["ftps"] = FtpServer(
                root, port=self._port("ftps"), certificate=certificate, **login
            )

    def close(self):
        """Stop; a temporary folder is removed."""
        self._end.set()
        while self.servers:
            self.servers.popitem()[1].close()
        if not self._wanted:
            shutil.rmtree(self.folder)

    def misbehave(self, mood=None, api_mood=None, revision=None, count=None):
        """Change files or services from now on; what is not given stays as it is.

        :param str mood: of `moods.FILE_MOODS`
        :param str api_mood: of `moods.API_MOODS`
        :param int revision: of the files
        :param int count: of articles
        """
        wanted = {
            "mood": mood, "api_mood": api_mood, "revision": revision, "count": count,
        }  # fmt: skip
        for value, known in ((mood, moods.FILE_MOODS), (api_mood, moods.API_MOODS)):
            if value is not None and value not in known:
                raise ValueError(f"no mood {value}; there is: {', '.join(known)}")
        self.state = {
            **self.state,
            **{name: value for name, value in wanted.items() if value is not None},
        }
        if mood is not None or revision is not None or count is not None:
            self._write_all()

    @property
    def names(self):
        """Names of the files that are there."""
        return sorted(
            name for name in os.listdir(self.files_folder) if not name.startswith(".")
        )

    def path_of(self, name):
        return os.path.join(self.files_folder, name)

    @property
    def ca_file(self):
        return self.keys["ca.pem"]

    @property
    def host_key(self):
        """``SHA256:…`` of the SFTP server."""
        return self.servers["sftp"].key.fingerprint

    @property
    def api_url(self):
        return f"https://localhost:{self.servers['https'].port}/api/stock"

    @property
    def soap_url(self):
        return f"https://localhost:{self.servers['https'].port}/soap"

    @property
    def control_url(self):
        return f"https://localhost:{self.servers['https'].port}/control"

    def sftp_place(self, name="items.csv"):
        """Arguments of a `transport.Place`; so are those of the other ways.

        :rtype: dict
        """
        return self._place("sftp", f"/{name}") | {"host_key": self.host_key}

    def ftp_place(self, name="items.csv"):
        return self._place("ftp", f"/{name}")

    def ftps_place(self, name="items.csv"):
        return self._place("ftps", f"/{name}")

    def https_place(self, name="items.csv"):
        return self._place("https", f"/files/{name}")

    def folder_place(self, name="items.csv"):
        return {"scheme": "folder", "path": self.path_of(name)}

    def push(self, url, token, name="items.csv", ca_file=""):
        """Send a file to somebody who takes pushed files.

        :param str url: ``https://…`` or ``http://…``
        :param str token: sent as Bearer
        :param str ca_file: authority of the other side's certificate
        :return: status and body of the answer
        :rtype: tuple[int, bytes]
        """
        parts = urlsplit(url)
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=ca_file or None)
            connection = http.client.HTTPSConnection(
                parts.netloc, timeout=60, context=context
            )
        elif parts.scheme == "http":
            connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        else:
            raise ValueError("An address begins with https:// or http://.")
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(os.path.getsize(self.path_of(name))),
        }
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with open(self.path_of(name), "rb") as file:
            connection.request("POST", target, file, headers)
            answer = connection.getresponse()
            body = answer.read(65_536)
        connection.close()
        return answer.status, body

    def wait(self):
        """Take the time of a slow service, or less if everything ends."""
        self._end.wait(self._slow)

    def _port(self, kind):
        return self._ports.get(kind, 0)

    def _place(self, scheme, path):
        if scheme not in self.servers:
            raise ValueError("There is no FTP here: install pyftpdlib.")
        return {
            "scheme": scheme,
            "host": "localhost",
            "port": self.servers[scheme].port,
            "path": path,
            "username": self.user,
        }

    def _write_all(self):
        with self._lock:
            # Whole seconds, each its own: SFTP tells no more, and two files in one
            # second would look the same.
            self._time = max(self._time + 1, int(time.time()))
            for kind in self.formats:
                self._write(f"items.{kind}", kind, {})
            if "csv" in self.formats:
                self._write("stock.csv", "csv", {"columns": STOCK_COLUMNS})
                self._write("prices.csv", "csv", {"columns": PRICE_COLUMNS})

    def _write(self, name, kind, changes):
        state, path = self.state, self.path_of(name)
        mood, revision, when = state["mood"], state["revision"], self._time
        if mood == "older":
            revision, when = max(0, revision - 10), when - 10 * _DAY
        articles = goods.items(self.seed, state["count"], revision, self.share)
        style = moods.spoil_style(Style(**{**vars(self.style), **changes}), mood)
        draft = self.path_of(f".{name}.part")
        write(
            draft,
            kind,
            moods.spoil_rows(articles, mood, state["count"]),
            style,
            moods.currency(mood),
        )
        moods.spoil_file(draft, mood)
        if mood == "late":
            if os.path.exists(path):
                os.unlink(path)
            return
        os.utime(draft, (when, when))
        os.replace(draft, path)
