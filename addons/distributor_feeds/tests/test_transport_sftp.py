import hashlib
import io
import os
import socket
import threading
import time
from unittest.mock import patch

import paramiko

from odoo.addons.distributor_feeds import rehearsal, transport
from odoo.addons.distributor_feeds.rehearsal import certificates, sftp_server
from odoo.addons.distributor_feeds.transport import names, sftp

from .common_transport import TransportCase
from .transport_servers import raw_server


class TestSftp(TransportCase):
    def place(self, name="items.csv", **changes):
        return transport.Place(**{**self.shop.sftp_place(name), **changes})

    def put(self, name, content=b"x"):
        path = os.path.join(os.fsencode(self.shop.files_folder), os.fsencode(name))
        with open(path, "wb") as file:
            file.write(content)
        self.addCleanup(os.unlink, path)
        return path

    def test_file_arrives_whole_and_the_same_one_is_not_taken_again(self):
        fetched = self.fetch(self.place())
        self.assertEqual(self.taken(), self.served())
        sha256 = hashlib.sha256(self.served()).hexdigest()
        self.assertEqual((fetched.name, fetched.sha256), ("items.csv", sha256))
        known = transport.Known(fetched.name, fetched.size, fetched.modified)
        self.assertTrue(self.fetch(self.place(), known=known).unchanged)

    def test_more_than_one_window(self):
        content = os.urandom(sftp.WINDOW * 2 + 12_345)
        self.put("big.bin", content)
        self.assertEqual(self.fetch(self.place("big.bin")).size, len(content))
        self.assertEqual(self.taken(), content)

    def test_only_the_pinned_key(self):
        other = paramiko.Ed25519Key.from_private_key(
            io.StringIO(certificates.private_key().decode())
        )
        line = f"{other.get_name()} {other.get_base64()}"
        with patch.object(rehearsal.sftp_server._Door, "check_auth_password") as asked:
            for key in (other.fingerprint, line, "SHA256:", self.shop.host_key[:-1]):
                self.refused("host_key", self.place(host_key=key))
            for key in ("", "MD5:aa:bb", "ssh-rsa AAAA", "ssh-ed25519 AAAA****"):
                self.refused("host_key", self.place(host_key=key))
            asked.assert_not_called()

    def test_pin_as_a_line_with_or_without_host_and_comment(self):
        contact = self.look(self.place(host_key=""))
        for line in (
            contact.host_key_line,
            f"[sftp.example]:2222 {contact.host_key_line}",
            f"{contact.host_key_line} root@sftp",
        ):
            self.assertTrue(self.fetch(self.place(host_key=line)).size)

    def test_key_of_the_kind_that_is_pinned_is_asked_for(self):
        rsa = paramiko.RSAKey.generate(2048)
        start = paramiko.Transport.start_server

        def with_rsa(end, *arguments, **options):
            end.add_server_key(rsa)
            return start(end, *arguments, **options)

        with patch.object(paramiko.Transport, "start_server", with_rsa):
            for key in (rsa.fingerprint, f"ssh-rsa {rsa.get_base64()}"):
                self.assertTrue(self.fetch(self.place(host_key=key)).size)

    def look(self, place):
        return transport.test_connection(place, self.secret, self.policy())

    def test_first_look_shows_the_key_and_does_not_log_in(self):
        with patch.object(rehearsal.sftp_server._Door, "check_auth_password") as asked:
            contact = self.look(self.place(host_key=""))
            asked.assert_not_called()
        self.assertEqual(contact.host_key, self.shop.host_key)
        self.assertEqual((contact.pinned, contact.names), (False, []))
        contact = self.look(self.place("*.csv"))
        self.assertIn("items.csv", contact.names)

    def test_login(self):
        self.refused("login", self.place(), secret=transport.Secret(password="no"))
        self.refused("login", self.place(), secret=transport.Secret(private_key="no"))

    def test_private_key_encrypted_or_not(self):
        text = certificates.private_key().decode()
        key = paramiko.Ed25519Key.from_private_key(io.StringIO(text))
        rsa = paramiko.RSAKey.generate(2048)
        locked = io.StringIO()
        rsa.write_private_key(locked, password="phrase")
        door = (self.shop.user, self.shop.password, (key.asbytes(), rsa.asbytes()))
        with patch.object(self.shop.servers["sftp"], "_door", door):
            for secret in (
                transport.Secret(private_key=text),
                transport.Secret("ignored", text),
                transport.Secret("phrase", locked.getvalue()),
            ):
                self.assertTrue(self.fetch(self.place(), secret=secret).size)
            wrong = transport.Secret("wrong", locked.getvalue())
            self.refused("login", self.place(), secret=wrong)

    def test_keys_and_agent_of_this_computer_are_not_used(self):
        with patch.object(paramiko.Agent, "__init__") as agent:
            self.refused("login", self.place(), secret=transport.Secret())
            agent.assert_not_called()

    def test_strange_names_and_ten_thousand(self):
        for number in range(10_000):
            self.put(f"{number}.many")
        for name in (b"\xff.many", b"a\nb.many"):
            self.put(name)
        began = time.monotonic()
        self.assertEqual(self.fetch(self.place("*.many")).size, 1)
        self.assertLess(time.monotonic() - began, 15)
        with patch.object(names, "MAX_NAMES", 9_999):
            self.refused("too_many_names", self.place("*.many"))

    def test_only_ordinary_files(self):
        os.mkdir(self.shop.path_of("folder.d"))
        self.addCleanup(os.rmdir, self.shop.path_of("folder.d"))
        self.refused("bad_name", self.place("folder.d"))
        self.refused("not_found", self.place("*.d"))
        self.refused("not_found", self.place("missing.csv"))
        for path in ("../a", "a\0b", "a\nb", "a/../b", ""):
            self.refused("bad_name", self.place(path=path))

    def test_changed_while_reading(self):
        path = self.put("a.bin", bytes(100_000))

        def replaced(_done, _expected):
            os.utime(path, (1e9, 1e9))

        def longer(_done, _expected):
            with open(path, "ab") as file:
                file.write(b"more")

        def shorter(_done, _expected):
            os.truncate(path, 10)

        for change in (replaced, longer, shorter):
            with self.subTest(change.__name__):
                with open(path, "wb") as file:
                    file.write(bytes(10_000_000))
                self.refused(
                    "changed_while_reading", self.place("a.bin"), progress=change
                )

    def test_sizes_that_lie(self):
        self.put("a.bin", bytes(200_000))
        stat = sftp_server._Files.stat

        def says(size):
            def told(files, path):
                attributes = stat(files, path)
                attributes.st_size = size
                return attributes

            return patch.multiple(sftp_server._Files, stat=told, lstat=told)

        with says(2**40):
            self.refused("too_big", self.place("a.bin"))
        with says(10):
            self.refused("changed_while_reading", self.place("a.bin"))
        with says(None):
            self.assertEqual(self.fetch(self.place("a.bin")).size, 200_000)
            os.unlink(self.target)
            policy = self.policy(max_bytes=100_000)
            self.refused("too_big", self.place("a.bin"), policy)
        with says(300_000):
            self.refused("changed_while_reading", self.place("a.bin"))

    def test_cut_in_the_middle(self):
        self.put("a.bin", bytes(20_000_000))
        server = self.shop.servers["sftp"]

        def cut(_done, _expected):
            for transport_ in server._transports:
                transport_.sock.close()

        began = time.monotonic()
        self.refused("connection", self.place("a.bin"), progress=cut)
        self.assertLess(time.monotonic() - began, 10)

    def test_silence_in_the_middle_ends(self):
        self.put("a.bin", bytes(100_000))
        over = threading.Event()
        self.addCleanup(over.set)
        with patch.object(
            paramiko.SFTPHandle, "read", lambda *_arguments: over.wait(20) and b""
        ):
            policy = self.policy(idle_timeout=1)
            self.refused("timeout", self.place("a.bin"), policy)
            began = time.monotonic()
            self.refused("timeout", self.place("a.bin"), self.policy(total_timeout=1))
            self.assertLess(time.monotonic() - began, 6)

    def test_what_is_not_ssh(self):
        def endless(sock):
            while True:
                sock.sendall(b"x" * 65536)

        def big_packet(sock):
            sock.sendall(b"SSH-2.0-x\r\n")
            while True:
                sock.sendall(b"\xff" * 65536)

        def silent(sock):
            time.sleep(5)

        def http(sock):
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        def gone(sock):
            sock.shutdown(socket.SHUT_RDWR)

        for talk in (endless, big_packet, silent, http, gone):
            with self.subTest(talk.__name__), raw_server(talk) as port:
                began = time.monotonic()
                place = self.place(port=port)
                self.refused("connection", place, self.policy(connect_timeout=2))
                self.assertLess(time.monotonic() - began, 12)
