"""What there is and comes: plain Python, no database."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..outlook import Outlook

MONDAY, FRIDAY = date(2031, 3, 3), date(2031, 3, 7)


@tagged("post_install", "-at_install")
class TestOutlook(BaseCase):
    def test_here_now(self):
        outlook = Outlook(10, [(MONDAY, 5)])
        self.assertEqual(outlook.take(10), (True, None))
        self.assertEqual(outlook.take(5), (True, MONDAY))
        self.assertEqual(outlook.take(0.01), (False, None))

    def test_last_delivery_counts(self):
        outlook = Outlook(2, [(FRIDAY, 5), (MONDAY, 5)])
        self.assertEqual(outlook.take(8), (True, FRIDAY))

    def test_earlier_claims_come_first(self):
        outlook = Outlook(2, [(MONDAY, 5), (FRIDAY, 5)], claimed=6)
        self.assertEqual(outlook.take(1), (True, MONDAY))
        self.assertEqual(outlook.take(1), (True, FRIDAY))

    def test_what_is_not_covered_takes_nothing(self):
        outlook = Outlook(3, [(MONDAY, 5)])
        self.assertEqual(outlook.take(9), (False, None))
        self.assertEqual(outlook.take(3), (True, None))

    def test_negative_stock_is_a_claim(self):
        outlook = Outlook(-4, [(MONDAY, 5)])
        self.assertEqual(outlook.take(2), (False, None))
        self.assertEqual(outlook.take(1), (True, MONDAY))
