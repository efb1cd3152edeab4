"""Two distributors, their showrooms and people, and ways to post for them."""

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.trade_network.tests.common import TradeCommon


class PostedCommon(TradeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls._relation(cls.mills, cls.center, account_number="DC14")
        cls._relation(cls.mills, cls.atelier, account_number="ATN")
        cls._relation(cls.alto, cls.center, account_number="A-1014")
        cls.desk = cls._portal_user("po_desk", cls.mills)
        cls.other_desk = cls._portal_user("po_other_desk", cls.alto)
        cls.clerk = cls._portal_user("po_clerk", cls.center)
        cls.neighbour = cls._portal_user("po_neighbour", cls.atelier)
        cls.rep = cls._portal_user("po_rep", role="sales_rep")
        cls._relation(cls.mills, cls.rep.partner_id, "sales_rep", account_number="R-5")
        cls.designer = cls._portal_user("po_designer", role="designer")
        cls._relation(
            cls.mills, cls.designer.partner_id, "designer", account_number="TR-1"
        )
        cls.inventory = cls.env.ref("order_track.service_inventory")

    @classmethod
    def _open_inventory(cls, distributor, *users, **vals):
        return cls._subscription(
            distributor,
            *users,
            service_id=cls.inventory.id,
            distributor_id=distributor.id,
            **vals,
        )

    def _take(self, kind, rows, full=False, user=None, name="file.csv"):
        """Take a file as a desk does; returns the posting, previewed."""
        content = rows if isinstance(rows, bytes) else "\n".join(rows).encode()
        posts = self.env["track.post"].with_user(user or self.desk)
        post = posts._take(kind, full, name, content)
        post._preview()
        return post

    def _post(self, kind, rows, full=False, user=None):
        """Post a file as a desk does; returns the posting, done."""
        post = self._take(kind, rows, full, user)
        self.assertEqual(post.state, "draft", post.message)
        post._confirm()
        self.assertEqual(post.state, "done", post.message)
        return post

    def _counts(self, post):
        return (post.created, post.changed, post.unchanged, post.ended, post.rejected)

    def _found(self, kind, ref, distributor=None):
        model = self.env[f"track.{kind}"].with_context(active_test=False)
        return model.search(
            [
                ("external_ref", "=", ref),
                ("distributor_id", "=", (distributor or self.mills).id),
            ]
        )

    def _reasons(self, post):
        return {reject.row: reject.reason for reject in post.reject_ids}

    @classmethod
    def _new_employee(cls, login, *groups):
        return new_test_user(
            cls.env, login=login, groups=",".join(("base.group_user", *groups))
        )

    @classmethod
    def _iso(cls, days):
        return fields.Date.to_string(cls._day(days))
