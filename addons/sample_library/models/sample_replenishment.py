from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trade_network.context import as_system


class SampleReplenishment(models.Model):
    """How many samples of an item a library wants to have."""

    _name = "sample.replenishment"
    _inherit = ["sample.scope"]
    _description = "Replenishment of a Sample Library"
    _order = "library_id, item_id, id"
    _rec_name = "item_id"
    _rec_names_search = ["item_id"]
    _check_company_auto = True

    library_id = fields.Many2one(
        "sample.library",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        default=lambda self: self._default_library_id(),
    )
    company_id = fields.Many2one(
        "res.company", related="library_id.company_id", store=True, index=True
    )
    item_id = fields.Many2one(
        "sample.item",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    distributor_id = fields.Many2one(related="item_id.distributor_id")
    minimum = fields.Integer(
        required=True, help="When there are fewer, more are proposed."
    )
    maximum = fields.Integer(
        required=True, help="So many are there when what was ordered has come."
    )
    on_hand = fields.Integer(
        compute="_compute_numbers", help="Here or lent; not those lost or retired."
    )
    on_order = fields.Integer(
        compute="_compute_numbers",
        help="On replenishment orders of the library: drafts, requested, or shipped "
        "and not received yet.",
    )
    to_order = fields.Integer(compute="_compute_numbers")
    is_short = fields.Boolean(
        string="Below Minimum", compute="_compute_numbers", search="_search_is_short"
    )

    _once = models.UniqueIndex(
        "(library_id, item_id)",
        "The library has a minimum and maximum for this item already.",
    )
    _sane = models.Constraint(
        "CHECK (0 <= minimum AND minimum <= maximum AND maximum <= 9999)",
        "Minimum and maximum are 0 to 9999, and the minimum is not above the maximum.",
    )

    @api.model
    def _default_library_id(self):
        libraries = self.env["sample.library"].search([], limit=2)
        return libraries if len(libraries) == 1 else False

    @api.depends("library_id", "item_id", "minimum", "maximum")
    def _compute_numbers(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, on_hand, on_order FROM (%s) counted WHERE id = ANY(%s)",
                self._counted(),
                self.ids,
            )
        )
        numbers = {row_id: counts for row_id, *counts in rows}
        for one in self:
            one.on_hand, one.on_order = numbers.get(one._origin.id, (0, 0))
            expected = one.on_hand + one.on_order
            one.is_short = expected < one.minimum
            one.to_order = one.maximum - expected if one.is_short else 0

    def _search_is_short(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env.flush_all()
        short = SQL(
            """
            (SELECT id FROM (%s) counted
              WHERE on_hand + on_order < minimum)
            """,
            self._counted(),
        )
        return Domain.OR(
            Domain("id", "in" if wanted else "not in", short) for wanted in value
        )

    @api.model
    def _counted(self):
        """What there is of each, counted in the database.

        :return: ``id``, ``minimum``, ``on_hand`` and ``on_order``
        :rtype: SQL
        """
        return SQL(
            """
            SELECT wanted.id, wanted.minimum,
                   (SELECT count(*) FROM sample_copy copy
                     WHERE copy.item_id = wanted.item_id
                       AND copy.library_id = wanted.library_id
                       AND copy.state IN ('in', 'out'))::int AS on_hand,
                   (SELECT COALESCE(sum(
                               CASE WHEN line.state = 'draft' THEN line.quantity
                                    ELSE line.open_qty END
                               + COALESCE(line.shipped_qty, 0)
                               - COALESCE(line.received_qty, 0)), 0)
                      FROM sample_request_line line
                      JOIN sample_order asked ON asked.id = line.order_id
                     WHERE line.item_id = wanted.item_id
                       AND asked.library_id = wanted.library_id
                       AND asked.source = 'restock'
                       AND NOT (line.state = 'draft' AND asked.state = 'cancelled')
                   )::int AS on_order
              FROM sample_replenishment wanted
            """
        )

    def action_order(self):
        """Put what is missing on a draft per library; a second time there is nothing.

        :return: the drafts, or a message that nothing is missing; for the web client
        :rtype: dict
        :raise AccessError: for libraries that are not the user's
        """
        self.check_access("write")
        orders = as_system(self)._order_missing()
        if not orders:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "info",
                    "message": self.env._(
                        "There is enough of all of these, or it is ordered already."
                    ),
                },
            }
        action = self.env["ir.actions.actions"]._for_xml_id(
            "sample_library.sample_order_action"
        )
        action["context"] = {}
        if len(orders) == 1:
            views = [(False, "form")]
            return {**action, "res_id": orders.id, "view_mode": "form", "views": views}
        return {**action, "domain": [("id", "in", orders.ids)]}

    def _order_missing(self):
        """:return: ``sample.order`` that something was put on"""
        self._meet()
        self.invalidate_recordset()
        short = self.filtered("to_order")
        orders = self.env["sample.order"]
        drafts = {
            draft.library_id: draft
            for draft in orders.search(
                [
                    ("library_id", "in", short.library_id.ids),
                    ("source", "=", "restock"),
                    ("state", "=", "draft"),
                ],
                order="id desc",
            )
        }
        for library, missing in short.grouped("library_id").items():
            order = drafts.get(library) or orders._make_restock(library)
            order._put({one.item_id.id: one.to_order for one in missing})
            orders |= order
        return orders

    def _meet(self):
        """Let only one at a time order for these: he sees what another one ordered."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE sample_replenishment SET write_date = write_date
                 WHERE id = ANY(%s)
             RETURNING id
                """,
                self.ids,
            )
        )
