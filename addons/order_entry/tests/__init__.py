from . import test_quick_order_form
