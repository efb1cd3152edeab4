from collections import defaultdict

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import SQL

from .stock_move_division import JUST_CREATED, RESERVE_LATER


class SaleOrderRecipient(models.Model):
    _inherit = "sale.order.recipient"

    def _deliver_batch(self, order, jobs, later=False):
        """Make the transfers of simple jobs: prepared once, copied per recipient.

        The outcome is that of core's ``stock.rule.run`` with one procurement for each
        recipient and line, which takes many times as long.

        :param order: the ``sale.order``, with superuser rights
        :param list jobs: ``DivisionJob``, all of them simple
        :param bool later: leave reserving to the next step of the job
        :return: the transfers made
        :rtype: stock.picking recordset
        """
        Move = self.env["stock.move"].sudo().with_company(order.company_id)
        if not jobs:
            return Move.picking_id
        if later:
            Move = Move.with_context(division_reserve=RESERVE_LATER)
        shares = defaultdict(list)  # recipient -> [values of his moves]
        for job in jobs:
            pattern = self._prepare_batch_move(job, job.recipients[:1])
            for recipient in job.recipients:
                shares[recipient].append(self._copy_move_values(pattern, recipient))
        pickings = self._create_batch_pickings(Move, shares)
        moves = Move.create([values for rows in shares.values() for values in rows])
        moves.with_context(division_moves=JUST_CREATED)._action_confirm(merge=False)
        self._trigger_orderpoints(moves)
        self._note_origin(pickings, order)
        return pickings

    def _trigger_orderpoints(self, moves):
        """Have goods bought or made anew that fall below their minimum.

        Core asks for every move. One of each product asks the same, and none where no
        product has such a minimum.
        """
        products = moves.product_id
        if not moves.env["stock.warehouse.orderpoint"].search_count(
            [("product_id", "in", products.ids), ("trigger", "=", "auto")], limit=1
        ):
            return
        alone = {
            (move.product_id, move.location_id, move.location_dest_id): move
            for move in moves.sorted("product_qty")
            if move.state not in ("draft", "cancel", "done")
        }
        moves.browse().concat(*alone.values())._trigger_scheduler()

    def _prepare_batch_move(self, job, recipient):
        """Values of the move of one recipient, as core's rule makes them."""
        procurement = job.procurement(recipient)
        procurement.values.setdefault("company_id", job.location.company_id)
        procurement.values.setdefault("priority", "0")
        procurement.values.setdefault("date_planned", fields.Datetime.now())
        values = job.rule._get_stock_move_values(*procurement)
        values["procure_method"] = "make_to_stock"
        return values

    def _copy_move_values(self, pattern, recipient):
        reference = recipient.stock_reference_id
        values = {**pattern, "reference_ids": [Command.set(reference.ids)]}
        kept = {**(pattern.get("procurement_values") or {})}
        kept["reference_ids"] = reference.ids
        if not pattern["rule_id"] or values["partner_id"]:
            values["partner_id"] = recipient.address_id.id
            kept["partner_id"] = recipient.address_id.id
        values["procurement_values"] = kept
        return values

    def _create_batch_pickings(self, Move, shares):
        """One transfer per recipient and kind of operation; moves get its id.

        :param Move: ``stock.move`` model in the environment to work in
        :param dict shares: values of moves by recipient; changed
        """
        wanted, patterns, holders = [], {}, []
        # core would look up the unit of the weight for each transfer
        common = Move.env["stock.picking"].default_get(["weight_uom_name"])
        for recipient, rows in shares.items():
            groups = defaultdict(list)
            for values in rows:
                key = (values["picking_type_id"], values["location_id"])
                groups[key].append(values)
            for key, group in groups.items():
                if key not in patterns:
                    draft = Move.browse()
                    for values in group:
                        draft |= Move.new(values)
                    patterns[key] = draft._get_new_picking_values()
                wanted.append(
                    {
                        **common,
                        **patterns[key],
                        "partner_id": recipient.address_id.id,
                        "division_recipient_id": recipient.id,
                    }
                )
                holders.append(group)
        self._number_pickings(wanted)
        pickings = Move.env["stock.picking"].create(wanted)
        for picking, group in zip(pickings, holders, strict=True):
            for values in group:
                values["picking_id"] = picking.id
        return pickings

    def _number_pickings(self, wanted):
        """Draw the numbers of many transfers at once, where that leaves no gap."""
        by_type = defaultdict(list)
        for values in wanted:
            by_type[values["picking_type_id"]].append(values)
        for type_id, rows in by_type.items():
            kind = self.env["stock.picking.type"].sudo().browse(type_id)
            sequence = kind.sequence_id
            if sequence.implementation != "standard" or sequence.use_date_range:
                continue  # core draws them one by one
            numbers = self.env.execute_query(
                SQL(
                    "SELECT nextval(%s) FROM generate_series(1, %s)",
                    f"ir_sequence_{sequence.id:03d}",
                    len(rows),
                )
            )
            for values, (number,) in zip(rows, numbers, strict=True):
                values["name"] = sequence.get_next_char(number)

    def _note_origin(self, pickings, order):
        """Say in each transfer where it comes from, as core does."""
        if not pickings:
            return
        body = self.env["ir.qweb"]._render(
            "mail.message_origin_link",
            {"self": pickings[:1], "origin": order},
            minimal_qcontext=True,
        )
        pickings._message_log_batch(bodies=dict.fromkeys(pickings.ids, body))
