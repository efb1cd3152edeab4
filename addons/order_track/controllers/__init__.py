from . import posting_api
from . import posting_upload
from . import team
from . import track_page
