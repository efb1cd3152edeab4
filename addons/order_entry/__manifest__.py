{
    "name": "Order Entry",
    "summary": "Many ways in: quick order, lists, orders on behalf of others",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "depends": ["order_review"],
    "data": [
        "security/order_entry_groups.xml",
        "security/ir.model.access.csv",
        "security/order_entry_security.xml",
        "views/order_representation_views.xml",
        "views/on_behalf_templates.xml",
        "security/quick_order_security.xml",
        "views/quick_order_category_views.xml",
        "views/quick_order_templates.xml",
        "views/quick_order_list_templates.xml",
        "views/product_customer_reference_views.xml",
        "views/reorder_list_views.xml",
        "views/reorder_list_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "order_entry/static/src/scss/quick_order.scss",
            "order_entry/static/src/interactions/quick_order.js",
        ],
        "web.assets_tests": [
            "order_entry/static/tests/tours/**/*",
        ],
    },
    "demo": [
        "demo/on_behalf_demo.xml",
        "demo/quick_order_demo.xml",
    ],
    "application": True,
}
