"""Taking pictures of a running Odoo, for docs/screenshots.py.

    def take(camera):
        page = camera.page(login="clerk")
        camera.shot(page, "/odoo/orders", "orders")

writes docs/images/orders.png (1300 pixels wide) and docs/images/orders-390.png.
"""

import contextlib
import importlib
import os
import sys
from pathlib import Path

from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
WIDTHS = (1300, 390)
HEIGHTS = {1300: 800, 390: 844}


class Camera:
    """Opens pages of the demo shop and photographs them."""

    def __init__(self, browser, url, only=""):
        self.browser = browser
        self.url = url
        self.only = only
        self.taken = 0

    def page(self, login=None):
        """Return a page in a session of its own, logged in if `login` is given."""
        context = self.browser.new_context(
            base_url=self.url,
            locale="en-US",
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        if login:
            self.login(page, login)
        return page

    def login(self, page, login, password=None):
        """Log in; demo users have their login as password."""
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password or login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)

    def shot(
        self, page, path, name, *, widths=WIDTHS, ready=None, before=None, full=False
    ):
        """Photograph `path` once a width, after `ready` (a selector) is visible.

        `path` may be None for the page as it is; `before(page)` clicks what is to be
        open.
        """
        if self.only and self.only not in name:
            return
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
            if path:
                page.goto(path)
            self._settle(page, ready)
            if before:
                before(page)
                self._settle(page, ready)
            target = IMAGES / (
                f"{name}.png" if width == WIDTHS[0] else f"{name}-{width}.png"
            )
            page.screenshot(path=target, full_page=full, animations="disabled")
            self.taken += 1
            print(target.relative_to(IMAGES.parents[1]), flush=True)

    def _settle(self, page, ready):
        """Wait until the page is drawn: network quiet, fonts there, nothing loading."""
        # The back end's live updates may keep the network busy for ever.
        with contextlib.suppress(NotInTime):
            page.wait_for_load_state("networkidle", timeout=3_000)
        page.evaluate("document.fonts.ready")
        if ready:
            page.wait_for_selector(ready)
        page.wait_for_selector(".o_blockUI, .o_loading_indicator", state="hidden")


def main(url, browser_path, only=""):
    IMAGES.mkdir(parents=True, exist_ok=True)
    # Chromium's sandbox does not work for root.
    flags = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=flags)
        camera = Camera(browser, url, only)
        importlib.import_module("docs.screenshots").take(camera)
        browser.close()
    if not camera.taken:
        sys.exit("no picture was taken")


if __name__ == "__main__":
    main(*sys.argv[1:])
