"""A scan is answered at once: with few queries, however much there is."""

from odoo.tests import tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestQueries(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(5):
            cls._copy(f"QUERY-{number}")
        cls.env["sample.loan.rule"].create(
            {"library_id": cls.library.id, "loan_days": 5}
        )

    def _queries(self, function, *args, **kwargs):
        before = self.cr.sql_log_count
        function(*args, **kwargs)
        return self.cr.sql_log_count - before

    def _warm(self, name, *args):
        """Queries of a method of copies, with rights and words in memory."""
        model = self.env["sample.copy"].with_user(self.clerk)
        self.env.flush_all()
        self.env["res.partner"].invalidate_model()
        return self._queries(getattr(model, name), *args)

    def _scan(self, number, uid, back=False):
        if back:
            return self._warm("scan_in", self.library.id, f"QUERY-{number}", uid)
        return self._warm(
            "scan_out", self.library.id, self.designer.id, f"QUERY-{number}", uid
        )

    def test_lend_and_take_back(self):
        self._scan(0, "query-0000")
        self._scan(0, "query-0001", back=True)
        counts = {
            "lend": self._scan(1, "query-0002"),
            "lend again": self._scan(1, "query-0003"),
            "replay": self._scan(1, "query-0002"),
            "take back": self._scan(1, "query-0004", back=True),
            "unknown": self._scan(99, "query-0005", back=True),
        }
        limits = {
            # one of them lets nobody else lend to the same person meanwhile
            "lend": 9,
            "lend again": 7,
            "replay": 2,
            "take back": 5,
            "unknown": 4,
        }
        for name, limit in limits.items():
            with self.subTest(name):
                self.assertLessEqual(counts[name], limit, counts)

    def test_lists_do_not_grow(self):
        """Names, places and people of many copies cost as much as those of few."""
        library = self.env["sample.library"].with_user(self.clerk)

        def find():
            self.env.flush_all()
            self.env.invalidate_all()
            return self._queries(library.desk_find, self.library.id, "willow")

        self._scan_out("QUERY-0")
        find()
        few = find()
        for number in range(15):
            self._copy(f"MORE-{number}")
            self._scan_out(f"MORE-{number}")
        self.assertLessEqual(find(), few)
