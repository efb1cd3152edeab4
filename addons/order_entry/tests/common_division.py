"""A region of stores that one person orders for."""

from odoo import Command

from odoo.addons.order_review.tests.common import ReviewCommon

from ..models import sale_order_recipient, sale_order_recipient_deliver


class DivisionCommon(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.env["res.partner"].create(
            cls._customer_vals("Hanna Head", is_company=True)
        )
        cls.stores = cls._stores(3)
        cls.manager = cls._user("division", "base.group_portal")
        cls.manager.partner_id.write(cls._customer_vals("Mara Manager"))
        cls.manager.partner_id.parent_id = cls.head
        cls.region = cls._division("Region West", cls.stores)
        cls.region.manager_ids = cls.manager
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )

    @classmethod
    def _stores(cls, count, prefix="Store"):
        """Stores of the head office, each with a complete address of its own."""
        return cls.env["res.partner"].create(
            [
                cls._customer_vals(
                    f"{prefix} {number:03}",
                    parent_id=cls.head.id,
                    type="delivery",
                    street=f"{number} Store Street",
                )
                for number in range(1, count + 1)
            ]
        )

    @classmethod
    def _division(cls, name, partners, **vals):
        return cls.env["order.division"].create(
            {
                "name": name,
                "partner_id": cls.head.id,
                "member_ids": [
                    Command.create({"partner_id": partner.id}) for partner in partners
                ],
                **vals,
            }
        )

    @classmethod
    def _division_order(cls, *lines, division=None, **vals):
        """A quotation for a division.

        :param lines: ``(product, quantity per recipient)``; two displays by default
        """
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.head.id,
                "division_id": (division or cls.region).id,
                "order_line": [
                    Command.create({"product_id": product.id, "division_qty": quantity})
                    for product, quantity in lines or [(cls.display, 2)]
                ],
                **vals,
            }
        )

    def _work(self):
        """Let the job in the background do all its work, without commits.

        :return: how many portions it took
        """
        portions = 0
        while self.env["sale.order.recipient"]._deliver_portion():
            portions += 1
            self.assertLess(portions, 200, "the job finds work for ever")
        return portions

    def _shares(self, order):
        """What each recipient gets by his live transfers.

        :return: ``{name: {product name: quantity}}``
        """
        self.env.invalidate_all()
        shares = {}
        for recipient in order.recipient_ids:
            goods = shares.setdefault(recipient.partner_id.name, {})
            for move in recipient.picking_ids.move_ids:
                if move.state != "cancel":
                    name = move.product_id.name
                    goods[name] = goods.get(name, 0.0) + move.product_uom_qty
        return shares

    def _everybody(self, **goods):
        """What :meth:`_shares` says when every store gets the same."""
        names = {"display": self.display.name, "lamp": self.lamp.name}
        wanted = {names[key]: quantity for key, quantity in goods.items()}
        return {store.name: dict(wanted) for store in self.stores}

    def _storable(self):
        (self.display | self.lamp).is_storable = True

    def _many(self, above=1, portion=2):
        """Have the job in the background do it, in small portions."""
        self.patch(sale_order_recipient, "DEFER_ABOVE", above)
        self.patch(sale_order_recipient_deliver, "PORTION", portion)
