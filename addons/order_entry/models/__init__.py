from . import (
    product_customer_reference,
    quick_order_category,
    quick_order_distribution,
    quick_order_limits,
    quick_order_product,
    quick_order_sale_order,
    quick_order_sale_order_lines,
    quick_order_template,
    quick_order_uom,
    quick_order_website,
)
