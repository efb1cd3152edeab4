import hashlib
import os
import socket
import time
from unittest.mock import patch

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.transport import ftp
from odoo.addons.distributor_feeds.transport.ftp_client import Client

from .common_transport import TransportCase
from .transport_servers import FTP_ANSWERS, ftp_talk, raw_server


class TestFtp(TransportCase):
    def both(self):
        return self.shop.ftp_place, self.shop.ftps_place

    def place(self, answers, path="a.csv", data=b"a;1\n", hook=None, **options):
        talk = ftp_talk({**FTP_ANSWERS, **answers}, data, hook)
        server = raw_server(talk)
        self.addCleanup(server.__exit__, None, None, None)
        port = server.__enter__()
        return transport.Place("ftp", "localhost", port, path, "me", **options)

    def test_file_arrives_whole_and_the_same_one_is_not_taken_again(self):
        for place in self.both():
            with self.subTest(place.__name__):
                fetched = self.fetch(place())
                content = self.served()
                self.assertEqual(self.taken(), content)
                self.assertEqual(fetched.sha256, hashlib.sha256(content).hexdigest())
                self.assertIsNotNone(fetched.modified.tzinfo)
                known = transport.Known(fetched.name, fetched.size, fetched.modified)
                self.assertTrue(self.fetch(place(), known=known).unchanged)

    def test_active_mode(self):
        for place in self.both():
            with self.subTest(place.__name__):
                self.fetch({**place(), "passive": False})
                self.assertEqual(self.taken(), self.served())

    def test_newest_match_by_the_dates_of_the_listing(self):
        for number, name in enumerate(("z.old", "a.old", "m.old"), 1):
            path = self.shop.path_of(name)
            with open(path, "w") as file:
                file.write(name)
            self.addCleanup(os.unlink, path)
            os.utime(path, (1e9 + number,) * 2)
        self.assertEqual(self.fetch(self.shop.ftp_place("*.old")).name, "m.old")
        with patch.object(Client, "sendcmd", _without_mls):
            self.assertEqual(self.fetch(self.shop.ftp_place("*.old")).name, "m.old")
            with patch.object(ftp, "MAX_ASKED", 2):
                self.refused("too_many_names", self.shop.ftp_place("*.old"))
        place = transport.Place(**self.shop.ftp_place("*.old"))
        contact = transport.test_connection(place, self.secret, self.policy())
        self.assertEqual(contact.names, ["m.old", "a.old", "z.old"])

    def test_login_and_missing_files(self):
        for place in self.both():
            wrong = transport.Secret(password="wrong")
            self.refused("login", place(), secret=wrong)
            self.refused("not_found", place("missing.csv"))
            self.refused("not_found", place("*.missing"))
            self.refused("not_found", place("missing/*.csv"))
            self.refused(
                "login", place(), secret=transport.Secret(password="a\r\nDELE")
            )

    def test_ftps_proves_itself_before_the_password_goes(self):
        self.refused("tls", self.shop.ftps_place(), self.policy(ca_file=""))
        seen = []
        plain = self.place({}, hook=seen.append)
        place = transport.Place("ftps", "localhost", plain.port, "a.csv", "me")
        self.refused("tls", place)
        self.assertEqual(seen, [b"AUTH TLS\r\n"])

    def test_file_of_another_computer_is_refused(self):
        answers = {"EPSV": b"500 no\r\n", "PASV": b"227 ok (10,0,0,1,1,2)\r\n"}
        self.refused("refused_address", self.place(answers))
        answers["PASV"] = b"227 ok (127,0,0,2,1,2)\r\n"
        self.refused("refused_address", self.place(answers))

    def test_old_passive_answer_of_the_server_itself(self):
        self.fetch(self.place({"EPSV": b"500 no\r\n"}))
        self.assertEqual(self.taken(), b"a;1\n")

    def test_extended_answer_that_names_another_computer_changes_nothing(self):
        with patch.object(socket, "create_connection", wraps=socket.create_connection):
            told = {"EPSV": b"229 ok (|1|10.0.0.1|{port}|)\r\n"}
            self.fetch(self.place(told))
            for call in socket.create_connection.call_args_list:
                self.assertEqual(call.args[0][0], "127.0.0.1")

    def test_stranger_on_the_active_connection(self):
        def stranger(line):
            if line.startswith(b"EPRT") or line.startswith(b"PORT"):
                numbers = line.decode().split()[1].split(",")
                port = int(numbers[4]) * 256 + int(numbers[5])
                sock = socket.socket()
                sock.bind(("127.0.0.9", 0))
                sock.connect(("127.0.0.1", port))
                self.addCleanup(sock.close)

        place = self.place(
            {"PORT": b"200 ok\r\n", "RETR": b"226 done\r\n"},
            hook=stranger,
            passive=False,
        )
        self.refused("refused_address", place, self.policy(idle_timeout=3))

    def test_strange_answers(self):
        for answers, code in (
            ({"EPSV": b"229 ok (|||99999|)\r\n"}, "server"),
            ({"EPSV": b"229 ok (|||x|)\r\n"}, "server"),
            ({"PASS": b"\xff\xfe\r\n"}, "login"),
            ({"PASS": b""}, "connection"),
            ({"TYPE": b"421 later\r\n"}, "busy"),
            ({"RETR": b"426 cut\r\n"}, "connection"),
            ({"RETR": b"451 cut\r\n"}, "connection"),
            ({"RETR": b""}, "connection"),
            ({"RETR": b"x" * 20_000 + b"\r\n"}, "server"),
            ({"SIZE": b"213 5\r\n"}, "connection"),
            ({"SIZE": b"213 999999999999\r\n"}, "too_big"),
            ({"TYPE": b"200-x\r\n" * 1000}, "server"),
        ):
            with self.subTest(str(answers)[:40]):
                self.refused(code, self.place(answers))

    def test_changed_while_reading(self):
        def dates():
            yield b"20260101000000"
            yield b"20260101000001"

        rest = dates()
        place = self.place({"SIZE": b"213 4\r\n"})
        asked = Client.sendcmd

        def sendcmd(client, command):
            if command.startswith("MDTM"):
                return f"213 {next(rest).decode()}"
            return asked(client, command)

        with patch.object(Client, "sendcmd", sendcmd):
            self.refused("changed_while_reading", place)

    def test_endless_answers_and_data(self):
        def endless(sock):
            while True:
                sock.sendall(b"220-x\r\n" * 1000)

        def drip(sock):
            while True:
                sock.sendall(b"2")
                time.sleep(0.05)

        for talk, code in ((endless, "server"), (drip, "timeout")):
            with raw_server(talk) as port:
                place = transport.Place("ftp", "localhost", port, "a.csv", "me")
                self.refused(code, place, self.policy(total_timeout=1))
        policy = self.policy(max_bytes=1000)
        self.refused("too_big", self.place({}, data=bytes(100_000)), policy)

    def test_names_of_a_hostile_listing(self):
        facts = b"type=file;size=4;modify=20260101000000; "
        bad = (b"../../x.csv", b"/etc/x.csv", b"a\0.csv", b"\xff.csv", b"a\rb.csv", b"")
        listing = b"".join(facts + name + b"\r\n" for name in bad)
        self.refused("not_found", self.place({}, "*.csv", listing))
        listing += (
            b"nonsense\r\ntype=dir; dir.csv\r\ntype=file;size=x;modify=1; ok.csv\r\n"
        )
        place = self.place({}, "*.csv", listing)
        contact = transport.test_connection(place, self.secret, self.policy())
        self.assertEqual(contact.names, ["ok.csv"])
        many = b"".join(facts + b"%d.csv\r\n" % number for number in range(10_000))
        place = self.place({}, "*.csv", many)
        contact = transport.test_connection(place, self.secret, self.policy())
        self.assertEqual(len(contact.names), 20)

    def test_commands_cannot_be_smuggled_in_names(self):
        for path in ("a\r\nDELE b", "a\nb", "a\0b", "../a", "a/../../b", ""):
            self.refused("bad_name", {**self.shop.ftp_place(), "path": path})


def _without_mls(client, command):
    word = command.split()[0]
    if word.startswith("MLS"):
        command = "NOSUCH"
    return super(Client, client).sendcmd(command)
