"""Somebody's records, full of secrets, and people who have no business with them."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.sample_library.tests.request_common import RequestCommon

#: Stands in every text that only the owners may read.
SECRET = "Zyxwv"
NUMBER = "1Z999AA10123456784"


class World(RequestCommon):
    """Sample Center asks the mill for Dora, by the rep; Harbor buys, and is shipped to.

    ``foreign`` has their records per model. ``people`` have records of their own kind
    elsewhere, or none: they deal with the loom, the atelier, or nobody.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # who deals with the mill, its reps may know
        cls.rep.name = f"{SECRET} {cls.rep.name}"
        cls.library.name = f"{SECRET} library"
        cls.foreign = {}
        cls._make_trade()
        cls._make_samples()
        cls._make_order()
        cls._make_posted()
        # those who deal with the same distributor are the nearest to a leak
        ray = cls._rep()
        cls._deal(cls.atelier, "showroom", "A-9")
        cls._deal(ray, "sales_rep", "R-9")
        cls.people = {
            "distributor": cls._portal("d", cls.loom),
            "showroom": cls._portal("s", cls.atelier),
            "rep": cls._portal("r", ray),
            "designer": cls._portal("g", cls.other_designer),
            "nobody": cls._user("nobody", "base.group_portal"),
            "employee": cls._user("plain", "base.group_user"),
            "clerk": cls.neighbour,
            "salesman": cls._user("seller", "sales_team.group_sale_salesman"),
        }

    @classmethod
    def _keep(cls, *records):
        for record in records:
            kept = cls.foreign.get(record._name, record.browse())
            cls.foreign[record._name] = (kept | record).with_env(cls.env)

    @classmethod
    def _rep(cls):
        return cls.env["res.partner"].create(
            {
                "name": "Sample Ray",
                "email": "ray@example.com",
                "trade_role_ids": [Command.link(cls.roles["sales_rep"].id)],
            }
        )

    @classmethod
    def _deal(cls, partner, role, number):
        """Somebody deals with the mill."""
        return cls.env["trade.relation"].create(
            {
                "distributor_id": cls.mill.id,
                "partner_id": partner.id,
                "role_id": cls.roles[role].id,
                "account_number": number,
                "date_from": "2020-01-01",
            }
        )

    @classmethod
    def _make_trade(cls):
        relations = cls._deal(cls.center, "showroom", f"{SECRET}-1")
        relations |= cls._deal(cls.rep, "sales_rep", f"{SECRET}-R")
        service = cls.env["trade.service"].create({"name": "Crawl", "code": "crawl"})
        subscription = cls.env["trade.subscription"].create(
            {
                "service_id": service.id,
                "payer_id": cls.center.id,
                "date_from": "2020-01-01",
            }
        )
        cls._keep(*relations, subscription)

    @classmethod
    def _make_samples(cls):
        copy = cls._copy(f"{SECRET}-7")
        copy.with_user(cls.clerk).scan_out(
            cls.library.id, cls.designer.id, copy.tag, "crawl-scan-1"
        )
        kit = cls.env["sample.kit"].create(
            {
                "name": f"{SECRET} kit",
                "library_id": cls.library.id,
                "line_ids": [Command.create({"item_id": cls.item.id, "quantity": 1})],
            }
        )
        order = cls._order(
            [(cls.item, 3)], project=f"{SECRET} lobby", rep_id=cls.rep.id
        )
        order.with_user(cls.clerk).action_send()
        request = order.request_ids
        link = cls.env["sample.request.link"].create(
            {"request_id": request.id, "email": f"{SECRET}@example.com"}
        )
        loan = cls.env["sample.loan"].search([("copy_id", "=", copy.id)])
        cls._keep(copy, loan, kit, kit.line_ids, order, request, link)
        cls._keep(*request.line_ids, *request.notice_ids, cls.library)

    @classmethod
    def _make_order(cls):
        owner = new_test_user(
            cls.env, "crawl_owner", "sales_team.group_sale_salesman_all_leads"
        )
        harbor = cls.env["res.partner"].create(
            {"name": f"{SECRET} Harbor", "email": f"{SECRET}@harbor.example"}
        )
        goods = cls.env["product.product"].create(
            {"name": "Crawl Lamp", "type": "consu", "invoice_policy": "order"}
        )
        order = cls.env["sale.order"].create(
            {
                "partner_id": harbor.id,
                "user_id": owner.id,
                "client_order_ref": f"{SECRET}-PO",
                "order_line": [
                    Command.create(
                        {
                            "product_id": goods.id,
                            "name": f"{SECRET} lamp",
                            "product_uom_qty": 2,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        picking = order.picking_ids
        picking.carrier_tracking_ref = NUMBER
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.button_validate()
        parcel = picking.parcel_ids
        event = cls.env["stock.parcel.event"].create(
            {"parcel_id": parcel.id, "kind": "in_transit", "place": f"{SECRET} depot"}
        )
        link = cls.env["track.link"]._of(order, f"{SECRET}@harbor.example")
        notices = cls.env["track.notice"].search([("order_id", "=", order.id)])
        cls._keep(order, *order.order_line, picking, harbor, owner)
        cls._keep(parcel, *parcel.line_ids, event, link, *notices)
        harbor.track_rep_ids = cls.rep
        cls._keep(
            cls.env["track.follow.up"].create(
                {
                    "rep_id": cls.rep.id,
                    "order_id": order.id,
                    "due_on": "2026-12-24",
                    "note": f"{SECRET} gift",
                }
            )
        )

    @classmethod
    def _make_posted(cls):
        """What the mill posts: for Sample Center, with rows that are refused."""
        desk = cls._portal("desk", cls.mill)
        cls.env["trade.subscription"].create(
            {
                "service_id": cls.env.ref("order_track.service_inventory").id,
                "payer_id": cls.mill.id,
                "distributor_id": cls.mill.id,
                "date_from": "2020-01-01",
            }
        )
        account = f"{SECRET}-1"
        soon = fields.Date.today() + timedelta(days=20)
        for kind, *rows in (
            ("order", "external_ref,account_number,sidemark,item_code,quantity",
             f"o1,{account},{SECRET} client,A,1", "o2,nobody,x,A,1"),
            ("reserve",
             "external_ref,account_number,sidemark,item_code,quantity,held_until",
             f"r1,{account},{SECRET} client,A,1,{soon}"),
            ("freight", "external_ref,account_number,tracking_number",
             f"f1,{account},{NUMBER}"),
            ("customer", "account_number,name,showroom",
             f"C-1,{SECRET} Villa,{account}"),
            ("stock", "item_code,piece,on_hand", f"{SECRET}9,R1,5"),
            ("mill_order", "name,item_code", f"{SECRET}-M,A"),
            ("product", "item_code,pattern", "A,Willow"),
        ):  # fmt: skip
            post = (
                cls.env["track.post"]
                .with_user(desk)
                ._take(kind, False, f"{SECRET}.csv", "\n".join(rows).encode())
            )
            post._preview()
            post._confirm()
            cls._keep(post, *post.reject_ids)
        for model in (
            "track.order", "track.order.line", "track.reserve", "track.freight",
            "track.customer", "track.stock", "track.stock.piece", "track.mill.order",
            "track.product",
        ):  # fmt: skip
            records = cls.env[model].search([])
            if "distributor_id" in records:
                records = records.filtered(lambda one: one.distributor_id == cls.mill)
            assert records, model
            cls._keep(*records)
        reserve = cls.foreign["track.reserve"]
        notices = cls.env["track.reserve.notice"]
        notices._tell(reserve, "warning")
        cls._keep(notices.search([("reserve_id", "=", reserve.id)]))
        keys = cls.env["track.key"]
        keys._make_key({"name": f"{SECRET} key", "distributor_id": cls.mill.id})
        cls._keep(keys.search([("distributor_id", "=", cls.mill.id)]))
