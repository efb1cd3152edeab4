from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.trade_network.context import as_system


class TrackReserve(models.Model):
    """What showrooms and reps do with reserves in the portal."""

    _inherit = "track.reserve"

    @api.model
    def hold_item(
        self,
        distributor_id,
        item_code,
        quantity,
        held_until,
        sidemark,
        account_number=None,
        color=None,
        dye_lot=None,
        piece=None,
    ):
        """Hold so much of an item for a client, in the name of the user.

        :param int distributor_id: a distributor the user deals with as showroom or rep
        :param str item_code: of the distributor
        :param float quantity: in the unit of the distributor
        :param held_until: the last day, as date or ISO text
        :param str sidemark: the client
        :param str account_number: for which account; by default the user's own
        :return: id of the reserve
        :raise AccessError: the account is not the user's
        :raise UserError: too long, too much, or something is missing
        """
        words = self._check_words(
            item_code=item_code,
            sidemark=sidemark,
            account_number=account_number,
            color=color,
            dye_lot=dye_lot,
            piece=piece,
        )
        distributor = self.env["res.partner"].sudo().browse(int(distributor_id))
        day = fields.Date.to_date(held_until)
        quantity = self._check_quantity(quantity)
        if not words["item_code"] or not words["sidemark"] or not day:
            raise UserError(self.env._("Say what is held, for whom, and until when."))
        parties = self._own_account(distributor, words.pop("account_number"))
        self._check_until(distributor, day)
        stock = self.env["track.stock"]._find_item(
            distributor.id, words["item_code"], words["color"]
        )
        if stock:
            self._take_stock(stock, quantity)
            words["item_code"] = stock.item_code
        number = self.env["ir.sequence"].sudo().next_by_code("track.reserve")
        reserve = as_system(self).create(
            {
                **parties,
                **words,
                "distributor_id": distributor.id,
                "external_ref": number,
                "name": number,
                "company_id": self.env.company.id,
                "origin": "portal",
                "posted_at": fields.Datetime.now(),
                "requested_by_id": self.env.uid,
                "reserved_on": fields.Date.today(),
                "held_until": day,
                "quantity": quantity,
                "unit": stock.unit,
                "description": stock.description,
                "pattern": stock.pattern,
                "stock_id": stock.id,
                "state": "held",
            }
        )
        return reserve.id

    def action_extend(self, held_until):
        """Hold longer, at most as long as the distributor lets one hold from today.

        :param held_until: the last day, as date or ISO text
        """
        day = fields.Date.to_date(held_until)
        for reserve in self._own_held():
            if not day or day < reserve.held_until:
                raise UserError(self.env._("Choose a later day."))
            self._check_until(reserve.distributor_id, day)
            reserve.held_until = day
        return True

    def action_release(self):
        """Give back what is held."""
        reserves = self._own_held()
        reserves.state = "released"
        for distributor in reserves.distributor_id:
            self.env["track.stock"]._count_held(distributor.id)
        return True

    def action_convert(self, customer_po=None):
        """Ask for an order of what is held; it stays held for it.

        :param str customer_po: the customer's own number
        :return: id of the order, the last one if there are several
        """
        words = self._check_words(customer_po=customer_po)
        order = self.env["track.order"]
        for reserve in self._own_held():
            number = self.env["ir.sequence"].sudo().next_by_code("track.order")
            order = as_system(order).create(
                {
                    **{
                        name: reserve[name]
                        for name in (
                            "account_number", "showroom_number", "rep_number",
                            "sidemark",
                        )
                    },
                    **{
                        name: reserve[name].id
                        for name in (
                            "distributor_id", "company_id", "partner_id",
                            "showroom_id", "rep_id",
                        )
                    },
                    **words,
                    "name": number,
                    "external_ref": number,
                    "origin": "portal",
                    "posted_at": fields.Datetime.now(),
                    "ordered_on": fields.Date.today(),
                    "status": "requested",
                    "own_reference": reserve.name,
                    "requested_by_id": self.env.uid,
                    "line_ids": [
                        Command.create(
                            {
                                "sequence": 1,
                                **{
                                    name: reserve[name]
                                    for name in (
                                        "item_code", "description", "pattern", "color",
                                        "dye_lot", "quantity", "unit",
                                    )
                                },
                            }
                        )
                    ],
                }
            )  # fmt: skip
            reserve.write(
                {"state": "converted", "order_id": order.id, "order_ref": number}
            )
        return order.id
