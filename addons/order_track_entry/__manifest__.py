{
    "name": "Order Tracking: Order Entry",
    "version": "19.0.1.0.0",
    "summary": "Members of a division do not read of each other's shipments",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_track", "order_entry"],
    "data": ["security/order_track_entry_security.xml"],
    "auto_install": True,
}
