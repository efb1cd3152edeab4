from . import portal_again
from . import portal_deliveries
from . import portal_orders
from . import team
from . import track_page
