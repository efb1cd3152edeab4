from . import test_booth_door
