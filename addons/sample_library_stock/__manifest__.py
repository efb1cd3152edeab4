{
    "name": "Sample Library: Stock",
    "version": "19.0.1.0.0",
    "summary": "Samples that a company sends are reserved in its warehouse and leave it",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["sample_library", "stock"],
    "data": [
        "views/res_config_settings_views.xml",
        "views/sample_request_views.xml",
        "views/stock_picking_views.xml",
    ],
    "auto_install": True,
}
