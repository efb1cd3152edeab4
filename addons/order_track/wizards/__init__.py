from . import track_key_new
