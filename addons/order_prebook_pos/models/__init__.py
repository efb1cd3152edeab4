from . import pos_order
from . import sale_order_line
