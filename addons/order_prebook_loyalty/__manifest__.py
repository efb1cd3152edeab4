{
    "name": "Order Prebook: Loyalty",
    "version": "19.0.1.0.0",
    "summary": "Free orders with prebooks are not invoiced before the check-out",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_prebook", "sale_loyalty"],
    "auto_install": True,
}
