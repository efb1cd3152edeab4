from odoo import fields, models

from odoo.addons.sample_library.models.sample_request_answer import Answer
from odoo.addons.trade_network.context import as_system

OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")


class StockMove(models.Model):
    _inherit = "stock.move"

    sample_line_id = fields.Many2one(
        "sample.request.line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _action_done(self, cancel_backorder=False):
        """Override of `stock`: who ships in the warehouse answers the request by it."""
        done = super()._action_done(cancel_backorder=cancel_backorder)
        if not self.env.context.get("sample_answered"):
            done.filtered("sample_line_id")._answer_requests()
        return done

    def _prepare_move_split_vals(self, qty):
        """Override of `stock`: what is left is for the same line."""
        return {
            **super()._prepare_move_split_vals(qty),
            "sample_line_id": self.sample_line_id.id,
        }

    def _answer_requests(self):
        """Tell those who asked what has left the warehouse."""
        moves_sudo = as_system(self)
        for request, moves in moves_sudo.grouped(
            lambda move: move.sample_line_id.request_id
        ).items():
            answers = []
            for line, of_line in moves.grouped("sample_line_id").items():
                shipped = min(int(sum(of_line.mapped("quantity"))), line.open_qty)
                if shipped:
                    answers.append(
                        Answer(
                            line_id=line.id,
                            kind="ship",
                            quantity=shipped,
                            override_reason=self.env._("Shipped from the warehouse"),
                        )
                    )
            if answers:
                request.with_context(sample_answered=True)._answer(
                    answers,
                    tracking=moves.picking_id._sample_tracking(),
                    answered_by=self.env.user.name,
                )

    def _ship_samples(self, quantity):
        """Take so many pieces of what is reserved for one line out of stock.

        :param int quantity: at most what is reserved
        :return: the moves that are to be done now
        """
        moves = self.browse()
        for move in self:
            taken = min(quantity, int(move.quantity))
            if taken:
                move.write({"quantity": taken, "picked": True})
                moves |= move
                quantity -= taken
        return moves

    def _release_samples(self, quantity):
        """Need so many pieces less; the last ones first.

        :param int quantity: pieces that were refused
        """
        for move in reversed(self):
            less = min(quantity, int(move.product_uom_qty))
            if less == move.product_uom_qty:
                move._action_cancel()
            elif less:
                move.product_uom_qty -= less
                move._action_assign()
            quantity -= less
