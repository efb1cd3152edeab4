from odoo import api, fields, models
from odoo.exceptions import UserError

from .stock_move import OPEN


class SampleRequest(models.Model):
    _inherit = "sample.request"

    picking_ids = fields.One2many(
        "stock.picking",
        "sample_request_id",
        string="Transfers",
        readonly=True,
        groups="stock.group_stock_user",
    )
    picking_count = fields.Integer(
        compute="_compute_picking_count", groups="stock.group_stock_user"
    )

    @api.depends("picking_ids")
    def _compute_picking_count(self):
        for request in self:
            request.picking_count = len(request.picking_ids)

    def action_view_transfers(self):
        """Open the transfers of the request."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "stock.action_picking_tree_all"
        )
        action["domain"] = [("sample_request_id", "in", self.ids)]
        action["context"] = {}
        return action

    def _make_transfers(self):
        """A transfer per request to a company that keeps samples in stock.

        Requests are reserved in the order in which they were sent; what is not there
        waits, and receipts serve it in the same order.
        """
        for request in self:
            kind = request.desk_company_id.sample_picking_type_id
            lines = request.line_ids.filtered(
                lambda line: line.item_id.product_id.is_storable
            )
            if kind and lines:
                request.with_company(request.desk_company_id)._make_transfer(
                    kind, lines
                )

    def _make_transfer(self, kind, lines):
        target = (
            kind.default_location_dest_id
            or self.env["stock.warehouse"]._get_partner_locations()[0]
        )
        common = {
            "location_id": kind.default_location_src_id.id,
            "location_dest_id": target.id,
            "company_id": kind.company_id.id,
            "picking_type_id": kind.id,
        }
        picking = self.env["stock.picking"].create(
            {
                **common,
                "partner_id": self.person_id.id or self.showroom_id.id,
                "origin": self.name,
                "sample_request_id": self.id,
            }
        )
        moves = self.env["stock.move"].create(
            [
                {
                    **common,
                    "picking_id": picking.id,
                    "sample_line_id": line.id,
                    "product_id": line.item_id.product_id.id,
                    "product_uom": line.item_id.product_id.uom_id.id,
                    "product_uom_qty": line.quantity,
                }
                for line in lines
            ]
        )
        # equal products of two lines stay apart: each line has its answer
        moves._action_confirm(merge=False)
        moves._action_assign()

    def _answer(self, answers, **kwargs):
        """Override of `sample_library`: only what is reserved is shipped."""
        if self.env.context.get("sample_answered"):
            return super()._answer(answers, **kwargs)
        self._hold()
        wanted = {kind: self._wanted(answers, kind) for kind in ("ship", "refuse")}
        self._refuse_more_than_reserved(wanted["ship"])
        result = super()._answer(answers, **kwargs)
        self._follow_in_stock(wanted)
        return result

    def _wanted(self, answers, kind):
        """Pieces per line that one kind of answers is about.

        :rtype: dict[SampleRequestLine, int]
        """
        pieces = {}
        for answer in answers:
            if answer.kind == kind:
                pieces[answer.line_id] = pieces.get(answer.line_id, 0) + answer.quantity
        return {line: pieces[line.id] for line in self.line_ids if line.id in pieces}

    def _refuse_more_than_reserved(self, wanted):
        """:raise UserError: if more is to be shipped than is there"""
        for line, quantity in wanted.items():
            moves = line._open_moves()
            short = moves.filtered(lambda move: move.state != "assigned")
            # somebody may have counted anew
            short._action_assign()
            if moves and quantity > line.reserved_qty:
                raise UserError(
                    self.env._(
                        "%(item)s: %(count)s can be shipped, more is not in stock for "
                        "this request. Backorder or refuse the rest.",
                        item=line.name,
                        count=line.reserved_qty,
                    )
                )

    def _follow_in_stock(self, wanted):
        """Do in the warehouse what was answered.

        :param dict wanted: pieces per line, per kind of answer
        """
        shipped = self.env["stock.move"].with_context(sample_answered=True)
        for line, quantity in wanted["ship"].items():
            shipped |= line._open_moves()._ship_samples(quantity)
        shipped.with_context(sample_answered=True).picking_id._action_done()
        for line, quantity in wanted["refuse"].items():
            line._open_moves()._release_samples(quantity)

    def _cancel(self):
        """Override of `sample_library` to free what was reserved."""
        result = super()._cancel()
        self.picking_ids.move_ids.filtered(
            lambda move: move.state in OPEN
        )._action_cancel()
        return result
