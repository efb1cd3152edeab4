from . import sale_advance_payment_inv
from . import sale_prebook_checkout
from . import sale_prebook_checkout_line
