from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class SampleRequestLine(models.Model):
    """How much of what a library ordered for itself is on its shelves."""

    _inherit = "sample.request.line"

    received_qty = fields.Integer(string="Received", readonly=True, copy=False)

    _received_sane = models.Constraint(
        "CHECK (COALESCE(received_qty, 0) BETWEEN 0 AND COALESCE(shipped_qty, 0))",
        "More was received than shipped.",
    )

    def _for_the_shelf(self):
        """Lines that become samples of a library when they have come."""
        return self.filtered(
            lambda line: (
                line.order_id.source == "restock" and line.item_id and line.library_id
            )
        )

    def _receive(self):
        """Make samples of all that was shipped and is not received yet.

        :return: new ``sample.copy``
        :raise UserError: if there is nothing
        """
        # whoever taps twice waits here; the second one begins anew by Odoo's own retry
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "SELECT id FROM sample_request_line WHERE id = ANY(%s)"
                " ORDER BY id FOR NO KEY UPDATE",
                self.ids,
            )
        )
        self.invalidate_recordset(["shipped_qty", "received_qty"])
        came = self._for_the_shelf().filtered(
            lambda line: line.shipped_qty > line.received_qty
        )
        if not came:
            raise UserError(
                self.env._(
                    "Nothing has been shipped for the library that was not received "
                    "already."
                )
            )
        copies = self.env["sample.copy"].create(
            [
                {"item_id": line.item_id.id, "library_id": line.library_id.id}
                for line in came
                for _piece in range(line.shipped_qty - line.received_qty)
            ]
        )
        for line in came:
            line.received_qty = line.shipped_qty
        return copies
