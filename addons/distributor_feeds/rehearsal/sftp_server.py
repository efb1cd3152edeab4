"""The rehearsal distributor's SFTP: read-only, one user."""

import hmac
import logging
import os
import socket
import threading

import paramiko

# Clients that hang up are no news here, and paramiko logs them as errors.
_LOG = "paramiko.rehearsal"
logging.getLogger(_LOG).setLevel(logging.CRITICAL + 1)
logging.getLogger(_LOG).propagate = False


class _Door(paramiko.ServerInterface):
    def __init__(self, user, password, public_keys):
        self._user, self._password, self._keys = user, password, public_keys

    def get_allowed_auths(self, username):
        return "password,publickey"

    def check_auth_password(self, username, password):
        right = username == self._user and hmac.compare_digest(
            password.encode(), self._password.encode()
        )
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_auth_publickey(self, username, key):
        right = username == self._user and key.asbytes() in self._keys
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        if kind == "session":
            return paramiko.OPEN_SUCCEEDED
        return paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, server, root, *arguments, **options):
        super().__init__(server, *arguments, **options)
        self._root = os.path.realpath(root)

    def list_folder(self, path):
        try:
            return [
                paramiko.SFTPAttributes.from_stat(item.stat(), _sent(item.name))
                for item in os.scandir(self._real(path))
            ]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def stat(self, path):
        try:
            return paramiko.SFTPAttributes.from_stat(os.stat(self._real(path)))
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    lstat = stat

    def open(self, path, flags, attr):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            return paramiko.SFTP_PERMISSION_DENIED
        try:
            file = os.fdopen(os.open(self._real(path), os.O_RDONLY), "rb")
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = file
        return handle

    def _real(self, path):
        # canonicalize() leaves no ".." above the root
        return os.path.join(self._root, self.canonicalize(path).lstrip("/"))


def _sent(name):
    """A name as paramiko can send it: bytes if it is not UTF-8."""
    raw = os.fsencode(name)
    return raw if raw.decode(errors="ignore") != name else name


class SftpServer:
    """Serves a folder until `close`.

    :param str root: folder
    :param str host_key: path of the server's private key
    :param public_keys: bytes of the public keys that may log in
    """

    def __init__(self, root, host_key, user, password, host, port=0, public_keys=()):
        self.key = paramiko.Ed25519Key.from_private_key_file(host_key)
        self._root, self._door = root, (user, password, public_keys)
        self._socket = socket.create_server((host, port))
        self.port = self._socket.getsockname()[1]
        self._open, self._transports = True, []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._open = False
        # accept() does not notice a close
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for transport in self._transports:
            transport.close()

    def _serve(self):
        while self._open:
            try:
                client, _address = self._socket.accept()
            except OSError:
                return
            self._transports = [one for one in self._transports if one.is_active()]
            transport = paramiko.Transport(client)
            transport.set_log_channel(_LOG)
            transport.add_server_key(self.key)
            transport.set_subsystem_handler(
                "sftp", paramiko.SFTPServer, _Files, self._root
            )
            transport.start_server(event=threading.Event(), server=_Door(*self._door))
            self._transports.append(transport)
