"""Files of runs, wherever Odoo keeps attachments."""

from odoo.tests import tagged

from ..formats import FormatError
from .common import FeedCase

A = "A1;5;10.00;Keyboard;Acme;KB-1"
B = "B2;50;20.00;Mouse;Acme;M-2"
DEAR = A.replace("10.00", "100.00")


@tagged("post_install", "-at_install")
class TestKeptFile(FeedCase):
    def _in_database(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")

    def test_in_the_database(self):
        self._in_database()
        run = self._run(A, B)
        self.assertTrue(run.attachment_id.db_datas)
        self.assertFalse(run.attachment_id.store_fname)
        self.assertEqual((run.state, run.created), ("done", 2))

    def test_rows_from_the_database_are_released(self):
        self._in_database()
        self.feed.max_rejected = 0
        self._run(A, B)
        run = self._run(DEAR, B)
        self.assertEqual(self._offer("A1").price, 10)
        run._release_rows(run.reject_ids)
        self.assertEqual(self._offer("A1").price, 100)

    def test_a_file_that_is_gone(self):
        run = self._run(A, B)
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = '00/gone' WHERE id = %s",
            [run.attachment_id.id],
        )
        run.attachment_id.invalidate_recordset()
        with self.assertRaisesRegex(FormatError, "not kept any more"), run._kept_file():
            self.fail("there is no file")
