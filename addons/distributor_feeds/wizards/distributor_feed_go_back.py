from odoo import api, fields, models


class DistributorFeedGoBack(models.TransientModel):
    """Says what going back to a run means, before it is done."""

    _name = "distributor.feed.go.back"
    _description = "Go Back to an Earlier Run"

    run_id = fields.Many2one("distributor.feed.run", required=True, readonly=True)
    later_count = fields.Integer("Runs Taken Back", compute="_compute_counts")
    changed_count = fields.Integer(
        "Offers That Get Older Values", compute="_compute_counts"
    )
    created_count = fields.Integer("Newer Offers That Go", compute="_compute_counts")

    @api.depends("run_id")
    def _compute_counts(self):
        for wizard in self:
            counts = wizard.run_id._count_undo() if wizard.run_id else (0, 0, 0)
            wizard.later_count, wizard.changed_count, wizard.created_count = counts

    def action_go_back(self):
        """Go back; the run checks whether the user may."""
        self.ensure_one()
        self.run_id.action_undo_later()
        return {"type": "ir.actions.act_window_close"}
