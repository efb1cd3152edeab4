from . import portal_again
from . import portal_deliveries
from . import portal_orders
from . import posting_api
from . import posting_upload
from . import team
from . import track_page
