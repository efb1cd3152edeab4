"""What the tests build on: two showrooms with a library and a clerk each, designers."""

import uuid
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.trade_network.tests.rpc import RpcMixin

CLERK = "sample_library.group_sample_clerk"
MANAGER = "sample_library.group_sample_manager"


class SampleCommon(RpcMixin, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.mill, cls.center, cls.atelier, cls.studio = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "email": f"{mail}@example.com"}
                for name, mail in (
                    ("Sample Mill", "mill"),
                    ("Sample Center", "center"),
                    ("Sample Atelier", "atelier"),
                    ("Sample Studio", "studio"),
                )
            ]
        )
        cls.designer, cls.other_designer = cls.env["res.partner"].create(
            [
                {
                    "name": "Sample Dora",
                    "email": "dora@example.com",
                    "parent_id": cls.studio.id,
                    "barcode": "SAMPLE-DORA",
                },
                {"name": "Sample Dirk", "email": "dirk@example.com"},
            ]
        )
        cls.clerk, cls.neighbour = (
            cls._user(login, CLERK) for login in ("clerk", "neighbour")
        )
        cls.manager = cls._user("manager", MANAGER)
        cls.library = cls._library(cls.center, cls.clerk)
        cls.other_library = cls._library(cls.atelier, cls.neighbour)
        cls.item = cls._item("Willow", "Sage", charge=35)
        cls.other_item = cls._item("Willow", "Mist")
        cls.today = fields.Date.context_today(cls.env.user)

    @classmethod
    def _user(cls, login, *groups, **vals):
        return new_test_user(
            cls.env,
            login=f"sample_{login}",
            groups=",".join(groups or ("base.group_user",)),
            tz="UTC",
            **vals,
        )

    @classmethod
    def _library(cls, partner, *clerks, **vals):
        return cls.env["sample.library"].create(
            {
                "name": f"{partner.name} Library",
                "partner_id": partner.id,
                "clerk_ids": [Command.set([clerk.id for clerk in clerks])],
                **vals,
            }
        )

    @classmethod
    def _item(cls, pattern, color, **vals):
        return cls.env["sample.item"].create(
            {
                "distributor_id": cls.mill.id,
                "pattern": pattern,
                "color": color,
                **vals,
            }
        )

    @classmethod
    def _copy(cls, tag, item=None, library=None, **vals):
        return cls.env["sample.copy"].create(
            {
                "item_id": (item or cls.item).id,
                "library_id": (library or cls.library).id,
                "tag": tag,
                **vals,
            }
        )

    @classmethod
    def _days_ago(cls, days):
        """A moment so many days ago, as a browser says it."""
        return fields.Datetime.to_string(fields.Datetime.now() - timedelta(days=days))

    def _scan_out(self, tag, person=None, user=None, library=None, uid=None, **kwargs):
        """Lend as the screen of a clerk does; return the answer."""
        person = self.designer if person is None else person
        return self._call(
            user or self.clerk,
            self.env["sample.copy"],
            "scan_out",
            (library or self.library).id,
            person.id,
            tag,
            uid or str(uuid.uuid4()),
            **kwargs,
        )

    def _scan_in(self, tag, user=None, library=None, uid=None, **kwargs):
        """Take back as the screen of a clerk does; return the answer."""
        return self._call(
            user or self.clerk,
            self.env["sample.copy"],
            "scan_in",
            (library or self.library).id,
            tag,
            uid or str(uuid.uuid4()),
            **kwargs,
        )

    def _lend(self, copy, person=None, **vals):
        """A loan of a copy, changed as wanted; return it."""
        answer = self._scan_out(
            copy.tag, person, library=copy.library_id, user=vals.pop("user", None)
        )
        self.assertEqual(answer["outcome"], "lent", answer)
        loan = self.env["sample.loan"].browse(answer["loan_id"])
        loan.write(vals)
        return loan

    def _mails(self, partner):
        """Mails to a partner, the first one first."""
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", partner.ids)], order="id"
        )
