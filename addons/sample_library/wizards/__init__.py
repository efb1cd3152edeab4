from . import sample_kit_put
from . import sample_label_print
