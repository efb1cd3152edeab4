from . import test_feed_posts
from . import test_story_sourced
