"""Rules in the back office: trying them out, holds, copies, import, speed."""

from odoo import Command
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleRecords(ReviewCommon):
    def test_copy(self):
        rule = self._rule(partner_ids=[Command.set(self.customer.ids)])
        copy = rule.with_user(self.review_manager).copy()
        self.assertEqual(copy.name, f"{rule.name} (copy)")
        self.assertEqual(copy.product_ids, rule.product_ids)
        self.assertEqual(copy.partner_ids, rule.partner_ids)
        self.assertEqual(rule.copy({"name": "Other"}).name, "Other")

    def test_archive_and_unarchive(self):
        rule = self._rule().with_user(self.review_manager)
        order = self._order()
        for method, state in (
            ("action_archive", "clear"),
            ("action_unarchive", "blocked"),
        ):
            getattr(rule, method)()
            order._review_touch()
            self.assertEqual(order.review_state, state)

    def test_changes_are_told_in_the_chatter(self):
        rule = self._rule()
        self.flush_tracking()
        rule.with_user(self.review_manager).write({"max_quantity": 99})
        self.flush_tracking()
        tracked = rule.message_ids[0].sudo().tracking_value_ids
        self.assertEqual(
            [(one.field_id.name, one.new_value_float) for one in tracked],
            [("max_quantity", 99)],
        )

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()

    def test_import_and_export(self):
        self.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "display",
                "model": "product.product",
                "res_id": self.display.id,
            }
        )
        importer = self._user(
            "importer", "order_review.group_review_manager,base.group_allow_export"
        )
        Rule = self.env["sale.review.rule"].with_user(importer)
        names = ["name", "kind", "severity", "max_quantity", "product_ids/id"]
        result = Rule.load(
            names,
            [
                [
                    "From a file",
                    "Maximum quantity per order",
                    "Hold",
                    "7",
                    "__test__.display",
                ],
                ["Another", "max_quantity", "block", "8", "__test__.display"],
            ],
        )
        self.assertFalse(result["messages"])
        rules = Rule.browse(result["ids"])
        self.assertRecordValues(
            rules,
            [
                {"severity": "approve", "max_quantity": 7},
                {"severity": "block", "max_quantity": 8},
            ],
        )
        self.assertEqual(rules.product_ids, self.display)
        rows = rules.export_data(names)["datas"]
        self.assertEqual(rows[0][0], "From a file")
        bad = Rule.load(names, [["Bad", "max_quantity", "block", "-7", ""]])
        self.assertFalse(bad["ids"])
        self.assertIn("negative", bad["messages"][0]["message"])

    def test_order_of_rules(self):
        late, early = self._rule(sequence=20), self._rule(sequence=5)
        order = self._order()
        self.assertEqual(order.review_finding_ids.rule_id, early | late)
        self.assertEqual(order.review_finding_ids[0].rule_id, early)

    def test_words(self):
        rule = self._rule(
            partner_ids=[Command.set(self.customer.ids)], is_overridable=True
        )
        for words in ("At most 10", "Review Display", "Ada Review", "can override"):
            self.assertIn(words, rule.description)

    def test_words_in_other_languages(self):
        """Nouns keep their capitals where a language wants them."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["ir.module.module"].search(
            [("name", "=", "order_review")]
        )._update_translations(["de_DE"])
        quota = self._rule(
            kind="quota", max_quantity=10, period="week", quota_per="shipping"
        )
        rolling = self._rule(
            kind="quota", max_quantity=5, period="rolling", quantity_per="template"
        )
        total = self._rule(kind="amount", measure="total", amount_max=100)
        for rule, english, german in (
            (
                quota,
                "At most 10 per week for each delivery address, counted for each "
                "product variant.",
                "Höchstens 10 pro Woche für jede Lieferadresse; gezählt wird: jede "
                "Produktvariante.",
            ),
            (
                rolling,
                "At most 5 in 30 days for each customer or contact, counted for all "
                "variants of a product together.",
                "Höchstens 5 in 30 Tagen für jeden Kunden oder Kontakt; gezählt wird: "
                "alle Varianten eines Produkts zusammen.",
            ),
            (
                total,
                "Total with taxes: at most",
                "Gesamtbetrag mit Steuern: höchstens",
            ),
        ):
            self.assertIn(english, rule.description)
            self.assertIn(german, rule.with_context(lang="de_DE").description)
