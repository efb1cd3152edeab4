from odoo.tests import new_test_user, tagged

from odoo.addons.order_entry.tests.common_division_shop import DivisionShopCommon

FIRST, SECOND = "1Z999AA10123456784", "1Z12345E1512345676"


@tagged("post_install", "-at_install")
class TestStoryDivision(DivisionShopCommon):
    """Two members of a division, and who ordered for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = new_test_user(
            cls.env,
            login="track_member_store",
            password="track_member_store",
            groups="base.group_portal",
            partner_id=cls.stores[0].id,
            name=cls.stores[0].name,
        )
        cls.order = cls._division_order(partner_id=cls.manager.partner_id.id)
        cls.order.action_confirm()
        cls.own, cls.other = cls.order.recipient_ids.sorted("number")[:2]
        cls.own.picking_ids.carrier_tracking_ref = FIRST
        cls.other.picking_ids.carrier_tracking_ref = SECOND

    def test_a_member_reads_of_his_own_shipment_alone(self):
        self._login_as(self.member)
        names = [one.picking_ids.name for one in (self.own, self.other)]
        for url in (f"/my/orders/{self.order.id}", "/my/deliveries", "/my/orders"):
            page = self._text(self._page(url))
            self.assertNotIn(SECOND, page)
            self.assertNotIn(names[1], page)
        self.assertIn(FIRST, self._text(self._page("/my/deliveries")))
        parcels = self.env["stock.parcel"].with_user(self.member).search([])
        self.assertEqual(parcels.mapped("name"), [FIRST])

    def test_who_ordered_reads_of_all(self):
        self._login_as(self.manager)
        page = self._text(self._page(f"/my/orders/{self.order.id}"))
        self.assertIn(FIRST, page)
        self.assertIn(SECOND, page)

    def test_employees_are_not_held_back(self):
        clerk = new_test_user(
            self.env, "track_division_clerk", "stock.group_stock_user"
        )
        parcels = self.env["stock.parcel"].with_user(clerk)
        found = parcels.search([("order_id", "=", self.order.id)])
        self.assertEqual(set(found.mapped("name")), {FIRST, SECOND})
