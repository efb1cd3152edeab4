from . import test_roles
from . import test_relation
from . import test_subscription
from . import test_portal_groups
from . import test_security_portal
from . import test_security_office
from . import test_import
from . import test_screens
