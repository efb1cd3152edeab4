"""The first offers of all are written without indexes; nobody is to notice."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FeedCase

LINES = ["A1;5;10.00;Keyboard;Acme;KB-1", "B2;50+;20.00;Mouse;Acme;MS-2"]


@tagged("post_install", "-at_install")
class TestLoadIndexes(FeedCase):
    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM distributor_offer")

    def _indexes(self):
        """Name, definition, comment, identity of each index of the offers."""
        self.env.cr.execute(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid),
                   obj_description(indexrelid, 'pg_class'), indisvalid, indisready
              FROM pg_index WHERE indrelid = 'distributor_offer'::regclass ORDER BY 1
            """
        )
        return self.env.cr.fetchall()

    def _nodes(self):
        self.env.cr.execute(
            "SELECT relname, relfilenode FROM pg_class JOIN pg_index "
            "ON indexrelid = pg_class.oid "
            "WHERE indrelid = 'distributor_offer'::regclass"
        )
        return dict(self.env.cr.fetchall())

    def test_they_are_built_after_and_as_they_were(self):
        before, nodes = self._indexes(), self._nodes()
        self.assertTrue(any(comment for _name, _definition, comment, *_ in before))
        self._run(*LINES)
        self.assertEqual(self._indexes(), before)
        now = self._nodes()
        kept = {name for name in nodes if nodes[name] == now[name]}
        self.assertEqual(kept, {"distributor_offer_pkey"})

    def test_two_rows_of_one_offer_are_found_by_them(self):
        self._run(*LINES)
        with self.assertRaisesRegex(Exception, "distributor_offer_key"):
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(
                    """
                    INSERT INTO distributor_offer (account_id, distributor_id, code)
                    SELECT account_id, distributor_id, code FROM distributor_offer
                    """
                )

    def test_where_offers_are_they_stay(self):
        self._run(*LINES)
        nodes = self._nodes()
        other = self.env["distributor.account"].create(
            {"distributor_id": self.distributor.id}
        )
        feed = self._feed(name="Second", account_id=other.id)
        self.assertEqual(self._run("C3;1;2;Screen;Zeta;SC", feed=feed).created, 1)
        self.assertEqual(self._nodes(), nodes)

    def test_somebody_at_the_table_is_not_waited_for(self):
        nodes = self._nodes()
        # A cursor of another connection that has read offers and still may.
        with self.registry.cursor() as other:
            other.execute("SELECT count(*) FROM distributor_offer")
            run = self._run(*LINES)
        self.assertEqual(run.created, 2)
        self.assertEqual(self._nodes(), nodes)
