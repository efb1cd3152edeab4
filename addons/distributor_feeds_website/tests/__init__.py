from . import test_pages
from . import test_cart
from . import test_nothing_locked
from . import test_payment
from . import test_stock_service
from . import test_story
from . import test_promise_change
