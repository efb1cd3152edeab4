from . import posting_api
from . import posting_upload
