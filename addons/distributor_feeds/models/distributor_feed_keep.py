from odoo import fields, models

from .distributor_feed_cleaning import Cleaning


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    keep_file_days = fields.Integer(
        "Keep Files (Days)",
        default=30,
        help="0: for ever. The loaded file, held ones, and files with rows to decide "
        "always stay.",
    )
    keep_history_days = fields.Integer(
        "Keep History (Days)",
        default=400,
        help="What runs changed and rejected. 0: for ever. You can go back so far, "
        "and charts "
        "reach back so far.",
    )
    keep_runs = fields.Integer(
        "At Least (Runs)",
        default=10,
        help="So many of the last loaded runs can be gone back to, however old they "
        "are.",
    )

    _keep_not_negative = models.Constraint(
        "CHECK (keep_file_days >= 0 AND keep_history_days >= 0 AND keep_runs >= 1)",
        "Days to keep are 0 or more, and at least one run is kept.",
    )

    def _cron_clean_up(self):
        """Remove what has been kept long enough, in small portions."""
        cron = self.env["ir.cron"]
        cleaning = Cleaning(self.env)
        cleaning.close_history()
        for step in (
            cleaning.drop_files,
            cleaning.drop_history,
            cleaning.drop_rejects,
            cleaning.drop_runs,
            cleaning.drop_progress,
        ):
            while done := step():
                if not cron._commit_progress(done):
                    return
