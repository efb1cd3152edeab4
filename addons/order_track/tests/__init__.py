from . import test_advice
from . import test_carriers
from . import test_carriers_properties
from . import test_carriers_split
from . import test_parcel
from . import test_parcel_hear
from . import test_parcel_security
from . import test_track_mail
