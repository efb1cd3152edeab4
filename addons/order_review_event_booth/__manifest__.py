{
    "name": "Order Review: Event Booths",
    "version": "19.0.1.0.0",
    "summary": "Free booths go through the review rules",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": [
        "order_review",
        "website_event_booth_sale",
    ],
    "auto_install": True,
}
