from collections import defaultdict

from odoo import models
from odoo.fields import Command


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _division_parcels(self):
        """What is sent to one place, as an order that carriers can be asked about.

        Recipients in the same country, state and postal code are in one place.  The
        order in memory is the same for all places but for its address: use one before
        asking for the next.

        :return: iterator of ``(sale.order in memory, recipients at the place)``
        """
        self.ensure_one()
        order = self.sudo()
        recipients = order.recipient_ids._gets_goods()
        if not recipients:
            return
        places = defaultdict(recipients.browse)
        for recipient in recipients:
            address = recipient.address_id
            places[address.country_id, address.state_id, address.zip] |= recipient
        parcel = order.new(
            {
                "name": order.name,
                "partner_id": order.partner_id.id,
                "partner_shipping_id": recipients[:1].address_id.id,
                "company_id": order.company_id.id,
                "pricelist_id": order.pricelist_id.id,
                "currency_id": order.currency_id.id,
                "date_order": order.date_order,
                "website_id": order.website_id.id,
                "warehouse_id": order.warehouse_id.id,
                "fiscal_position_id": order.fiscal_position_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "product_uom_id": line.product_uom_id.id,
                            "product_uom_qty": line.division_qty,
                            "price_unit": line.price_unit,
                            "discount": line.discount,
                            "tax_ids": [Command.set(line.tax_ids.ids)],
                        }
                    )
                    for line in order.order_line
                    if line._is_divided()
                ],
            }
        )
        for rows in places.values():
            parcel.partner_shipping_id = rows[:1].address_id
            parcel.fiscal_position_id = order.fiscal_position_id
            yield parcel, rows
