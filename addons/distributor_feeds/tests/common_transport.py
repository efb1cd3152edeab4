"""What the tests of `transport` share."""

import os
import shutil
import tempfile
import unittest

from odoo.addons.distributor_feeds import rehearsal, transport


class TransportCase(unittest.TestCase):
    """A rehearsal distributor per class, a place on disk per test."""

    shop_options = {"count": 50, "formats": ("csv",)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = rehearsal.RehearsalDistributor(**cls.shop_options)
        cls.shop.open()
        cls.addClassCleanup(cls.shop.close)
        cls.secret = transport.Secret(password=cls.shop.password)

    def setUp(self):
        super().setUp()
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.target = os.path.join(self.folder, "target")

    def policy(self, **changes):
        usual = {
            "allowed_hosts": ("localhost",),
            "allowed_folders": (self.shop.files_folder, self.folder),
            "ca_file": self.shop.ca_file,
            "connect_timeout": 10.0,
            "idle_timeout": 10.0,
            "total_timeout": 30.0,
            "settle": 0.1,
        }
        return transport.Policy(**{**usual, **changes})

    def fetch(self, place, policy=None, secret=None, **options):
        place = (
            place if isinstance(place, transport.Place) else transport.Place(**place)
        )
        return transport.fetch(
            place,
            secret or self.secret,
            policy or self.policy(),
            self.target,
            **options,
        )

    def refused(self, code, place, policy=None, secret=None, **options):
        """Fetch what must be refused, and change nothing on disk.

        :rtype: transport.TransportError
        """
        before = self.on_disk()
        with self.assertRaises(transport.TransportError) as caught:
            self.fetch(place, policy, secret, **options)
        self.assertEqual(caught.exception.code, code, caught.exception)
        self.assertEqual(self.on_disk(), before)
        return caught.exception

    def on_disk(self):
        """Names and sizes next to the target.

        :rtype: dict
        """
        return {item.name: item.stat().st_size for item in os.scandir(self.folder)}

    def https(self, port, path="/items.csv", **changes):
        return transport.Place("https", "localhost", port, path, **changes)

    def served(self):
        """The file that the distributor offers.

        :rtype: bytes
        """
        with open(self.shop.path_of("items.csv"), "rb") as file:
            return file.read()

    def taken(self):
        with open(self.target, "rb") as file:
            return file.read()
