import logging

from odoo import api, fields, models

from .. import carriers

_logger = logging.getLogger(__name__)

_BATCH = 50
# a carrier forgets a number some months after the parcel arrived
_DAYS = 60


class DeliveryCarrier(models.Model):
    """Ask carriers what became of parcels.

    A connector brings a method ``<delivery_type>_parcel_events(parcels)`` on this
    model. It gets ``stock.parcel`` of one delivery method, asks the carrier, and
    returns :class:`~odoo.addons.order_track.models.stock_parcel_hear.ParcelEvent` for
    what the carrier says, those that it returned before as well. It may raise; the
    reason is kept on the parcels, and they are asked for again next time.
    """

    _inherit = "delivery.carrier"

    def _parcel_carrier(self):
        """Whose parcels these are, as far as the delivery method says: some numbers are
        right for several carriers.

        :return: code of the carrier, or None
        """
        name = (self.name or "").lower()
        for code, label in carriers.LABELS.items():
            if self.delivery_type == code or label.lower() in name:
                return code
        return None

    @api.model
    def _cron_ask_parcel_events(self):
        """Ask the carriers of parcels on their way, those first that waited longest.

        Nothing is locked while a carrier is asked: what it said is written afterwards,
        batch by batch.
        """
        cron = self.env["ir.cron"]
        kinds = dict(self._fields["delivery_type"]._description_selection(self.env))
        known = [kind for kind in kinds if hasattr(self, f"{kind}_parcel_events")]
        methods = self.search([("delivery_type", "in", known)])
        parcels = self.env["stock.parcel"]._still_out_since(_DAYS)
        parcels = parcels.filtered(lambda one: one.picking_id.carrier_id in methods)
        parcels = parcels.sorted(lambda one: (one.asked_at or one.create_date, one.id))
        cron._commit_progress(remaining=len(parcels))
        for method, its_parcels in parcels.grouped(
            lambda one: one.picking_id.carrier_id
        ).items():
            for start in range(0, len(its_parcels), _BATCH):
                batch = its_parcels[start : start + _BATCH].exists()
                method._ask_parcel_events(batch)
                if not cron._commit_progress(len(batch)):
                    return

    def _ask_parcel_events(self, parcels):
        """Ask for some parcels of this delivery method, and write down what is said."""
        ask = getattr(self, f"{self.delivery_type}_parcel_events")
        now = fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                parcels._hear(ask(parcels), "carrier")
        except Exception as error:  # whatever a connector or its carrier may raise
            _logger.warning("%s cannot be asked for parcels", self.name, exc_info=True)
            parcels.write({"asked_at": now, "ask_error": str(error)[:1000]})
        else:
            parcels.write({"asked_at": now, "ask_error": False})
