{
    "name": "Order Tracking: Distributor Feeds",
    "version": "19.0.1.0.0",
    "summary": "The story of an order tells when its goods were bought for it",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_track", "distributor_feeds"],
    "auto_install": True,
}
