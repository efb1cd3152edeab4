"""What the tests build on: two distributors, two showrooms, people of every role."""

from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

from .rpc import RpcMixin


class TradeCommon(RpcMixin, BaseCommon):
    @classmethod
    def default_env_context(cls):
        # tracking stays on: who changed a relation is part of the promise
        return {"no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.env.company
        cls.there = cls.env["res.company"].create({"name": "Trade There"})
        # a new company is open to whoever made it
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.here.ids}
        )
        cls.roles = {
            code: cls.env.ref(f"trade_network.role_{code}")
            for code in ("distributor", "showroom", "sales_rep", "designer")
        }
        cls.alto, cls.mills, cls.center, cls.atelier = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True}
                for name in ("Trade Alto", "Trade Mills", "Trade Center", "Trade North")
            ]
        )
        cls.service = cls.env["trade.service"].create(
            {"name": "Trade Stock", "code": "trade_test_stock"}
        )
        cls.today = fields.Date.context_today(cls.env.user)

    @classmethod
    def _day(cls, days):
        """The day that many days from today."""
        return cls.today + timedelta(days=days)

    @classmethod
    def _relation(cls, distributor, partner, role="showroom", **vals):
        """A relation without first and last day, unless these are given."""
        return cls.env["trade.relation"].create(
            {
                "distributor_id": distributor.id,
                "partner_id": partner.id,
                "role_id": cls.roles[role].id,
                "date_from": False,
                **vals,
            }
        )

    @classmethod
    def _subscription(cls, payer, *users, **vals):
        """A subscription that began ten days ago, unless something else is given."""
        if users:
            vals["partner_ids"] = [Command.set([user.id for user in users])]
        return cls.env["trade.subscription"].create(
            {
                "service_id": cls.service.id,
                "payer_id": payer.id,
                "date_from": cls._day(-10),
                **vals,
            }
        )

    @classmethod
    def _portal_user(cls, login, parent=None, role=None):
        """A portal user; the role, if one is given, is the person's own."""
        user = new_test_user(
            cls.env, login=f"trade_{login}", groups="base.group_portal"
        )
        user.partner_id.parent_id = parent
        if role:
            user.partner_id.trade_role_ids = cls.roles[role]
        return user

    @classmethod
    def _employee(cls, login, *groups, **vals):
        groups = ",".join(("base.group_user", *groups))
        return new_test_user(cls.env, login=f"trade_{login}", groups=groups, **vals)

    @staticmethod
    def _field_names(arch):
        """Names of the fields of a view, without those of lists within it."""
        return {
            node.get("name")
            for node in etree.fromstring(arch).iter("field")
            if not any(up.tag == "field" for up in node.iterancestors())
        }
