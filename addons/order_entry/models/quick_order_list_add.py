from odoo import models
from odoo.tools import SQL

from .quick_order_list import DONE, STATUSES

#: Rows that one request adds: some seconds of work, far from where a browser gives up.
PORTION = 500


class SaleQuickList(models.Model):
    _inherit = "sale.quick.list"

    def _choose(self, choices):
        """Keep what was chosen for ambiguous rows; anything else is ignored.

        :param dict choices: ``{row number: product id}``
        """
        self.ensure_one()
        rows = [dict(row) for row in self.rows]
        chosen = []
        for row in rows:
            product_id = choices.get(row["n"])
            if row["status"] == "ambiguous" and product_id in row["choices"]:
                row["chosen"] = product_id
                chosen.append(row)
        if chosen:
            self._find_products(chosen)
            self.rows = rows

    def _add(self, cart, choices=None):
        """Add the next portion of the good rows; what was added is not added again.

        Nothing is added while another request adds the same list: of two tabs that go
        on by themselves, one would wait until it fails.

        :param cart: function that gives the cart and makes one where there is none
        :param dict choices: what was chosen for ambiguous rows
        :return: what :meth:`_progress` tells, and ``busy`` where nothing was done
        """
        self.ensure_one()
        if not self._lock():
            return {**self._progress(self.rows), "busy": True}
        if choices:
            self._choose(choices)
        rows = [dict(row) for row in self.rows]
        portion = [row for row in rows if row["status"] == "matched"][:PORTION]
        if portion:
            # since it was looked up, a product may have been sold out or withdrawn
            self._find_products(portion)
            if wanted := self._wanted(portion):
                order = cart()
                answers = {one.key: one for one in order._cart_add_many(wanted)}
                self.order_id = order.sudo()
                for row in portion:
                    if answer := answers.get(str(row["n"])):
                        self._note(row, answer)
            self.rows = rows
        return self._progress(rows)

    def _lock(self):
        """Keep others from adding this list until the end of the transaction.

        :return: whether nobody else is at it
        :rtype: bool
        :raise psycopg2.errors.SerializationFailure: where somebody was faster; Odoo
            runs the request again, on a snapshot that knows what he added
        """
        self.env.cr.execute(
            SQL(
                "SELECT id FROM sale_quick_list WHERE id = %s FOR UPDATE SKIP LOCKED",
                self.id,
            ),
            log_exceptions=False,
        )
        return bool(self.env.cr.rowcount)

    def _note(self, row, answer):
        """Keep what became of a row."""
        row["reason"] = answer.reason or answer.note
        row["added"] = answer.added
        if not answer.added:
            row["status"] = "refused"
        elif answer.added < row["quantity"]:
            row["status"] = "part"
        else:
            row["status"] = "added"

    def _counts(self, rows):
        """Number of rows by what became of them.

        :param list[dict] rows: those of the list; each look at the field copies all
        :rtype: dict[str, int]
        """
        counts = dict.fromkeys(STATUSES, 0)
        for row in rows:
            counts[row["status"]] += 1
        return counts

    def _progress(self, rows):
        """How far adding is.

        :param list[dict] rows: those of the list
        :return: ``done`` rows are in the cart, ``left`` ones are going to be added,
            ``total`` is both, ``percent`` what is done of it, ``portion`` how many the
            next request adds, ``bad`` rows were not added as they are
        :rtype: dict[str, int]
        """
        counts = self._counts(rows)
        done = sum(counts[status] for status in DONE)
        left = counts["matched"]
        total = done + left
        return {
            "done": done,
            "left": left,
            "total": total,
            "percent": 100 * done // total if total else 0,
            "portion": min(left, PORTION),
            "bad": len(rows) - left - counts["added"],
        }

    def _bad_rows(self):
        """Rows that were not added and will not be as they are.

        Of a row that was added in part, the rest is what is missing.

        :return: the rows, ``written`` is what is still wanted
        :rtype: list[dict]
        """
        bad = []
        for row in self.rows:
            if row["status"] == "part":
                rest = round(row["quantity"] - row["added"], 6)
                bad.append({**row, "written": int(rest) if rest % 1 == 0 else rest})
            elif row["status"] not in ("matched", "added"):
                bad.append(row)
        return bad
