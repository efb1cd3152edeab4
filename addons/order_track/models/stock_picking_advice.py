from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..advices import AdviceError, from_dict, from_ubl
from .stock_parcel import clean_number
from .stock_parcel_hear import ParcelEvent


class StockPicking(models.Model):
    """Dispatch advices: parcels, their contents and the day of arrival."""

    _inherit = "stock.picking"

    @api.model
    def record_dispatch_advice(self, advice):
        """Take a dispatch advice, for programs that get them from a carrier, a
        warehouse or a supplier. Taken again it changes nothing.

        :param advice: a UBL 2.1 DespatchAdvice as text, or a dictionary with ``order``
            (number of our order or transfer), ``ref``, ``expected_on`` and ``parcels``:
            dictionaries with ``number``, ``weight`` and ``items`` (``code``: our SKU or
            bar code, ``quantity``)
        :return: the tracking numbers that were new, and codes that are on no line
        :rtype: dict[str, list[str]]
        :raise AccessError: for all but stock users
        :raise UserError: if it cannot be read, or names no transfer of ours
        """
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(
                self.env._("Only users of the inventory record dispatch advices.")
            )
        try:
            read = from_dict(advice) if isinstance(advice, dict) else from_ubl(advice)
        except AdviceError as error:
            raise UserError(
                self.env._(
                    "The dispatch advice cannot be read. %(problem)s", problem=error
                )
            ) from error
        return self._of_advice(read)._take_advice(read)

    @api.model
    def _of_advice(self, advice):
        """The transfer that an advice is about.

        :raise UserError: if there is none, or several may be meant
        """
        named = Domain("name", "=", advice.order)
        ordered = Domain("sale_id.name", "=", advice.order)
        outgoing = Domain("location_dest_id.usage", "=", "customer") & Domain(
            "state", "!=", "cancel"
        )
        found = self.search(named & outgoing) or self.search(ordered & outgoing)
        if len(found) > 1:
            # what is done already was told of before, unless this is the same advice
            known = found.parcel_ids.filtered(
                lambda one: one.name in {clean_number(p.number) for p in advice.parcels}
            ).picking_id
            found = known or found.filtered(lambda one: one.state != "done") or found
        if len(found) != 1:
            raise UserError(
                self.env._(
                    "%(order)s names %(count)s deliveries of ours. Name the transfer, "
                    "for example %(example)s.",
                    order=advice.order,
                    count=len(found),
                    example=found[:1].name or "WH/OUT/00042",
                )
            )
        return found

    def _take_advice(self, advice):
        """Write down what an advice says of this transfer.

        :return: new numbers, and codes that are on no line
        :rtype: dict[str, list[str]]
        """
        moves = self.move_ids.filtered(lambda move: move.state != "cancel")
        by_code = {}
        for move in moves:
            product = move.product_id
            for code in (product.default_code, product.barcode, product.name):
                by_code.setdefault(code, move)
        parcels = {parcel.name: parcel for parcel in self.parcel_ids}
        new, unknown, events = [], [], []
        now = fields.Datetime.now()
        for advised in advice.parcels:
            number = clean_number(advised.number)
            if not number:
                raise UserError(
                    self.env._(
                        "%(number)s is not a tracking number.", number=advised.number
                    )
                )
            codes = {item.code for item in advised.items}
            unknown += sorted(codes - by_code.keys())
            parcel = parcels.get(number)
            if not parcel:
                parcel = parcels[number] = self.env["stock.parcel"].create(
                    {
                        "picking_id": self.id,
                        "name": number,
                        "weight": advised.weight,
                        "line_ids": self._advised_lines(advised, by_code),
                    }
                )
                new.append(number)
                events.append(
                    ParcelEvent(
                        number,
                        "announced",
                        now,
                        ref=advice.ref,
                        expected_on=advice.expected_on,
                    )
                )
        self.parcel_ids._hear(events, "advice")
        return {"new": new, "unknown": list(dict.fromkeys(unknown))}

    def _advised_lines(self, advised, by_code):
        """Commands that write the contents of a parcel."""
        quantities = {}
        for item in advised.items:
            move = by_code.get(item.code)
            if move:
                quantities[move] = quantities.get(move, 0) + item.quantity
        return [
            fields.Command.create({"move_id": move.id, "quantity": quantity})
            for move, quantity in quantities.items()
            if quantity > 0
        ]
