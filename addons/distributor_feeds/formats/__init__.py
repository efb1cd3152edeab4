"""Files of distributors as records: plain Python, no Odoo inside.

A reader is a module with ``open_records(path, options, limits) -> Records`` and
``looks_like(head: bytes) -> float``. Readers are imported when a file needs them.
"""

from importlib import import_module

from .contract import (
    BREAK,
    JOIN,
    KINDS,
    SUBSTITUTE,
    FormatError,
    Guess,
    Limits,
    Options,
    Records,
)

#: kind -> module of its reader
READERS = {
    "delimited": "delimited",
    "sheet": "sheet",
    "xml": "xml_paths",
    "json": "json_paths",
    "x12": "x12",
    "edifact": "edifact",
    "ubl": "ubl",
    "bmecat": "bmecat",
}


def reader(kind):
    """The module that reads a kind of file.

    :param str kind: one of :data:`KINDS`
    """
    return import_module(f".{READERS[kind]}", __name__)


def open_records(path, options, limits=None):
    """Open a file as records.

    :param path: of the file, plain, gz, zip or gz in zip
    :param Options options: how to read it
    :param Limits limits: how much of it to read; none: the defaults
    :rtype: Records
    :raises FormatError: for whatever is wrong with the file
    """
    return reader(options.kind).open_records(path, options, limits or Limits())


def guess(path, limits=None):
    """Look at a file: what is it, and how is it to be read?

    :param path: of the file, plain, gz, zip or gz in zip
    :param Limits limits: how much of it to read; none: the defaults
    :rtype: Guess
    :raises FormatError: where nothing here reads it
    """
    from .guessing import guess_file

    return guess_file(path, limits or Limits())
