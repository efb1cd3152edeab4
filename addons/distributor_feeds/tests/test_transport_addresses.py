import pickle
import unittest
import unittest.mock

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.transport import addresses, names

from .common_transport import TransportCase


class TestAddresses(unittest.TestCase):
    def test_only_the_public_internet_is_open(self):
        closed = transport.Policy()
        for text in (
            "127.0.0.1", "127.255.0.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1",
            "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
            "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
            "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1",
            "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "fe80::1",
            "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1",
            "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "fec0::1", "100::1",
            "3fff::1", "5f00::1",
        ):  # fmt: skip
            self.assertFalse(addresses.is_allowed(text, closed), text)
        for text in (
            "1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111",
            "::ffff:8.8.8.8", "64:ff9b::808:808",
        ):  # fmt: skip
            self.assertTrue(addresses.is_allowed(text, closed), text)

    def test_the_administrator_opens_networks_and_hosts(self):
        office = transport.Policy(allowed_networks=("10.1.0.0/16", "fd00:1::/32"))
        for text in ("10.1.2.3", "::ffff:10.1.2.3", "fd00:1::5", "64:ff9b::a01:203"):
            self.assertTrue(addresses.is_allowed(text, office), text)
        for text in ("10.2.0.1", "127.0.0.1", "fd00:2::1"):
            self.assertFalse(addresses.is_allowed(text, office), text)
        for text in ("127.0.0.1", "169.254.169.254", "::1", "fe80::1"):
            self.assertTrue(addresses.is_allowed(text, office, listed=True), text)
        everything = transport.Policy(allowed_networks=("0.0.0.0/0", "::/0"))
        for text in ("0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255"):
            self.assertFalse(addresses.is_allowed(text, everything, listed=True), text)

    def test_hosts_are_names_or_plain_addresses(self):
        for text, clean in (
            ("FTP.Example.COM.", "ftp.example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("192.0.2.1", "192.0.2.1"),
            ("[2001:DB8::1]", "2001:db8::1"),
        ):
            self.assertEqual(addresses.clean_host(text), clean)
        for text in (
            "", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1",
            "1.2.3", "[::1", "%6c", "localhost\\@x",
            "a b", "a/b", "a@b", "a:80", "a\nb", "a\0b", "-a.example", "a..b", "x" * 64,
            "file:///etc/passwd", "999.1.1.1", "１２７.0.0.1",
        ):  # fmt: skip
            with self.assertRaises(transport.TransportError, msg=text) as caught:
                addresses.clean_host(text)
            self.assertEqual(caught.exception.code, "bad_place")

    def test_one_bad_address_of_several_refuses_the_host(self):
        def resolver(_host, port, *_hints):
            return [
                (2, 1, 6, "", (address, port)) for address in ("8.8.8.8", "127.0.0.1")
            ]

        with unittest.mock.patch.object(addresses, "resolver", resolver):
            with self.assertRaises(transport.TransportError) as caught:
                addresses.addresses_of("a.example", 443, transport.Policy(), 5)
        self.assertEqual(caught.exception.code, "refused_address")


class TestNames(unittest.TestCase):
    def test_names_that_lead_elsewhere_or_hide_are_not_taken(self):
        for name in (
            "", ".", "..", "a/b", "../a", "a\\b", "a\0b", "a\nb", "a\rb", "a\x1bb",
            "a\u202eb", "a\u2028b", "a\udcffb", "x" * 256,
        ):  # fmt: skip
            self.assertFalse(names.is_safe(name), repr(name))
        for name in ("a.csv", "Größe 1.xlsx", "..a", "a..b", "在庫.csv"):
            self.assertTrue(names.is_safe(name), name)

    def test_a_pattern_of_stars_takes_no_time(self):
        entries = [names.Entry("a" * 250)] * 1000
        self.assertFalse(names.matching(entries, "*a" * 40 + "b"))

    def test_hidden_files_must_be_asked_for(self):
        entries = [names.Entry(".a.csv"), names.Entry("a.csv"), names.Entry("a.CSV")]
        self.assertEqual([e.name for e in names.matching(entries, "*.csv")], ["a.csv"])
        self.assertEqual([e.name for e in names.matching(entries, ".*")], [".a.csv"])


class TestPlaces(TransportCase):
    def test_unknown_schemes(self):
        for scheme in ("file", "gopher", "data", "", "HTTPS", "ftp\n"):
            self.refused("bad_place", transport.Place(scheme, "localhost", 1, "/x"))

    def test_loopback_is_refused_for_every_scheme_unless_listed(self):
        for scheme in ("https", "ftp", "ftps", "sftp"):
            for host in ("localhost", "127.0.0.1", "::1", "[::ffff:127.0.0.1]"):
                place = transport.Place(scheme, host, 1, "/x", host_key="SHA256:x")
                self.refused("refused_address", place, self.policy(allowed_hosts=()))

    def test_a_secret_is_not_shown_or_copied(self):
        secret = transport.Secret("word", "key", "token")
        self.assertEqual(f"{secret} {secret!r}", "Secret(hidden) Secret(hidden)")
        self.assertRaises(TypeError, pickle.dumps, secret)
