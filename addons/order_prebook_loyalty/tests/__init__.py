from . import test_free_order
