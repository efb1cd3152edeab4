from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .. import loader

# More proposals than a person reads at once.
LIMIT = 500


class DistributorMatchPropose(models.TransientModel):
    """Proposes products for many offers; a person ticks those that are right."""

    _name = "distributor.match.propose"
    _description = "Propose Products for Offers"
    _inherit = "distributor.offer.dialog"

    line_ids = fields.One2many(
        "distributor.match.propose.line", "dialog_id", "Proposals"
    )
    code_count = fields.Integer("Codes", readonly=True)
    proposed_count = fields.Integer("Codes with a Proposal", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        for dialog in dialogs:
            dialog._propose()
        return dialogs

    def _propose(self):
        """Add a line per code and product that it may be."""
        by_code = {
            offer._code(): offer for offer in self.offer_ids if not offer.product_id
        }
        if len(by_code) > LIMIT:
            raise UserError(
                self.env._(
                    "Choose at most %s offers at once: proposals are for reading.",
                    LIMIT,
                )
            )
        self.env.flush_all()
        unaccent = self.env.registry.unaccent if self.env.registry.has_trigram else None
        offers = [offer.id for offer in by_code.values()]
        proposed = loader.propose(self.env.cr, offers, unaccent) if offers else []
        products = self.env["product.product"].browse(
            {product for _, product, _ in proposed}
        )
        readable = set(products._filtered_access("read").ids)
        lines = [
            {"offer_id": offer, "product_id": product, "reason": reason}
            for offer, product, reason in proposed
            if product in readable
        ]
        self.write(
            {
                "code_count": len(by_code),
                "proposed_count": len({line["offer_id"] for line in lines}),
                "line_ids": [Command.create(line) for line in lines],
            }
        )

    def action_tick_sure(self):
        """Tick the proposals by number whose code has no other."""
        self.ensure_one()
        for lines in self.line_ids.grouped("offer_id").values():
            lines.accepted = len(lines) == 1 and lines.reason in ("gtin", "number")
        return self._again()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposed Products"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_match(self):
        """Match what is ticked, and remember it.

        :return: a notification as a client action
        :raise UserError: nothing is ticked, or two products for one code
        """
        self.ensure_one()
        ticked = self.line_ids.filtered("accepted")
        if not ticked:
            raise UserError(self.env._("Tick the proposals that are right."))
        for offer, lines in ticked.grouped("offer_id").items():
            if len(lines) > 1:
                raise UserError(
                    self.env._("%s: tick one product, not several.", offer.display_name)
                )
        return ticked.offer_id._decide(
            {line.offer_id: line.product_id for line in ticked}
        )
