"""`make test-core`: Odoo's own tests with our add-ons, against without.

Odoo's tests are not all green outside its own runner and on a database with this many
modules; so what counts is the difference. The run without our add-ons is kept with the
cache, as it depends on Odoo and the template only. What fails with ours alone fails the
target, after a second try; what is known to differ is in
tests/known_core_failures.toml, with the reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from . import modules, toml
from .console import Trouble, say, step
from .context import Desk, locked_desk
from .settings import CACHE, CHECKOUT, LOGS, ROOT, WORK, given

TESTED = ("sale", "delivery", "sale_stock", "website_sale_collect", "website_sale")
KNOWN = ROOT / "tests" / "known_core_failures.toml"
GOOD, BAD, SKIPPED = "passed", "failed", "skipped"
Outcomes = dict[str, str]


def compare() -> int:
    known = {
        entry["test"]: entry["reason"] for entry in toml.read(KNOWN).get("known", ())
    }
    names = [name for name in given("T").split(",") if name] or list(TESTED)
    total, regressions = 0, []
    for name in names:
        without, ours = _baseline(name), _ours(name)
        fresh = sorted(test for test in ours if _is_worse(without, ours, test))
        if suspects := [test for test in fresh if test not in known]:
            again = _run(name, "ours, again", suspects)
            regressions += [test for test in suspects if again.get(test) != GOOD]
        passed = sum(outcome == GOOD for outcome in ours.values())
        both = sum(ours.get(test) == BAD for test in without if without[test] == BAD)
        say(
            f"{name}: {passed} passed with ours, {len(fresh)} worse than without,"
            f" {both} failed either way, {len(set(without) - set(ours))} not run"
        )
        total += passed
    for test in regressions:
        say(f"FAILED only with our add-ons: {test}")
    say(f"{total} passed, {len(regressions)} failed")
    return int(bool(regressions) or not total)


def _is_worse(without: Outcomes, ours: Outcomes, test: str) -> bool:
    return ours[test] != GOOD and without.get(test, GOOD) == GOOD


def _baseline(name: str) -> Outcomes:
    with locked_desk() as desk:
        key = desk.databases.template_key(demo=False)
    path = CACHE / "core-tests" / f"{key}-{name}.json"
    if not path.exists():
        outcomes = _run(name, "without ours")
        path.parent.mkdir(exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(outcomes, indent=1))
        beside.rename(path)
    return json.loads(path.read_text())


def _ours(name: str) -> Outcomes:
    return _run(name, "with ours")


def _run(name: str, kind: str, only: list[str] | None = None) -> Outcomes:
    """Run one core module's tests on a fresh copy; return each test's outcome."""
    database = f"core_{CHECKOUT}_{os.getpid()}"
    with locked_desk() as desk:
        if kind == "without ours":
            source = desk.databases.template()
        else:
            source = desk.databases.image(modules.chosen_addons(), assets=True)
        desk.databases.copy(source, database)
    try:
        with step(f"{name}, {kind}"):
            return _pytest(desk, database, name, kind, only)
    finally:
        desk.databases.drop(database)


def _pytest(
    desk: Desk, database: str, name: str, kind: str, only: list[str] | None
) -> Outcomes:
    folder = _folder(desk, name)
    report = WORK / f"core-{name}.xml"
    report.unlink(missing_ok=True)
    command = [
        desk.runner.python,
        "-m",
        "pytest",
        "-o",
        "addopts=",
        f"--junitxml={report}",
    ]
    command += [
        f"--odoo-database={database}",
        f"--odoo-config={desk.runner.config(database)}",
    ]
    command += ["--odoo-http", "--odoo-log-level=critical", "-q"]
    # Names of suspects, not node ids: those are relative to a folder that may differ.
    command += (
        ["-k", " or ".join(sorted({test.rpartition("::")[2] for test in only}))]
        if only
        else []
    )
    log = LOGS / f"core-{name}-{kind.replace(' ', '-').replace(',', '')}.log"
    with log.open("w") as out:
        subprocess.run(
            [*map(str, command), str(folder)],
            cwd=folder,
            env={**os.environ, **desk.runner.env},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if not report.exists():
        raise Trouble(f"pytest wrote no report for {name}; log: {log}", code=1)
    return _outcomes(report)


def _folder(desk: Desk, name: str) -> Path:
    for base in (desk.runner.odoo.path / "odoo" / "addons", *desk.runner.odoo.addons):
        if (base / name / "tests").is_dir():
            return base / name / "tests"
    raise Trouble(f"Odoo has no add-on {name} with tests", code=2)


def _outcomes(report: Path) -> Outcomes:
    found: Outcomes = {}
    for case in ElementTree.parse(report).iter("testcase"):
        place = case.get("classname", "").removeprefix("odoo.addons.")
        test = f"{place}::{case.get('name')}"
        kinds = {child.tag for child in case}
        outcome = (
            BAD
            if kinds & {"failure", "error"}
            else SKIPPED
            if "skipped" in kinds
            else GOOD
        )
        # A test with failing parts is listed more than once.
        found[test] = BAD if BAD in (outcome, found.get(test)) else outcome
    return found
