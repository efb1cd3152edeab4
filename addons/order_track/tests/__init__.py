from . import test_parcel
from . import test_parcel_hear
from . import test_track_mail
from . import test_story_pure
from . import test_story_order
from . import test_story_money
from . import test_story_status
from . import test_story_doors
