"""A skipped test fails the run unless tests/allowed_skips.toml gives the reason.

Odoo skips every browser test when the browser is missing: without this a run without
a single tour would be green. Tests expected to fail count as skipped.
"""

import importlib.util
from pathlib import Path

import pytest

from scripts.desk import system, toml

ALLOWED = Path(__file__).parents[1] / "allowed_skips.toml"


def pytest_configure(config):
    if not system.find_browser():
        names = ", ".join(system.BROWSERS)
        raise pytest.UsageError(f"no browser for the tours: none of {names} in PATH")
    if not importlib.util.find_spec("websocket"):
        raise pytest.UsageError("no browser tests without Python's websocket-client")
    config.pluginmanager.register(SkipPolicy(), "skip-policy")


class SkipPolicy:
    def __init__(self):
        entries = toml.read(ALLOWED).get("allowed", ())
        if without := [entry["test"] for entry in entries if not entry.get("reason")]:
            raise pytest.UsageError(f"{ALLOWED.name}: no reason for {without}")
        self.allowed = tuple(entry["test"] for entry in entries)

    # Wrappers, as the session counts failures in a hook that is called before others.
    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_logreport(self, report):
        self.refuse(report)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_collectreport(self, report):
        self.refuse(report)
        return (yield)

    def refuse(self, report):
        if not report.skipped or report.nodeid.endswith(self.allowed):
            return
        if hasattr(report, "wasxfail"):
            reason = f"expected to fail {report.wasxfail}"
            del report.wasxfail
        else:
            # (file, line, reason)
            reason = report.longrepr[-1]
        report.outcome = "failed"
        report.longrepr = f"skipped, and not listed in {ALLOWED.name}: {reason}"
