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
    ],
    "application": True,
}
