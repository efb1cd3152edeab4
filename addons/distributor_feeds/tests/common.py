"""One distributor, one account, one feed, and files made of a few lines."""

import hashlib
import os
import tempfile

from odoo.tests import TransactionCase

from ..transport import Fetched

HEADER = "sku;stock;price;title;brand;part"
RULES = {
    "code": "sku",
    "quantity": "stock",
    "price": "price",
    "name": "title",
    "manufacturer": "brand",
    "mpn": "part",
}


def write_file(folder, lines, name="stock.csv"):
    """Write lines as a file and return it as if it had been fetched."""
    data = "".join(f"{line}\n" for line in lines).encode()
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return Fetched(
        path=path,
        name=name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        source="test",
    )


class FeedCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.distributor = cls.env["res.partner"].create(
            {"name": "Borealis IT", "is_company": True}
        )
        cls.account = cls.env["distributor.account"].create(
            {"distributor_id": cls.distributor.id}
        )
        cls.profile = cls.env["distributor.feed.profile"].create(
            {
                "name": "Borealis stock",
                "delimiter": ";",
                "rule_ids": [
                    (0, 0, {"target": target, "column": column})
                    for target, column in RULES.items()
                ],
            }
        )
        cls.feed = cls._feed()
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())

    @classmethod
    def _feed(cls, **values):
        return cls.env["distributor.feed"].create(
            {
                "name": "Hourly stock",
                "account_id": cls.account.id,
                "profile_id": cls.profile.id,
                **values,
            }
        )

    def _run(self, *lines, feed=None, header=HEADER, **values):
        """Load a file of these lines and return its run."""
        run = self.env["distributor.feed.run"].create(
            {"feed_id": (feed or self.feed).id, **values}
        )
        run._keep_file(write_file(self.folder, [header, *lines]))
        run._load()
        return run

    def _offer(self, code, warehouse=""):
        return self.env["distributor.offer"].search(
            [
                ("account_id", "=", self.account.id),
                ("code", "=", code),
                ("warehouse", "=", warehouse),
            ]
        )
