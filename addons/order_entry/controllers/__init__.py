from . import order_division
from . import order_division_portal
from . import order_division_xlsx
