{
    "name": "Order Tracking",
    "version": "19.0.1.0.0",
    "summary": "One status for customer, rep, showroom, distributor and staff",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["trade_network", "sale_stock", "stock_delivery"],
    "data": [
        "security/ir.model.access.csv",
    ],
    "demo": [],
    "application": True,
}
