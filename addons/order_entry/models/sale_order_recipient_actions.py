from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class SaleOrderRecipient(models.Model):
    _inherit = "sale.order.recipient"

    # === BUTTONS === #

    def action_take_out(self):
        """Cancel what these recipients have not got yet; the others keep theirs.

        The order is lowered by it: what is not delivered is not invoiced either.

        :raise UserError: when one of them has nothing left to cancel
        """
        self._check_manageable()
        for row in self:
            if row.state not in ("waiting", "failed", "open", "ready", "partial"):
                raise UserError(
                    self.env._("%(name)s has nothing left to cancel.", name=row.name)
                )
        for rows in self.sudo().grouped("order_id").values():
            rows._call_off()
            for row in rows:
                row.write(
                    {
                        "is_cancelled": True,
                        "to_deliver": False,
                        "to_reserve": False,
                        "error": False,
                        "asked": row._get_delivered(),
                    }
                )
            rows._after_change(self.env._("Taken out: %(names)s"))
        return True

    def action_resend(self):
        """Deliver again: what was cancelled or failed, or a lost parcel once more.

        A replacement for goods that were shipped is neither invoiced nor counted as
        delivered for the order.
        """
        self._check_manageable()
        for row in self:
            if row.state not in ("cancelled", "failed", "shipped"):
                raise UserError(
                    self.env._(
                        "The goods for %(name)s are not shipped yet. Take this "
                        "recipient out first, or wait until they are shipped.",
                        name=row.name,
                    )
                )
        shipped = self.filtered(
            lambda row: row.state == "shipped" and not row.is_cancelled
        )
        shipped.sudo()._send_replacement()
        for rows in (self - shipped).sudo().grouped("order_id").values():
            for row in rows:
                row.write(
                    {
                        "is_cancelled": False,
                        "error": False,
                        "to_deliver": True,
                        "asked": row._get_delivered() or False,
                    }
                )
            rows._after_change(self.env._("Delivered again: %(names)s"))
            rows.order_id._division_launch()
        return True

    def action_open_transfers(self):
        """Open the transfers of one recipient."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "stock.picking",
            "view_mode": "list,form",
            "domain": [("division_recipient_id", "=", self.id)],
        }

    def action_replace_address(self):
        """Open the dialog that sends what is left to another address."""
        self.ensure_one()
        self._check_manageable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Another address for %(name)s", name=self.name),
            "res_model": "sale.order.recipient.address",
            "view_mode": "form",
            "target": "new",
            "context": {"default_recipient_id": self.id},
        }

    # === RIGHTS === #

    def _check_manageable(self):
        """Whether the user may decide about these deliveries.

        :raise AccessError: when he may not write the orders
        :raise UserError: when an order is not confirmed, or locked
        """
        orders = self.order_id
        orders.check_access("write")
        for order in orders:
            if order.state != "sale":
                raise UserError(
                    self.env._("%(order)s is not confirmed.", order=order.name)
                )
            if order.locked:
                raise UserError(
                    self.env._(
                        "%(order)s is locked. Unlock it first.", order=order.name
                    )
                )

    # === STEPS === #

    def _call_off(self):
        """Cancel transfers that are not done; add-ons that buy cancel that as well."""
        self.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        ).action_cancel()

    def _get_delivered(self):
        """What of each line one recipient has got already.

        :return: quantity by order line id, as in ``asked``
        :rtype: dict[str, float]
        """
        self.ensure_one()
        got = {}
        for move in self.picking_ids.move_ids:
            line = move.sale_line_id
            if (
                not line
                or move.state != "done"
                or not move.location_dest_id._is_outgoing()
            ):
                continue
            quantity = move.product_uom._compute_quantity(
                move.quantity, line.product_uom_id, rounding_method="HALF-UP"
            )
            got[str(line.id)] = got.get(str(line.id), 0.0) + quantity
        return got

    def _after_change(self, text):
        """Have the order ask for what its recipients get now, and say why.

        :param str text: with ``%(names)s`` for the recipients
        """
        order = self.order_id
        for line in order.order_line.filtered(lambda line: line._is_divided()):
            line.write({"division_qty": line.division_qty})
        order.message_post(body=text % {"names": ", ".join(self.mapped("name"))})

    def _send_replacement(self):
        """One more transfer of what was shipped, outside of the order's own count."""
        for row in self:
            done = row.picking_ids.filtered(
                lambda picking: (
                    picking.state == "done" and picking.picking_type_code == "outgoing"
                )
            )
            last = done.sorted("date_done")[-1:]
            if not last:
                raise UserError(
                    self.env._(
                        "%(name)s was supplied by a vendor. Ask the vendor to send it "
                        "again.",
                        name=row.name,
                    )
                )
            replacement = self.env["stock.picking"].create(
                {
                    "picking_type_id": last.picking_type_id.id,
                    "partner_id": row.address_id.id,
                    "location_id": last.location_id.id,
                    "location_dest_id": last.location_dest_id.id,
                    "carrier_id": last.carrier_id.id,
                    "origin": self.env._(
                        "%(order)s, replacement", order=row.order_id.name
                    ),
                    "division_recipient_id": row.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": move.product_id.id,
                                "product_uom": move.product_uom.id,
                                "product_uom_qty": move.quantity,
                                "location_id": last.location_id.id,
                                "location_dest_id": last.location_dest_id.id,
                                "company_id": last.company_id.id,
                            }
                        )
                        for move in last.move_ids
                        if move.state == "done"
                    ],
                }
            )
            replacement.action_confirm()
            row.order_id.message_post(
                body=self.env._(
                    "%(picking)s replaces what %(name)s did not get.",
                    picking=replacement.name,
                    name=row.name,
                )
            )

    def _replace_address(self, address):
        """Send what is left to another address.

        :param address: one ``res.partner`` record
        :raise UserError: when nothing is left, or nothing can be sent there
        :raise ReviewError: when the rules forbid sending it there
        """
        self.ensure_one()
        self._check_manageable()
        row = self.sudo()
        if row.state in ("shipped", "cancelled", "skipped"):
            raise UserError(
                self.env._("Nothing is left to be sent to %(name)s.", name=row.name)
            )
        values = row._prepare_recipient_values(row.order_id, address.sudo())
        values = {**values, "address_id": address.id}
        missing = row._get_missing_address_fields(address.sudo())
        if values["problem"] in ("archived", "company") or missing:
            raise UserError(
                self.env._(
                    "Nothing can be sent to %(address)s. Complete its address first, "
                    "or choose another one.",
                    address=address.sudo().display_name,
                )
            )
        company = row.company_id
        if (
            row.address_id.with_company(company).property_stock_customer
            != address.sudo().with_company(company).property_stock_customer
        ):
            raise UserError(
                self.env._(
                    "Goods for %(address)s take another way through the warehouse. "
                    "Cancel this delivery and order anew.",
                    address=address.sudo().display_name,
                )
            )
        before = row.order_id._review_snapshot()
        old = row.address_inline
        row.write(
            {
                "address_id": address.id,
                "address": row._format_address(address.sudo()),
            }
        )
        row._send_to_new_address()
        row.order_id._review_guard_edit(before)
        row.order_id.message_post(
            body=self.env._(
                "%(name)s gets the goods at another address: %(new)s (before: %(old)s)",
                name=row.name,
                new=row.address_inline,
                old=old,
            )
        )

    def _send_to_new_address(self):
        """Correct what is under way; add-ons that buy tell the vendor."""
        self.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        ).partner_id = self.address_id
