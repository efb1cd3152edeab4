from . import product_supplierinfo
from . import website
from . import res_config_settings
from . import sale_order_line
from . import sale_order
