"""The parts of the scan screen that need no screen: queue, keys of a scanner, slips.

Odoo's own page of browser tests runs them; making it takes longer than they do.
"""

from odoo.tests import HttpCase, tagged

_SUCCEEDED = "[HOOT] Test suite succeeded"


def _suite_id(name):
    """How Odoo's test page names a suite in its address."""
    number = 0
    for char in name:
        number = (number * 31 + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestBrowserUnits(HttpCase):
    def test_units(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={_suite_id('@sample_library')}",
            "",
            "",
            login="admin",
            timeout=120,
            success_signal=_SUCCEEDED,
            error_checker=lambda message: "[HOOT]" not in message,
        )
