from . import test_story_sourced
