import json

from odoo import api, fields, models

from .. import carriers
from .stock_parcel import clean_number


class StockPicking(models.Model):
    _inherit = "stock.picking"

    parcel_ids = fields.One2many("stock.parcel", "picking_id", string="Parcels")
    parcel_count = fields.Integer(compute="_compute_parcel_count")

    @api.depends("parcel_ids")
    def _compute_parcel_count(self):
        for picking in self:
            picking.parcel_count = len(picking.parcel_ids)

    @api.depends("parcel_ids.name", "parcel_ids.carrier_code")
    def _compute_carrier_tracking_url(self):
        """Override of `stock_delivery` for several parcels and for recognised numbers.

        Core puts all numbers of a transfer, joined by commas, into one link.
        """
        result = super()._compute_carrier_tracking_url()
        for picking in self:
            links = [
                [parcel.name, parcel.tracking_url]
                for parcel in picking.parcel_ids.sorted("id")
                if parcel.tracking_url
            ]
            own = picking.carrier_id.delivery_type not in (
                False,
                "fixed",
                "base_on_rule",
            )
            if not links or (own and picking.carrier_tracking_url):
                continue
            picking.carrier_tracking_url = (
                json.dumps(links) if len(links) > 1 else links[0][1]
            )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        pickings = super().create(vals_list)
        pickings.filtered("carrier_tracking_ref")._sync_parcels()
        return pickings

    def write(self, vals):
        result = super().write(vals)
        if "carrier_tracking_ref" in vals:
            self._sync_parcels()
        return result

    def _action_done(self):
        """Override of `stock` to tell customers of parcels that are handed over now."""
        result = super()._action_done()
        done = self.filtered(lambda picking: picking.state == "done")
        done.parcel_ids.filtered(lambda one: not one.line_ids)._fill_contents()
        self.env["track.notice"]._tell_shipped(done)
        return result

    def _moves_parcels(self):
        """Whether parcels go to a customer or come from one.

        Odoo writes the number on the steps in the warehouse as well.
        """
        places = self.location_id | self.location_dest_id
        return "customer" in places.mapped("usage")

    def _sync_parcels(self):
        """Have a parcel for each number that is written on these transfers.

        Parcels whose number was taken out go, unless something is known of them.
        """
        parcel_sudo = self.env["stock.parcel"].sudo()
        new, gone = [], parcel_sudo
        for picking in self.filtered(lambda one: one._moves_parcels()):
            numbers = [
                found[0].number if found else clean_number(raw)
                for raw, found in carriers.split(
                    picking.carrier_tracking_ref or "",
                    preferred=picking.carrier_id._parcel_carrier(),
                )
            ]
            present = picking.sudo().parcel_ids
            known = present.mapped("name")
            new += [
                {"picking_id": picking.id, "name": number}
                for number in dict.fromkeys(numbers)
                if number and number not in known
            ]
            gone |= present.filtered(
                lambda one, kept=numbers: (
                    one.name not in kept and not one.event_ids and one.from_ref
                )
            )
        gone.unlink()
        parcel_sudo.create([{**vals, "from_ref": True} for vals in new])

    def action_open_parcels(self):
        """The parcels of a transfer."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_track.stock_parcel_action"
        )
        return {
            **action,
            "domain": [("picking_id", "in", self.ids)],
            "context": {"default_picking_id": self[:1].id},
        }
