{
    "name": "Sample Library: Sales",
    "version": "19.0.1.0.0",
    "summary": "Which samples became orders, and what that brought in",
    "category": "Sales/Sales",
    "author": "Order Desk contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["sample_library", "sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/sample_sale_report_security.xml",
        "data/ir_config_parameter_data.xml",
        "report/sample_sale_report_views.xml",
    ],
    "auto_install": True,
}
