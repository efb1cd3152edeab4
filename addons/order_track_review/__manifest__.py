{
    "name": "Order Tracking: Order Review",
    "version": "19.0.1.0.0",
    "summary": "The story of an order tells that it was held and released",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_track", "order_review"],
    "auto_install": True,
}
