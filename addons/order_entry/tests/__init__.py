from . import test_division_confirm
from . import test_division_deliver
from . import test_division_review
from . import test_division_shop
