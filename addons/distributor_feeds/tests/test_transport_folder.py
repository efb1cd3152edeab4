import os
import threading
import time
from unittest.mock import patch

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.transport import folder, names

from .common_transport import TransportCase


class TestFolder(TransportCase):
    def setUp(self):
        super().setUp()
        self.inbox = os.path.join(self.folder, "inbox")
        os.mkdir(self.inbox)

    def policy(self, **changes):
        return super().policy(**{"allowed_folders": (self.inbox,), **changes})

    def put(self, name, content=b"x", age=60):
        path = os.path.join(os.fsencode(self.inbox), os.fsencode(name))
        with open(path, "wb") as file:
            file.write(content)
        os.utime(path, (time.time() - age,) * 2)
        return os.fsdecode(path)

    def place(self, name, **options):
        return transport.Place("folder", path=os.path.join(self.inbox, name), **options)

    def known(self, fetched):
        return transport.Known(fetched.name, fetched.size, fetched.modified)

    def test_newest_match(self):
        self.put("a.csv", b"old", 200)
        self.put("b.csv", b"new", 100)
        self.put("c.txt", b"other", 50)
        fetched = self.fetch(self.place("*.csv"))
        self.assertEqual((fetched.name, self.taken()), ("b.csv", b"new"))
        known = self.known(fetched)
        self.assertTrue(self.fetch(self.place("*.csv"), known=known).unchanged)
        self.put("b.csv", b"changed", 90)
        self.assertFalse(self.fetch(self.place("*.csv"), known=known).unchanged)

    def test_each_match_in_its_order(self):
        for age, name in ((300, "c.csv"), (200, "a.csv"), (100, "b.csv")):
            self.put(name, name.encode(), age)
        place, known, taken = self.place("*.csv", each=True), None, []
        while not (fetched := self.fetch(place, known=known)).unchanged:
            taken.append((fetched.name, fetched.waiting))
            known = self.known(fetched)
        self.assertEqual(taken, [("c.csv", 2), ("a.csv", 1), ("b.csv", 0)])

    def test_only_below_the_allowed_roots(self):
        secret = os.path.join(self.folder, "secret.csv")
        with open(secret, "w") as file:
            file.write("secret")
        for path in (
            secret, f"{self.inbox}/../secret.csv", "secret.csv", "/etc/passwd",
            f"{self.inbox}x/secret.csv", "/proc/self/environ", "", "inbox/a.csv",
        ):  # fmt: skip
            with self.subTest(path):
                with self.assertRaises(transport.TransportError) as caught:
                    self.fetch(transport.Place("folder", path=path))
                self.assertIn(caught.exception.code, ("refused_folder", "bad_name"))
        self.refused("refused_folder", self.place("a"), self.policy(allowed_folders=()))

    def test_links_do_not_lead_out(self):
        with open(os.path.join(self.folder, "secret.csv"), "w") as file:
            file.write("secret")
        os.symlink(f"{self.folder}/secret.csv", f"{self.inbox}/link.csv")
        os.symlink(self.folder, f"{self.inbox}/up")
        self.refused("refused_folder", self.place("link.csv"))
        self.refused("refused_folder", self.place("up/secret.csv"))
        self.refused("not_found", self.place("*.csv"))

    def test_a_folder_swapped_for_a_link_after_the_check(self):
        os.mkdir(f"{self.inbox}/sub")
        with open(os.path.join(self.folder, "a.csv"), "w") as file:
            file.write("secret")
        real = os.path.realpath

        def swap(path):
            found = real(path)
            if str(path).endswith("/sub"):
                os.rename(f"{self.inbox}/sub", f"{self.inbox}/gone")
                os.symlink(self.folder, f"{self.inbox}/sub")
            return found

        with patch.object(folder.os.path, "realpath", swap):
            self.refused("refused_folder", self.place("sub/a.csv"))

    def test_queues_devices_and_folders_are_refused_at_once(self):
        os.mkfifo(f"{self.inbox}/queue.csv")
        os.mkdir(f"{self.inbox}/folder.csv")
        began = time.monotonic()
        self.refused("bad_name", self.place("queue.csv"))
        self.refused("bad_name", self.place("folder.csv"))
        self.refused("not_found", self.place("*.csv"))
        null = transport.Place("folder", path="/dev/zero")
        self.refused("bad_name", null, self.policy(allowed_folders=("/dev",)))
        self.assertLess(time.monotonic() - began, 5)

    def test_a_growing_file_waits(self):
        path = self.put("a.csv", age=0)
        over = threading.Event()

        def grow():
            with open(path, "ab") as file:
                while not over.wait(0.02):
                    file.write(b"x")
                    file.flush()

        writer = threading.Thread(target=grow)
        writer.start()
        try:
            self.refused("growing", self.place("a.csv"), self.policy(settle=0.3))
        finally:
            over.set()
            writer.join()
        self.assertTrue(self.fetch(self.place("a.csv")).size)

    def test_changed_while_reading(self):
        path = self.put("a.csv", b"x" * 100)

        def progress(_done, _expected):
            with open(path, "ab") as file:
                file.write(b"more")

        self.refused("changed_while_reading", self.place("a.csv"), progress=progress)

    def test_too_big(self):
        self.put("a.csv", b"x" * 100)
        self.refused("too_big", self.place("a.csv"), self.policy(max_bytes=99))
        self.fetch(self.place("a.csv"), self.policy(max_bytes=100))

    def test_ten_thousand_names_and_strange_ones(self):
        for number in range(10_000):
            self.put(f"{number:05}.csv", age=20_000 - number)
        for name in (b"a\nb.csv", b"\xff\xfe.csv", "\u202egnp.csv".encode()):
            self.put(name, age=0)
        began = time.monotonic()
        self.assertEqual(self.fetch(self.place("*.csv")).name, "09999.csv")
        self.assertLess(time.monotonic() - began, 3)
        with patch.object(names, "MAX_NAMES", 9_999):
            self.refused("too_many_names", self.place("*.csv"))

    def test_names_in_the_place(self):
        for name in ("a\0b", "a\nb", "", "../a"):
            self.refused("bad_name", self.place(name))
        self.refused("not_found", self.place("missing.csv"))
        self.refused("not_found", self.place("missing/a.csv"))

    def test_look(self):
        self.put("a.csv", age=20)
        self.put("b.csv", age=10)
        place = self.place("*.csv")
        contact = transport.test_connection(place, transport.Secret(), self.policy())
        self.assertEqual(contact.names, ["b.csv", "a.csv"])

    def test_a_full_disk_is_told(self):
        self.put("a.csv")
        self.target = "/dev/full/x"
        with self.assertRaises(transport.TransportError) as caught:
            self.fetch(self.place("a.csv"))
        self.assertEqual(caught.exception.code, "disk")
