{
    "name": "Order Prebook: Shop",
    "version": "19.0.1.0.0",
    "summary": "Goods from a vendor with a cut-off are held in the cart for a while",
    "category": "Website/Website",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["order_prebook", "website_sale"],
    "data": [
        "data/ir_cron_data.xml",
        "data/mail_template_data.xml",
        "views/product_supplierinfo_views.xml",
        "views/res_config_settings_views.xml",
        "views/cart_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "order_prebook_website/static/src/interactions/**/*",
        ],
        "web.assets_tests": [
            "order_prebook_website/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
