"""What fits automatically, and what happens when products change."""

from odoo import Command
from odoo.tests import tagged

from ..loader.matching import normalise
from .common_match import A, MatchCase

GTIN = "4006381333931"


@tagged("post_install", "-at_install")
class TestMatching(MatchCase):
    def test_part_numbers_are_written_differently(self):
        product = self._product(manufacturer="ACME", mpn="kb 1")
        self._load(A)
        self.assertEqual(self._matched(), (product, "part"))

    def test_letters_beyond_ascii_are_alike_when_they_are_the_same(self):
        product = self._product(manufacturer="MÜLLER", mpn="KB-1")
        self._load(A.replace("Acme", "MÜLLER"))
        self.assertEqual(self._matched(), (product, "part"))
        self.assertEqual(normalise("MÜLLER-1"), "mÜller1")

    def test_gtin_in_another_length(self):
        product = self._product(barcode=f"0{GTIN}")
        self._load(A)
        self.assertEqual(self._matched(), (product, "gtin"))

    def test_a_wrong_check_digit_is_no_gtin(self):
        product = self._product(barcode="4006381333932")
        self.assertFalse(product.gtin14)
        self._load(A.replace(GTIN, "4006381333932"))
        self.assertEqual(self._matched()[0].ids, [])

    def test_two_that_fit_are_nobodys(self):
        twins = [self._product(manufacturer="Acme", mpn="KB1") for _n in range(2)]
        self._product(barcode=GTIN)
        self._load(A)
        offer = self._offer("A1")
        self.assertEqual((offer.product_id.ids, offer.matched_by), ([], "ambiguous"))
        self.assertEqual(offer.fitting_product_ids.ids, [twin.id for twin in twins])

    def test_the_vendors_code_comes_first(self):
        product = self._product()
        self._product(manufacturer="Acme", mpn="KB-1")
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.distributor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_code": "A1",
            }
        )
        self._load(A)
        self.assertEqual(self._matched(), (product, "code"))

    def test_only_what_is_described_anew_is_matched_anew(self):
        self._load(A)
        product = self._product()
        # Behind everybody's back: what is noted by itself has tests of its own.
        self.env.cr.execute(
            "UPDATE product_product SET part_key = 'acme|kb1' WHERE id = %s",
            (product.id,),
        )
        dearer = A.replace("10.00", "11.00")
        self.assertEqual(self._load(dearer).updated, 1)
        self.assertEqual(self._matched()[1], False)
        self.assertEqual(self._load(dearer.replace("Keyboard", "Keys")).matched, 1)
        self.assertEqual(self._matched(), (product, "part"))

    def test_a_vendors_code_of_another_company_is_not_ours(self):
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.distributor.id,
                "product_tmpl_id": self._product().product_tmpl_id.id,
                "product_code": "A1",
                "company_id": self.env["res.company"].create({"name": "Other"}).id,
            }
        )
        self._load(A)
        self.assertFalse(self._offer("A1").product_id)

    def test_products_of_another_company_do_not_fit(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._product(manufacturer="Acme", mpn="KB-1", company_id=other.id)
        self._load(A)
        self.assertFalse(self._offer("A1").product_id)

    def test_a_new_product_finds_its_offers(self):
        self._load(A)
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._cron()
        self.assertEqual(self._matched(), (product, "part"))
        self.assertFalse(self.env["distributor.match.queue"].search([]))

    def test_a_new_barcode_finds_its_offers(self):
        product = self._product()
        self._load(A)
        product.product_tmpl_id.barcode = GTIN
        self._cron()
        self.assertEqual(self._matched(), (product, "gtin"))

    def test_a_changed_number_loses_its_offers(self):
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        product.mpn = "KB-2"
        self._cron()
        self.assertEqual(self._matched(), (self.env["product.product"], False))
        product.product_tmpl_id.manufacturer = "Zeta"
        product.mpn = "KB-1"
        self._cron()
        self.assertFalse(self._offer("A1").product_id)
        product.product_tmpl_id.manufacturer = "Acme"
        self._cron()
        self.assertEqual(self._matched(), (product, "part"))

    def test_a_twin_takes_the_certainty_and_gives_it_back(self):
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        twin = self._product(manufacturer="Acme", mpn="KB-1")
        self._cron()
        self.assertEqual(self._matched(), (self.env["product.product"], "ambiguous"))
        twin.mpn = "KB-9"
        self._cron()
        self.assertEqual(self._matched(), (product, "part"))

    def test_archived_products_have_no_offers(self):
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        product.product_tmpl_id.action_archive()
        self._cron()
        self.assertFalse(self._offer("A1").product_id)
        product.product_tmpl_id.action_unarchive()
        self._cron()
        self.assertEqual(self._matched(), (product, "part"))

    def test_a_product_in_place_of_another(self):
        old = self._product(manufacturer="Acme", mpn="KB-1")
        new = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        old.unlink()
        self._cron()
        self.assertEqual(self._matched(), (new, "part"))

    def test_deleted_products_are_let_go_at_once(self):
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        product.unlink()
        self.assertEqual(self._matched(), (self.env["product.product"], False))

    def test_a_template_takes_its_variants_along(self):
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        product.product_tmpl_id.unlink()
        self.assertEqual(self._matched(), (self.env["product.product"], False))

    def test_products_that_sql_merged_are_found_out(self):
        product = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        self.env.cr.execute(
            "UPDATE distributor_offer SET product_id = 2000000000 "
            "WHERE product_id = %s",
            (product.id,),
        )
        self.env.invalidate_all()
        self.env["distributor.match.queue"]._gc_lost_products()
        self._cron()
        self.assertEqual(self._matched(), (product, "part"))

    def test_a_vendors_code_that_comes_and_goes(self):
        product = self._product()
        self._load(A)
        info = self.env["product.supplierinfo"].create(
            {
                "partner_id": self.distributor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_code": "A1",
            }
        )
        self._cron()
        self.assertEqual(self._matched(), (product, "code"))
        info.product_code = "A2"
        self._cron()
        self.assertFalse(self._offer("A1").product_id)
        info.product_code = "A1"
        self._cron()
        info.unlink()
        self._cron()
        self.assertFalse(self._offer("A1").product_id)

    def test_a_second_variant_makes_the_vendors_code_unsure(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [Command.create({"name": n}) for n in "ab"]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Thing",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
                "seller_ids": [
                    Command.create(
                        {"partner_id": self.distributor.id, "product_code": "A1"}
                    )
                ],
            }
        )
        first, second = template.product_variant_ids
        second.active = False
        self._load(A)
        self.assertEqual(self._matched(), (first, "code"))
        second.active = True
        self._cron()
        self.assertFalse(self._offer("A1").product_id)

    def test_another_price_of_the_vendor_notes_nothing(self):
        product = self._product()
        info = self.env["product.supplierinfo"].create(
            {
                "partner_id": self.distributor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
            }
        )
        self._cron()
        info.price = 3
        product.list_price = 5
        self.assertFalse(self.env["distributor.match.queue"].search([]))

    def test_an_imported_match_counts(self):
        product = self._product()
        self._load(A)
        match = self.env["distributor.match"].create(
            {"account_id": self.account.id, "code": "A1", "product_id": product.id}
        )
        self._cron()
        self.assertEqual(self._matched(), (product, "person"))
        match.code = "B2"
        self._cron()
        self.assertFalse(self._offer("A1").product_id)
