"""What only the server's administrator may allow: a section of Odoo's configuration."""

import configparser
import functools
import os

from odoo.tools import config

SECTION = "distributor_feeds"


def listed(name):
    """Return the comma-separated values of an option of the section.

    :param str name: of the option, for example ``allowed_hosts``
    :rtype: tuple[str]
    """
    return tuple(part.strip() for part in text(name).split(",") if part.strip())


def text(name):
    """Return an option of the section, or an empty text."""
    path = config["config"]
    if not path or not os.path.exists(path):
        return ""
    return _section(path, os.stat(path).st_mtime_ns).get(name, "")


@functools.lru_cache(maxsize=2)
def _section(path, _changed):
    parser = configparser.RawConfigParser()
    parser.read(path)
    return dict(parser.items(SECTION)) if parser.has_section(SECTION) else {}
