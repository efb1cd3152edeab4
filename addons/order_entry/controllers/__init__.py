from . import (
    on_behalf,
    on_behalf_payment,
    on_behalf_shop,
    quick_order,
    quick_order_list,
    reorder_list,
)
