from . import test_parcel
from . import test_parcel_hear
from . import test_parcel_security
from . import test_track_mail
