from . import sample_label_print
from . import sample_usage_export
