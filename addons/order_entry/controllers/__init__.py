from . import quick_order, quick_order_list, reorder_list
