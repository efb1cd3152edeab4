from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.trade_network.tests.mail_server import MailServerMixin
from odoo.addons.trade_network.tests.rpc import RpcMixin


class TrackCommon(RpcMixin, MailServerMixin, TransactionCase):
    """Orders of a shop that ships its goods itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Harbor Offices",
                "email": "harbor@example.com",
                "is_company": True,
                "street": "1 Quay",
                "zip": "10115",
                "country_id": cls.env.ref("base.de").id,
            }
        )
        cls.lamp = cls._product("Track Lamp", 10)
        cls.chair = cls._product("Track Chair", 100)
        cls.clerk = new_test_user(
            cls.env,
            "track_clerk",
            "stock.group_stock_user,sales_team.group_sale_salesman_all_leads",
        )

    @classmethod
    def _product(cls, name, price, **values):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "list_price": price,
                "invoice_policy": "order",
                "weight": 1.5,
                **values,
            }
        )
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.warehouse.lot_stock_id, 1000
        )
        return product

    @classmethod
    def _order(cls, lines, confirm=True, **values):
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": qty})
                    for product, qty in lines
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def _deliver(self, order, quantities=None, ref=None):
        """Validate the open delivery of an order, in part if quantities are given.

        :param dict quantities: done quantity per product; all that is open by default
        :param str ref: tracking numbers, as they are typed on the transfer
        :return: the transfer that is done
        """
        picking = order.picking_ids.filtered(
            lambda one: one.state not in ("done", "cancel")
        )
        picking.ensure_one()
        picking.action_assign()
        for move in picking.move_ids:
            if quantities is not None:
                move.quantity = quantities.get(move.product_id, 0)
            move.picked = bool(move.quantity)
        if ref:
            picking.carrier_tracking_ref = ref
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def _cron(self, name):
        """Run a scheduled action of the add-on as Odoo does."""
        with self.enter_registry_test_mode():
            self.env.ref(f"order_track.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def _mail_out(self):
        """Let the scheduled action send what waits.

        :return: what arrived since the last time, per address
        :rtype: dict[str, list[email.message.EmailMessage]]
        """
        self.inbox.mails.clear()
        self._cron("ir_cron_notices")
        return dict(self.inbox.mails)
