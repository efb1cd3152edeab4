from . import rep
from . import rep_app
from . import rep_customer
from . import rep_follow_up
from . import rep_order
from . import track_page
