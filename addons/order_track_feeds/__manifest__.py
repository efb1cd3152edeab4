{
    "name": "Order Tracking: Distributor Feeds",
    "version": "19.0.1.0.0",
    "summary": "Scheduled feeds bring orders and stock; the story tells of purchases",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_track", "distributor_feeds"],
    "data": [
        "data/distributor_feed_profile_data.xml",
        "views/distributor_feed_views.xml",
    ],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
