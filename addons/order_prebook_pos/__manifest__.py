{
    "name": "Order Prebook: Point of Sale",
    "version": "19.0.1.0.0",
    "summary": "What is booked ahead is not sold at the counter before the check-out",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_prebook", "pos_sale"],
    "auto_install": True,
}
