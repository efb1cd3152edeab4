from datetime import timedelta

from odoo import api, fields, models

from ..quick import Answer, QuantityError, Wanted

#: What may become of a row.
STATUSES = (
    "matched",
    "ambiguous",
    "over",
    "unknown",
    "bad",
    "refused",
    "part",
    "added",
)

#: Rows whose goods are in the cart: nothing is done to them any more.
DONE = ("part", "added")

#: Decimals while the unit is not known yet: the row is read again when it is.
_MOST_DIGITS = 6

#: Days that a list is kept.
_KEPT_DAYS = 30


class SaleQuickList(models.Model):
    """A list of codes and quantities that somebody pasted or uploaded.

    Its rows are data, not records: they are read and written as a whole.
    """

    _name = "sale.quick.list"
    _description = "Uploaded Order List"
    _order = "id desc"

    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="cascade", readonly=True
    )
    website_id = fields.Many2one(
        "website", required=True, ondelete="cascade", readonly=True
    )
    rows = fields.Json(readonly=True)
    order_id = fields.Many2one(
        "sale.order",
        string="Cart",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The cart that rows of the list were added to last.",
    )

    def _make(self, name, table, website):
        """Look a list up for the current user.

        :param str name: what it is called
        :param list[tuple] table: ``(row number, code, quantity)`` as it was written
        :param website: ``website`` of the visitor
        :return: the list, with superuser rights
        """
        self = self.sudo()
        new = self.create(
            {
                "name": name[:100],
                "user_id": self.env.user.id,
                "website_id": website.id,
                "rows": [
                    {"n": number, "code": code, "written": written}
                    for number, code, written in table
                ],
            }
        )
        new._look_up()
        return new

    def _look_up(self):
        """Find products, read quantities and ask for limits, for rows not added yet."""
        self.ensure_one()
        rows = [dict(row) for row in self.rows]
        open_rows = [row for row in rows if row.get("status") not in DONE]
        self._find_products(open_rows)
        self._check_limits(open_rows)
        self.rows = rows

    def _find_products(self, rows):
        """Find products and read quantities.

        :param list[dict] rows: changed in place
        """
        visitor = self.env(su=False)
        found, reasons = visitor["sale.quick.codes"]._find_and_tell(
            (row["code"] for row in rows), self.website_id.with_env(visitor)
        )
        boxes = self.env["sale.quick.boxes"]
        for row in rows:
            hits = found.get(row["code"].strip().lower(), [])
            if chosen := row.get("chosen"):
                hits = [hit for hit in hits if hit[0].id == chosen]
            self._match(row, hits, boxes)
            if row["status"] == "unknown":
                row["reason"] = reasons.get(row["code"].strip().lower(), row["reason"])

    def _match(self, row, hits, boxes):
        """Say of one row what it is."""
        row.update(status="bad", reason="", product_id=0, uom_id=0, choices=[])
        if not row["code"]:
            row["reason"] = self.env._("The code is missing.")
        elif not hits:
            row["status"] = "unknown"
            row["reason"] = self.env._("We do not know this code.")
        elif len(hits) > 1:
            row["status"] = "ambiguous"
            row["reason"] = self.env._("Several products have this code: choose one.")
            row["choices"] = [product.id for product, _uom_id in hits]
        else:
            ((product, uom_id),) = hits
            uom = self.env["uom.uom"].browse(uom_id) or product.uom_id
            row.update(product_id=product.id, uom_id=uom.id)
            if product._quick_order_needs_page():
                row["reason"] = self.env._(
                    "Choose the options on the page of the product."
                )
                return
        self._read_row_quantity(row, boxes)

    def _read_row_quantity(self, row, boxes):
        """Read the quantity; a row whose code is good is matched from here on."""
        uom = self.env["uom.uom"].browse(row["uom_id"])
        try:
            quantity = boxes._read_quantity(
                row["written"], uom._quick_order_digits() if uom else _MOST_DIGITS
            )
            reason = self.env._("The quantity is missing.")
        except QuantityError as error:
            quantity = None
            reason = boxes._quantity_reason(error.code, row["written"])
        if quantity is None:
            if row["status"] != "unknown" and row["code"]:
                row.update(status="bad", reason=reason)
            return
        row["quantity"] = quantity
        if row["product_id"]:
            row["status"] = "matched"

    def _check_limits(self, rows):
        """Mark rows above a limit, together with what is in the cart."""
        wanted = self._wanted(rows)
        answers = {one.key: Answer(one.key, one.product_id) for one in wanted}
        cart = self.env["website"]._quick_order_cart()
        self.env["sale.quick.limits"]._refuse(cart, wanted, answers)
        for row in rows:
            answer = answers.get(str(row["n"]))
            if answer and answer.reason:
                row.update(status="over", reason=answer.reason)

    def _wanted(self, rows):
        return [
            Wanted(str(row["n"]), row["product_id"], row["quantity"], row["uom_id"])
            for row in rows
            if row["status"] == "matched"
        ]

    @api.autovacuum
    def _gc_lists(self):
        """Drop lists after a month."""
        limit = fields.Datetime.now() - timedelta(days=_KEPT_DAYS)
        old = self.search([("create_date", "<", limit)], limit=1000)
        old.unlink()
        return len(old), len(old) == 1000
