from . import sample_picking
from . import sample_request
