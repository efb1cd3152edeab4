"""What tests of requests build on: two distributors, showrooms, a rep."""

from odoo import Command

from odoo.addons.sample_library.models.sample_request_answer import Answer
from odoo.addons.trade_network.tests.mail_server import MailServerMixin

from .common import SampleCommon

DESK = "sample_library.group_sample_desk"


class RequestCommon(MailServerMixin, SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loom = cls.env["res.partner"].create(
            {"name": "Sample Loom", "is_company": True, "email": "loom@example.com"}
        )
        cls.roles = {
            code: cls.env.ref(f"trade_network.role_{code}")
            for code in ("distributor", "showroom", "sales_rep", "designer")
        }
        for role, partners in (
            ("distributor", cls.mill | cls.loom),
            ("showroom", cls.center | cls.atelier),
            ("designer", cls.studio),
        ):
            partners.trade_role_ids = [Command.link(cls.roles[role].id)]
        cls.studio.write({"street": "5 Mill Lane", "city": "Leeds"})
        cls.rep = cls.env["res.partner"].create(
            {
                "name": "Sample Rory",
                "email": "rory@example.com",
                "trade_role_ids": [Command.link(cls.roles["sales_rep"].id)],
            }
        )
        cls.loom_item = cls._item("Tweed", "Moss", distributor_id=cls.loom.id)

    @classmethod
    def _portal(cls, login, partner):
        """A portal user who is a contact of a company, or a person himself."""
        person = partner
        if partner.is_company:
            person = cls.env["res.partner"].create(
                {
                    "name": f"Sample {login}",
                    "parent_id": partner.id,
                    "email": f"{login}@example.com",
                }
            )
        user = cls._user(login, "base.group_portal", partner_id=person.id)
        user._sync_trade_groups()
        return user

    @classmethod
    def _order(cls, lines=None, user=None, **vals):
        """A draft of the clerk for the designer.

        :param lines: pairs of item and quantity; one of each distributor by default
        """
        lines = lines or [(cls.item, 1), (cls.loom_item, 2)]
        order = (
            cls.env["sample.order"]
            .with_user(user or cls.clerk)
            .create(
                {
                    "library_id": cls.library.id,
                    "person_id": cls.designer.id,
                    "ship_address": "5 Mill Lane",
                    "line_ids": [
                        Command.create({"item_id": item.id, "quantity": quantity})
                        for item, quantity in lines
                    ],
                    **vals,
                }
            )
        )
        return order.with_user(cls.env.user)

    def _send(self, order, user=None):
        """Send an order as its clerk does; return its requests."""
        self._call(user or self.clerk, order, "action_send")
        return order.request_ids

    def _answer(self, request, *answers, **kwargs):
        """Answer as somebody with a link does, without rights of his own."""
        request.sudo()._answer(
            [Answer(**one) for one in answers],
            **{"answered_by": "mill@example.com", **kwargs},
        )

    def _mail_out(self):
        """Let the scheduled action send what waits.

        :return: what arrived since the last time, per address
        :rtype: dict[str, list[email.message.EmailMessage]]
        """
        self.inbox.mails.clear()
        with self.enter_registry_test_mode():
            self.env.ref("sample_library.ir_cron_notices").method_direct_trigger()
        self.env.invalidate_all()
        return dict(self.inbox.mails)
