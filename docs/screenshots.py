"""The pictures of the documentation: the demo story, step by step.

`make screenshots` runs `take` against a freshly made demo shop.
"""

#: Lists are cards on a phone.
LIST = ".o_list_view, .o_kanban_view"
LIST_OR_FORM = f"{LIST}, .o_form_view"
RECORD = ".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)"


def take(camera):
    _shop(camera)
    _back_office(camera)
    _many_ways_in(camera)
    _divisions(camera)
    _prebooks(camera)
    _feeds(camera)


def _shop(camera):
    page = camera.page(login="shopper")
    _put_into_cart(page, "Counter Display", 60)
    _put_into_cart(page, "Window Poster", 5)
    _put_into_cart(page, "Pen, Blue", 20)
    _open_product(page, "Autumn Brochure")
    camera.shot(page, None, "product", ready="#product_detail")
    camera.shot(page, "/shop/cart", "cart", ready="#cart_products")


def _open_product(page, name):
    page.goto(f"/shop?search={name.split(',')[0]}")
    link = page.locator(f"#o_wsale_products_grid a:has-text('{name}')").first
    page.goto(link.get_attribute("href"))
    page.wait_for_selector("#product_detail")


def _put_into_cart(page, name, quantity):
    _open_product(page, name)
    page.fill("input[name=add_qty]", str(quantity))
    page.click("#add_to_cart")
    page.wait_for_selector(".o_cart_notification, .toast, .o_notification")


def _back_office(camera):
    page = camera.page(login="clerk")
    camera.shot(page, "/odoo/orders", "orders", ready=LIST)
    camera.shot(
        page,
        "/odoo/held-orders",
        "held",
        ready=LIST,
    )
    camera.shot(
        page,
        "/odoo/held-orders",
        "order",
        ready=LIST_OR_FORM,
        before=_open_first_record,
    )
    page = camera.page(login="reviewer")
    camera.shot(
        page,
        "/odoo/held-orders",
        "decide",
        ready=LIST_OR_FORM,
        before=_open_decision,
    )
    camera.shot(page, "/odoo/review-rules", "rules", ready=LIST)
    camera.shot(
        page,
        "/odoo/review-rules",
        "rule",
        ready=LIST_OR_FORM,
        before=_open_first_record,
    )
    camera.shot(page, "/odoo/review-ledger", "ledger", ready=LIST)


def _open_first_record(page):
    rows = page.locator(
        ".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)"
    )
    rows.first.click()
    page.wait_for_selector(".o_form_view .o_form_sheet")


def _open_decision(page):
    _open_first_record(page)
    page.click("button[name=action_review_open]")
    page.wait_for_selector(".modal .o_form_view")


def _many_ways_in(camera):
    page = camera.page(login="shopper")
    page.goto("/shop")
    link = page.locator("a[href*='/shop/category/']:has-text('Point of Sale')").first
    camera.shot(page, link.get_attribute("href"), "quick-order", ready=".o_quick_order")
    camera.shot(
        page,
        "/shop/quick_order/list",
        "quick-order-list",
        ready="main form",
        before=lambda page: _paste(page, "MS-PO-A1;5\nMS-BR-24;99\nNO-SUCH;1"),
    )
    page = camera.page(login="office")
    page.goto("/my/on-behalf")
    page.click("form[action='/my/on-behalf/start'] button >> nth=0")
    camera.shot(page, "/shop", "on-behalf", ready="#o_on_behalf_banner")


def _paste(page, text):
    page.fill("textarea[name=text]", text)
    page.click("form:has(textarea[name=text]) button[type=submit] >> nth=0")


def _divisions(camera):
    page = camera.page(login="division")
    _put_into_cart(page, "Window Poster", 2)
    page.goto("/shop/cart")
    page.select_option("#order_division_id", label="Lakeside Retail / Region West")
    page.click("#order_division_box button:has-text('Use')")
    camera.shot(page, "/shop/cart", "division-cart", ready="#order_division_totals")
    page = camera.page(login="store")
    camera.shot(page, "/my/shipments", "division-shipments", ready="table")
    page = camera.page(login="salesmanager")
    camera.shot(
        page,
        "/odoo/orders",
        "division-order",
        ready=LIST_OR_FORM,
        before=_open_first_record,
    )
    camera.shot(
        page,
        "/odoo/orders",
        "division-recipients",
        ready=LIST_OR_FORM,
        before=_open_recipients,
    )


def _open_recipients(page):
    _open_first_record(page)
    more = page.locator(".o_form_view .o-form-buttonbox .o_button_more")
    if more.count():
        more.click()
    page.locator("button[name=action_division_recipients]").first.click()
    page.wait_for_selector(".o_breadcrumb:has-text('Recipients')")


def _prebooks(camera):
    page = camera.page(login="flowersales")
    camera.shot(page, "/odoo/prebook-lines", "prebook-lines", ready=LIST)
    page = camera.page(login="florist")
    camera.shot(page, "/my/orders", "prebook-portal", ready="table")


def _feeds(camera):
    page = camera.page(login="purchaser")
    action = "/odoo/action-distributor_feeds"
    camera.shot(page, f"{action}.distributor_feed_action", "feeds", ready=LIST)
    page.goto(f"{action}.distributor_feed_setup_action")
    page.set_input_files(
        ".o_field_widget[name=file] input[type=file]",
        "addons/distributor_feeds/static/demo/borealis_items.csv",
    )
    page.click("button[name=action_read]")
    camera.shot(page, None, "feed-setup", ready="[name=preview] table")
    camera.shot(
        page,
        f"{action}.distributor_offer_unmatched_action",
        "offers-unmatched",
        ready=LIST,
    )
    page.set_viewport_size({"width": 1300, "height": 800})
    page.goto("/odoo/action-product.product_normal_action")
    _open_offers(page)
    camera.shot(page, None, "product-offers", ready=".o_form_view")
    page = camera.page(login="shopper")
    _open_product(page, "Keyboard, Wireless, Quiet")
    camera.shot(page, None, "product-promise", ready=".o_promise, #product_detail")


def _open_offers(page):
    page.fill(".o_searchview_input", "Keyboard, Wireless")
    page.press(".o_searchview_input", "Enter")
    page.wait_for_selector(".o_searchview_facet")
    _open_first_record(page)
    page.click("a[name=distributors]")
    page.wait_for_selector(".o_field_widget[name=ranked_offer_ids]")
