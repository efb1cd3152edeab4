"""The rehearsal distributor's FTP and FTPS, where pyftpdlib is installed."""

import importlib.util
import logging
import threading


def is_there():
    """Whether this Python has what FTP needs."""
    return importlib.util.find_spec("pyftpdlib") is not None


class FtpServer:
    """Serves a folder, read-only, until `close`.

    :param str certificate: PEM file with key and certificate: FTPS, and nothing without
        encryption; empty: plain FTP
    """

    def __init__(self, root, user, password, host, port=0, certificate=""):
        from pyftpdlib.authorizers import DummyAuthorizer
        from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
        from pyftpdlib.ioloop import IOLoop
        from pyftpdlib.servers import ThreadedFTPServer

        # Without a handler pyftpdlib sets up the logging of the whole process.
        logging.getLogger("pyftpdlib").addHandler(logging.NullHandler())
        logging.getLogger("pyftpdlib").propagate = False
        authorizer = DummyAuthorizer()
        authorizer.add_user(user, password, root, perm="elr")
        base = TLS_FTPHandler if certificate else FTPHandler
        # In a rehearsal nobody guesses passwords: a wrong one is told at once.
        rehearsed = {"authorizer": authorizer, "auth_failed_timeout": 0}
        handler = type("Handler", (base,), rehearsed)
        if certificate:
            handler.certfile = certificate
            handler.tls_control_required = handler.tls_data_required = True
        self._server = ThreadedFTPServer((host, port), handler, IOLoop())
        self.port = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._open = True
        self._thread.start()

    def close(self):
        self._open = False
        self._thread.join(5)
        self._server.close_all()

    def _serve(self):
        while self._open:
            self._server.serve_forever(timeout=0.1, blocking=False, handle_exit=False)
