"""What is wrong with a file, said in the same words wherever it is found."""

from .contract import FormatError


def truncated():
    return FormatError(
        "truncated",
        "The file ends in the middle: it was cut off on its way. Fetch it again.",
    )


def corrupt(what):
    return FormatError(
        "corrupt", f"The file is damaged: {what}. Fetch it again, or ask for a new one."
    )


def unsupported(what):
    return FormatError(
        "unsupported",
        f"This file is {what}. Send text, a spreadsheet, XML, JSON or EDI, "
        "plain or packed as gz or zip.",
        found=what,
    )


def too_many_rows(limits):
    return FormatError(
        "too_big",
        f"The file has more than {limits.max_rows} rows.",
        limit=limits.max_rows,
    )


def line_too_long(line, limits):
    return FormatError(
        "line_too_long",
        f"Line {line} has more than {limits.max_record} bytes. Check that this is the "
        "right file and format.",
        line=line,
        limit=limits.max_record,
    )


def unpacks_too_far(name, size, limits):
    return FormatError(
        "too_big",
        f"{name} would unpack to {size} bytes; at most {limits.max_unpacked} are read.",
        found=size,
        limit=limits.max_unpacked,
    )
