from . import test_shop_doors
from . import test_shop_cart
from . import test_shop_approval
from . import test_shop_prepayment
from . import test_portal_review
