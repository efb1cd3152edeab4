"""Tables of words."""


def words(text):
    """The set of words in a text like ``in stock | yes``."""
    return frozenset(word.strip() for word in text.split("|"))
