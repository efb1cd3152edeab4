from . import test_posted_load
