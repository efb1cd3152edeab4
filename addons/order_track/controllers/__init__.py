from . import team
from . import track_page
