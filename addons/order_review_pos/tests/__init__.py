from . import test_pos_doors
