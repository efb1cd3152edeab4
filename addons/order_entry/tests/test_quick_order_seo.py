from lxml import etree

from odoo import Command
from odoo.tests import tagged

from .common_quick_order import QuickOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrderSeo(QuickOrderCommon):
    """For search engines the form is the category page of the shop, nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).shop_ppg = 2
        colour = cls.env["product.attribute"].create(
            {
                "name": "Quick Colour",
                "create_variant": "no_variant",
                "value_ids": [Command.create({"name": n}) for n in ("Red", "Blue")],
            }
        )
        cls.red = colour.value_ids[0]
        for product in (cls.pen, cls.cup, cls.bag):
            product.product_tmpl_id.attribute_line_ids = [
                Command.create(
                    {
                        "attribute_id": colour.id,
                        "value_ids": [Command.set(cls.red.ids)],
                    }
                )
            ]
        cls.category.write(
            {
                "parent_id": cls.env["product.public.category"]
                .create({"name": "Quick Parent"})
                .id,
                "website_meta_title": "Our quick things",
                "website_meta_description": "All that is quick",
                "show_category_title": True,
                "website_description": "<p>Quick words</p>",
                "show_category_description": True,
            }
        )
        cls.path = f"/shop/category/quick-parent-quick-category-{cls.category.id}"

    def _told(self, url):
        """What a search engine is told by a page.

        :return: head without what differs from load to load, structured data, bread
            crumbs, headings of the page, and links that lead on
        """
        page = self._page(url)
        head = [
            etree.tostring(element, with_tail=False, encoding="unicode").strip()
            for element in page.xpath(
                "/html/head/title | /html/head/meta"
                " | /html/head/link[not(@rel='stylesheet' or @rel='preload')]"
                " | //script[@type='application/ld+json']"
            )
        ]
        return {
            "head": head,
            "data": page.xpath("//@itemtype | //@itemprop | //@typeof | //@property"),
            "crumbs": [
                (self._text(crumb), crumb.xpath(".//@href"))
                for crumb in page.xpath("//*[contains(@class, 'breadcrumb')]//li")
            ],
            "headings": [self._text(one) for one in page.xpath("//h1")],
            "robots": page.xpath("//meta[@name='robots']/@content"),
            "pages": page.xpath("//*[@id='o_wsale_pager']//a/@href"),
        }

    def test_head_data_and_crumbs_are_those_of_the_category(self):
        for query in (
            "",
            "/page/2",
            "?search=Quick",
            "/page/2?search=Quick",
            f"?attribute_values={self.red.attribute_id.id}-{self.red.id}",
            "?min_price=3&max_price=4",
            "?order=list_price+desc",
            "?search=nothing+like+it",
        ):
            with self.subTest(query):
                self.category.quick_order = True
                form = self._page(self.path + query)
                self.assertEqual(
                    bool(form.xpath("//form[contains(@class, 'o_quick_order')]")),
                    "nothing" not in query,
                )
                ours = self._told(self.path + query)
                self.category.quick_order = False
                core = self._told(self.path + query)
                self.assertEqual(ours, core)
                self.assertIn('rel="canonical"', " ".join(core["head"]))
                self.assertIn("ld+json", " ".join(core["head"]))
                # core shows no crumbs above what was searched for
                self.assertEqual(bool(core["crumbs"]), "search" not in query)

    def test_answer_to_a_form_has_the_same_address(self):
        """Also the page that tells what became of the boxes."""
        canonical = "//link[@rel='canonical']/@href"
        (expected,) = self._page(self.path).xpath(canonical)
        self.assertTrue(expected.endswith(self.path))
        page = self._send(self.path, **{f"qty_{self.pen.id}": "x"})
        self.assertEqual(page.xpath(canonical), [expected])

    def test_place_in_the_sitemap(self):
        """Once, with the address of the category; no page of ours beside it."""

        def locations():
            self.env["ir.attachment"].search(
                [("url", "=like", "/sitemap%")]
            ).unlink()  # it is kept for half a day
            text = self.url_open("/sitemap.xml").content
            return etree.fromstring(text).xpath("//*[local-name()='loc']/text()")

        ours = locations()
        self.category.quick_order = False
        self.assertEqual(ours, locations())
        self.assertEqual(sum(one.endswith(self.path) for one in ours), 1)
        for part in ("quick_order", "reorder-lists"):
            self.assertFalse([one for one in ours if part in one])

    def test_links_of_the_rows_lead_to_the_products(self):
        """A search engine finds every product that core's tiles lead to."""
        self.env["website"].search([]).shop_ppg = 20

        def found():
            page = self._page(self.path)
            return {
                link.split("?")[0].split("#")[0]
                for link in page.xpath("//*[@id='products_grid']//a/@href")
                if "quick-" in link and "/page/" not in link
            }

        ours = found()
        self.category.quick_order = False
        core = found()
        names = {one.rsplit("/", 1)[-1] for one in core}
        self.assertLessEqual(names, {one.rsplit("/", 1)[-1] for one in ours})
        self.assertTrue([name for name in names if "quick-pen" in name], names)
