{
    "name": "Distributor Feeds: Shop",
    "version": "19.0.1.0.0",
    "summary": "The shop shows and sells what distributors have",
    "category": "Website/Website",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["distributor_feeds", "website_sale_stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/distributor_stock_key_security.xml",
        "views/product_templates.xml",
        "views/cart_templates.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/distributor_stock_key_views.xml",
    ],
    "demo": ["demo/website_demo.xml"],
    "assets": {
        "web.assets_frontend": [
            "distributor_feeds_website/static/src/interactions/**/*",
        ],
        "web.assets_tests": [
            "distributor_feeds_website/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
