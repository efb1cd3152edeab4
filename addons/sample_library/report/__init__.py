from . import sample_picking
from . import sample_usage_report
from . import sample_usage_sheets
from . import sample_request
