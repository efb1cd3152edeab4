from . import (
    test_on_behalf_office,
    test_on_behalf_rights,
    test_on_behalf_shop,
    test_on_behalf_tours,
    test_quick_order_cart,
    test_quick_order_form,
    test_quick_order_list,
    test_quick_order_reading,
    test_quick_order_speed,
    test_quick_order_tours,
    test_reorder_list,
)
