from . import cart, main, payment, portal, stock
