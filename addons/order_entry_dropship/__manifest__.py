{
    "name": "Order Entry: Dropship",
    "summary": "Vendors ship a division order to each recipient",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "depends": ["order_entry", "stock_dropshipping"],
    "auto_install": True,
}
