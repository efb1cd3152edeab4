from . import test_story_review
