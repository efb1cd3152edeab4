from . import test_posted_api
from . import test_posted_at_once
from . import test_posted_load
from . import test_posted_portal
from . import test_posted_reserve
from . import test_posted_rights
