from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import loader
from ..mapping import TARGETS


class DistributorFeedRun(models.Model):
    _inherit = "distributor.feed.run"

    history_purged = fields.Boolean(
        readonly=True, help="What this run overwrote is not kept any more."
    )
    can_go_back = fields.Boolean(compute="_compute_can_go_back")
    go_back_note = fields.Char("Why Not", compute="_compute_can_go_back")

    @api.depends("state")
    def _compute_can_go_back(self):
        last, purged = {}, {}
        domain = [("feed_id", "in", self.feed_id.ids), ("state", "=", "done")]
        for feed, newest in self._read_group(domain, ["feed_id"], ["id:max"]):
            last[feed] = newest
        domain.append(("history_purged", "=", True))
        for feed, newest in self._read_group(domain, ["feed_id"], ["id:max"]):
            purged[feed] = newest
        for run in self:
            later = run.state == "done" and run.id < last.get(run.feed_id, 0)
            kept = run.id >= purged.get(run.feed_id, 0)
            run.can_go_back = later and kept
            run.go_back_note = (
                later
                and not kept
                and self.env._(
                    "You cannot go back to this run any more: what later runs "
                    "overwrote was kept for %s days.",
                    run.feed_id.keep_history_days,
                )
            )

    def _later_runs(self):
        """Return the loaded runs of the feed that going back to this one takes back."""
        self.ensure_one()
        return self.sudo().search(
            [
                ("feed_id", "=", self.feed_id.id),
                ("id", ">", self.id),
                ("state", "=", "done"),
            ]
        )

    def _count_undo(self):
        """Return what going back to this run would do.

        :return: numbers of later runs, of offers that get older values, and of
            offers that go
        """
        self.ensure_one()
        self._check_manager()
        runs = self._later_runs()
        [(changed,)] = self.env.execute_query(
            SQL(
                """
                SELECT count(DISTINCT offer_id)
                  FROM distributor_offer_history
                 WHERE run_id = ANY(%s)
                """,
                runs.ids,
            )
        )
        created = (
            self.env["distributor.offer"]
            .sudo()
            .search_count(
                [
                    ("account_id", "=", self.account_id.id),
                    ("create_run_id", "in", runs.ids),
                ]
            )
        )
        return len(runs), changed, created

    def action_go_back(self):
        """Ask whether to go back to this run, and say what that means."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Go Back"),
            "res_model": "distributor.feed.go.back",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_id": self.id},
        }

    def action_undo_later(self):
        """Go back to this run: take back what later runs of the feed did."""
        self.ensure_one()
        self._check_manager()
        self._hold_account()
        if not self.can_go_back:
            raise UserError(
                self.go_back_note or self.env._("There is no later run to take back.")
            )
        later = self._later_runs()
        self.env.flush_all()
        loader.undo(
            self.env.cr,
            account_id=self.account_id.id,
            feed_id=self.feed_id.id,
            kind=self.feed_id.kind,
            after_run_id=self.id,
            written=self._written_slots(),
        )
        self.env.invalidate_all()
        later.write({"state": "undone", "decided_by_id": self.env.uid})
        self._reopen_rejects(later)
        # A run that released rows has no file of its own.
        good = self.released_from_id or self
        self.feed_id.sudo().write(
            {"good_run_id": good.id, "data_at": good._data_at(good.ended_at)}
        )
        self.feed_id.message_post(
            body=self.env._(
                "Went back to %(run)s: %(count)s runs taken back.",
                run=self.display_name,
                count=len(later),
            )
        )

    def _written_slots(self):
        """Return what the feed writes to offers: ``stock``, ``price`` or both."""
        slots = {TARGETS[rule.target].slot for rule in self.feed_id.profile_id.rule_ids}
        return slots & {"stock", "price"} | {loader.SLOT[self.feed_id.kind]}

    def _reopen_rejects(self, undone):
        """Settle rejected rows of undone runs; open those that such runs released."""
        rejects = self.env["distributor.feed.reject"].sudo()
        rejects.search([("run_id", "in", undone.ids), ("state", "=", "open")]).write(
            {"state": "superseded"}
        )
        rejects.search(
            [("released_run_id", "in", undone.ids), ("run_id", "not in", undone.ids)]
        ).write({"state": "open", "released_run_id": False})
