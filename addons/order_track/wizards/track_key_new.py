from odoo import fields, models
from odoo.exceptions import UserError

from ..posting import KINDS


class TrackKeyNew(models.TransientModel):
    """Makes a key and shows it, once."""

    _name = "track.key.new"
    _description = "New Key to Post Data"

    distributor_id = fields.Many2one(
        "res.partner", required=True, domain=[("is_distributor", "=", True)]
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    name = fields.Char("For", required=True, help="Who will use it.")
    kinds = fields.Char(
        "Only For", help="For example: order,freight. Empty: all kinds of data."
    )
    expires_on = fields.Date("Until", help="The last day it works. Empty: no end.")
    # Never stored: it is handed to the second form by the context, and is gone with it.
    key = fields.Char(store=False, readonly=True)

    def action_create_key(self):
        """Make the key and show it.

        :raise UserError: it is for a kind of data that there is not
        """
        self.ensure_one()
        self.env["track.key"].check_access("create")
        kinds = [kind.strip() for kind in (self.kinds or "").split(",") if kind.strip()]
        wrong = [kind for kind in kinds if kind not in KINDS]
        if wrong:
            raise UserError(
                self.env._(
                    "There is no kind of data called %(wrong)s. Choose from: "
                    "%(kinds)s.",
                    wrong=wrong[0],
                    kinds=", ".join(KINDS),
                )
            )
        key = self.env["track.key"]._make_key(
            {
                "name": self.name,
                "distributor_id": self.distributor_id.commercial_partner_id.id,
                "company_id": self.company_id.id,
                "kinds": ",".join(kinds),
                "expires_on": self.expires_on,
            }
        )
        view = self.env.ref("order_track.track_key_new_view_shown")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {
                "default_key": key,
                "default_name": self.name,
                "default_distributor_id": self.distributor_id.id,
            },
        }
