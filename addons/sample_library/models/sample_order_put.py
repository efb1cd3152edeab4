from odoo import fields, models
from odoo.tools import SQL


class SampleOrder(models.Model):
    """Putting samples on a draft, from wherever they come."""

    _inherit = "sample.order"

    put_keys = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Of the forms that put kits on it: one that arrives again does nothing.",
    )

    def _meet(self):
        """Let only one at a time put something on an order.

        Two who do not see each other's lines would both make one. Both change the row
        of the order, so the database lets one pass, and Odoo tries the other one again.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE sample_order SET write_date = now() AT TIME ZONE 'UTC'
                 WHERE id = ANY(%s)
             RETURNING id
                """,
                self.ids,
            )
        )

    def _put(self, wanted):
        """Put samples on a draft; of what is on it already there is more then.

        :param dict wanted: pieces per id of ``sample.item``
        :return: the lines, in the order of ``wanted``
        :rtype: ``sample.request.line``
        :raise ValidationError: if a line would have too many pieces
        """
        self.ensure_one()
        self._meet()
        self.invalidate_recordset(["line_ids"])
        lines = {line.item_id.id: line for line in reversed(self.line_ids)}
        for item_id, quantity in wanted.items():
            if item_id in lines:
                lines[item_id].quantity += quantity
        new = [item_id for item_id in wanted if item_id not in lines]
        made = self.env["sample.request.line"].create(
            [
                {"order_id": self.id, "item_id": item_id, "quantity": wanted[item_id]}
                for item_id in new
            ]
        )
        lines.update(zip(new, made, strict=True))
        return made.browse(lines[item_id].id for item_id in wanted)
