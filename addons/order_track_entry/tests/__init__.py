from . import test_story_division
