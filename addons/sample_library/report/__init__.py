from . import sample_usage_report
