from odoo import api, fields, models

from odoo.addons.trade_network.context import as_system


class SampleRequest(models.Model):
    """Receiving what a library ordered for itself."""

    _inherit = "sample.request"

    to_receive = fields.Integer(
        compute="_compute_to_receive",
        compute_sudo=True,
        help="Shipped for the library's own shelves, and not received yet.",
    )

    @api.depends("line_ids.shipped_qty", "line_ids.received_qty", "order_id.source")
    def _compute_to_receive(self):
        for request in self:
            request.to_receive = sum(
                line.shipped_qty - line.received_qty
                for line in request.line_ids._for_the_shelf()
            )

    def action_receive(self):
        """Enter what came as samples of the library, each with a new tag; once.

        :return: the new samples, for the web client
        :rtype: dict
        :raise AccessError: for everybody but the clerks of the library
        :raise UserError: if nothing has been shipped since
        """
        self.check_access("read")
        for library in self.sudo().library_id:
            self.env["sample.library"]._own(library.id)
        copies = as_system(self).line_ids._receive()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "sample_library.sample_copy_action"
        )
        return {**action, "domain": [("id", "in", copies.ids)], "context": {}}
