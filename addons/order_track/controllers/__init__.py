from . import track_page
