"""Cells of files that people open with a spreadsheet program."""

#: A cell that begins with one of these is run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_cell(value):
    """Text that a spreadsheet program shows and does not run.

    :param value: what somebody else wrote; numbers stay numbers
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = "".join(one for one in str(value) if one >= " " or one in "\t\n\r")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
