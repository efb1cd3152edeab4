from . import order_division
from . import order_division_member
from . import res_users_division
