{
    "name": "Order Prebook: Delivery",
    "version": "19.0.1.0.0",
    "summary": "Standing orders are sent with the carrier of your choice",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_prebook", "delivery"],
    "data": ["views/sale_standing_order_views.xml"],
    "auto_install": True,
}
