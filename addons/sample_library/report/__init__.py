from . import sample_picking
