{
    "name": "Order Review: Point of Sale",
    "version": "19.0.1.0.0",
    "summary": "Quotations settled at the counter go through the review rules",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": [
        "order_review",
        "pos_sale",
    ],
    "assets": {
        # the cashier reads what became of the order in the register itself
        "point_of_sale._assets_pos": [
            "bus/static/src/simple_notification_service.js",
        ],
    },
    "auto_install": True,
}
