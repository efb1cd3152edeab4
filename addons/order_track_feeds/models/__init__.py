from . import distributor_feed
from . import distributor_feed_run
from . import sale_order
from . import track_post
