"""What reports count, and that it adds up."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestUsageReport(RequestCommon):
    def _rows(self, **domain):
        """Rows of the report that the manager reads, by kind."""
        self.env.flush_all()
        rows = self.env["sample.usage.report"].with_user(self.manager)
        return rows.search([(name, "=", value) for name, value in domain.items()])

    def _groups(self, groupby, *measures, domain=()):
        groups = self._call(
            self.manager,
            self.env["sample.usage.report"],
            "formatted_read_group",
            list(domain),
            groupby,
            list(measures),
        )
        return [
            tuple(group[name] for name in (*groupby, *measures)) for group in groups
        ]

    def test_loans(self):
        """Lent, returned, lost and overdue are one event each, on their day."""
        loans = [self._lend(self._copy(f"USE-{number}")) for number in range(4)]
        now = fields.Datetime.now().replace(microsecond=0)
        loans[1].write(
            {"lent_at": now - timedelta(days=6), "returned_at": now - timedelta(days=2)}
        )
        loans[2].write({"due_date": self.today - timedelta(days=1)})
        self._call(self.clerk, loans[3], "action_lost")
        rows = self._rows(item_id=self.item.id)
        self.assertEqual(
            sorted(rows.mapped("kind")),
            ["lent", "lent", "lent", "lent", "lost", "overdue", "returned"],
        )
        self.assertEqual(len(set(rows.ids)), 7)
        back = rows.filtered(lambda row: row.kind == "returned")
        self.assertRecordValues(
            back,
            [
                {
                    "date": now - timedelta(days=2),
                    "days_to_return": 4,
                    "person_id": self.designer.id,
                    "firm_id": self.studio.id,
                    "showroom_id": self.center.id,
                    "distributor_id": self.mill.id,
                    "pattern": "Willow",
                    "value_not_returned": 0,
                }
            ],
        )
        missing = rows.filtered(lambda row: row.kind in ("lost", "overdue"))
        self.assertEqual(missing.mapped("value_not_returned"), [35, 35])

    def test_found_again_is_not_lost(self):
        copy = self._copy("USE-FOUND")
        self._call(self.clerk, self._lend(copy), "action_lost")
        self.assertEqual(len(self._rows(kind="lost")), 1)
        self._scan_in(copy.tag)
        self.assertFalse(self._rows(kind="lost"))

    def test_answers(self):
        """Pieces that were shipped, refused and put off, and how long it took."""
        order = self._order([(self.item, 5)], rep_id=self.rep.id)
        request = self._send(order)
        line = request.line_ids
        line.requested_at = fields.Datetime.now() - timedelta(days=3)
        later = self.today + timedelta(days=9)
        self._answer(
            request,
            {"line_id": line.id, "kind": "ship", "quantity": 2},
            {"line_id": line.id, "kind": "backorder", "until": later},
        )
        # put off again: still the same three pieces
        self._answer(request, {"line_id": line.id, "kind": "backorder", "until": later})
        self._answer(
            request,
            {"line_id": line.id, "kind": "refuse", "quantity": 3, "reason": "gone"},
        )
        groups = self._groups(["kind"], "quantity:sum", "days_to_ship:avg")
        by_kind = {kind: (quantity, days) for kind, quantity, days in groups}
        self.assertEqual(
            {kind: quantity for kind, (quantity, _days) in by_kind.items()},
            {"shipped": 2, "backordered": 3, "refused": 3},
        )
        self.assertAlmostEqual(by_kind["shipped"][1], 3, 2)
        row = self._rows(kind="shipped")
        self.assertEqual((row.rep_id, row.showroom_id), (self.rep, self.center))

    def test_duplicates_shipped_anyway(self):
        first = self._send(self._order([(self.item, 1)]))
        self._answer(
            first, {"line_id": first.line_ids.id, "kind": "ship", "quantity": 1}
        )
        again = self._send(self._order([(self.item, 2)]))
        self._answer(
            again,
            {
                "line_id": again.line_ids.id,
                "kind": "ship",
                "quantity": 2,
                "override_reason": "Lost by the carrier",
            },
        )
        self.assertEqual(
            self._groups(["kind"], "quantity:sum", "duplicate_qty:sum"),
            [("shipped", 3, 2)],
        )
        self.assertEqual(self._rows(is_duplicate=True).quantity, 2)

    def test_value_in_the_currency_of_the_company(self):
        """At the rate of the day of the loss; of overdue ones, at today's."""
        currency = self.env["res.currency"].create({"name": "SMP", "symbol": "S"})
        yesterday = self.today - timedelta(days=1)
        currency.rate_ids = [
            Command.create({"name": self.today - timedelta(days=50), "rate": 4}),
            Command.create({"name": self.today, "rate": 7}),
        ]
        item = self._item("Currency", "Red", charge=28, currency_id=currency.id)
        self.library.currency_id = currency
        lost, late = (self._lend(self._copy(f"CUR-{n}", item=item)) for n in (1, 2))
        self._call(self.clerk, lost, "action_lost")
        lost.lost_at = fields.Datetime.now() - timedelta(days=2)
        late.due_date = yesterday
        euros = {
            row.kind: row.value_not_returned
            for row in self._rows(item_id=item.id)
            if row.kind != "lent"
        }
        company = self.company
        self.assertEqual(
            euros,
            {
                "lost": currency._convert(
                    28, company.currency_id, company, lost.lost_at.date()
                ),
                "overdue": currency._convert(
                    28, company.currency_id, company, self.today
                ),
            },
        )
        self.assertEqual(euros["lost"], 7)

    def test_menus_open(self):
        """Each menu opens with figures, in each of its views."""
        self._lend(self._copy("USE-MENU"))
        for code in ("item", "activity", "time", "missing"):
            action = self.env.ref(f"sample_library.sample_usage_report_action_{code}")
            views = self._call(
                self.clerk,
                self.env["sample.usage.report"],
                "get_views",
                [(False, mode) for mode in (*action.view_mode.split(","), "search")],
            )
            self.assertEqual(len(views["views"]), 4)

    def test_filters(self):
        """This month and the last 30 days, as the search bar writes them."""
        self._lend(self._copy("USE-NEW"))
        old = self._lend(self._copy("USE-OLD"))
        old.lent_at = fields.Datetime.now() - timedelta(days=45)
        for domain in ([("date", ">=", "=1d")], [("date", ">=", "today -30d")]):
            self.assertEqual(
                self._groups(["kind"], "quantity:sum", domain=domain), [("lent", 1)]
            )
