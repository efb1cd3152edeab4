"""A WARNING or worse in the log fails the test it falls into.

Odoo reports many faults there only: a dropped constraint, a missing access rule, a
field of the wrong type. A test that provokes one says so with `assertLogs` or
`mute_logger`: both keep the record from this handler. What may be logged all the same
is in tests/allowed_log.toml.
"""

import logging
import re

import pytest

from scripts.desk import modules, odoo_log
from scripts.desk.console import Trouble


class Collector(logging.Handler):
    """Keeps what was logged until the test it belongs to is reported."""

    def __init__(self):
        super().__init__(level=logging.WARNING)
        self.allowed = odoo_log.allowed()
        self.faults = []

    def emit(self, record):
        told = f"{record.name}: {record.getMessage()}"
        if any(pattern.search(told) for pattern in self.allowed):
            return
        if record.exc_info:
            told += "\n" + logging.Formatter().formatException(record.exc_info)
        self.faults.append(f"{record.levelname} {told}")

    def take(self):
        faults, self.faults = self.faults, []
        return "\n".join(faults)


collector = Collector()


def pytest_configure(config):
    """Make a deprecated call in one of our add-ons an error; Odoo's stay warnings."""
    try:
        names = "|".join(map(re.escape, modules.own_addons()))
    except Trouble:
        return
    config.addinivalue_line(
        "filterwarnings", rf"error::DeprecationWarning:odoo\.addons\.({names})(\..*)?$"
    )


def pytest_sessionstart():
    logging.getLogger().addHandler(collector)


def pytest_unconfigure():
    logging.getLogger().removeHandler(collector)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if told := collector.take():
        if report.failed:
            report.sections.append(("logged by Odoo", told))
        else:
            report.outcome = "failed"
            report.longrepr = f"logged, and not expected by the test:\n{told}"
    return report
