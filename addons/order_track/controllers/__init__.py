from . import portal_again
from . import portal_deliveries
from . import portal_orders
from . import track_page
