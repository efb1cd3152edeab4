from . import sale_order_recipient_address
