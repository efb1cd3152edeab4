from . import sample_usage_report
from . import sample_usage_sheets
