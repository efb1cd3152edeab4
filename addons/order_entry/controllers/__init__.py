from . import on_behalf, on_behalf_payment, on_behalf_shop
