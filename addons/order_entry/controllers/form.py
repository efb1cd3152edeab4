"""What browsers send."""


def whole(text):
    """The id or the number of a page in a form; 0 where it is none.

    Odd digits, signs and numbers that no id reaches count as none.

    :param text: what came with the request, of any type
    :rtype: int
    """
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
