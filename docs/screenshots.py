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
