from . import (
    on_behalf,
    on_behalf_history,
    on_behalf_payment,
    on_behalf_shop,
    order_division,
    order_division_portal,
    order_division_xlsx,
    quick_order,
    quick_order_list,
    quick_order_list_add,
    reorder_list,
)
