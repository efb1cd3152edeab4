from . import sample_label_print
