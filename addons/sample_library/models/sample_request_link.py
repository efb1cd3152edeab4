from odoo import fields, models


class SampleRequestLink(models.Model):
    """A signed link to one request, for distributors who have no login."""

    _name = "sample.request.link"
    _inherit = ["trade.link"]
    _description = "Link to a Sample Request"

    # backorders take their time; mailing a request again makes a new link
    _link_days = 60
    # mailed links must go on working: what they were signed with first
    _link_scope = "sample_library.request_link"

    request_id = fields.Many2one(
        "sample.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )

    def _path(self):
        return "/samples/request"

    def action_revoke(self):
        """Make links useless."""
        self.request_id.action_revoke_links()
