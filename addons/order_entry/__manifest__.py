{
    "name": "Order Entry",
    "summary": "Many ways in: quick order, on behalf of others, for a whole division",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "depends": ["order_review"],
    "data": [
        "security/ir.model.access.csv",
        "security/order_division_security.xml",
        "data/order_division_cron.xml",
        "views/order_division_views.xml",
        "wizards/sale_order_recipient_address_views.xml",
        "views/order_division_order_views.xml",
        "views/sale_order_recipient_views.xml",
        "views/order_division_shop_templates.xml",
        "views/order_division_portal_templates.xml",
    ],
    "demo": [
        "demo/order_division_stores_demo.xml",
        "demo/order_division_demo.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "order_entry/static/tests/tours/**/*",
        ],
    },
    "application": True,
}
