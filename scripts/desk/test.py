"""`make test`: pytest on a throw-away copy of a database with our add-ons."""

from __future__ import annotations

import os
import re
import shlex
from contextlib import contextmanager
from pathlib import Path

from . import modules, system
from .console import Trouble, say, step
from .context import Desk, locked_desk
from .process import foreground
from .settings import ADDONS, CHECKOUT, ROOT, asked, given

PREFIX = f"test_{CHECKOUT}_"
LONG = "tests/long"
# More than two browsers at once would make each of them slow.
MOST_WORKERS = 2


def test() -> int:
    return _run(_chosen_paths(), f"--ignore={LONG}")


def test_long() -> int:
    if not (ROOT / LONG).is_dir():
        raise Trouble(f"there is no {LONG} yet", code=2)
    return _run(given("T").split() or [LONG])


def _chosen_paths() -> list[str]:
    """Return what to collect: T, or the chosen add-ons' tests and the common ones."""
    if chosen := given("T"):
        return chosen.split()
    folders = [ADDONS / name / "tests" for name in modules.chosen_addons()]
    if not given("ADDON"):
        folders.append(ROOT / "tests")
    return [os.path.relpath(folder, ROOT) for folder in folders if folder.is_dir()]


def _run(paths: list[str], *options: str) -> int:
    with locked_desk() as desk:
        if database := given("DB"):
            _update(desk, database)
            keep = True
        else:
            database = _copy(desk)
            keep = asked("KEEP")
    if keep:
        say(f"database {database} is kept; again on it: make test DB={database}")
    with _dropped(desk, database, keep):
        command = _pytest(desk, database, [*paths, *options])
        env = {**desk.runner.env, "ADDONS": str(ADDONS)}
        code = foreground(command, env=env, cwd=ROOT)
        if asked("COV"):
            report = [desk.runner.python, "-m", "coverage", "report"]
            foreground(report, env=env, cwd=ROOT)
        return code


def _copy(desk: Desk) -> str:
    """Return a fresh copy of the image with the add-ons to test."""
    _drop_left_over(desk)
    names = modules.chosen_addons() if asked("ALONE") else list(modules.own_addons())
    image = desk.databases.image(names, assets=not given("T"))
    database = f"{PREFIX}{os.getpid()}"
    with step("copying the test database"):
        desk.databases.copy(image, database)
    return database


def _update(desk: Desk, database: str) -> None:
    """Make the developer's own database when missing; update the add-ons of U=."""
    if not desk.databases.exists(database):
        image = desk.databases.image(list(modules.own_addons()))
        desk.databases.copy(image, database)
    elif names := [name for name in given("U").split(",") if name]:
        with step(f"updating {', '.join(names)}"):
            desk.runner.install_own(database, [], update=names)


def _drop_left_over(desk: Desk) -> None:
    """Drop the copies of runs that were killed."""
    for name in desk.databases.names(PREFIX):
        owner = re.split("[_-]", name.removeprefix(PREFIX))[0]
        if owner.isdigit() and not any(
            system.is_running(int(owner), marker)
            for marker in ("scripts.desk", "pytest")
        ):
            desk.databases.drop(name)


@contextmanager
def _dropped(desk: Desk, database: str, keep: bool):
    try:
        yield
    finally:
        if not keep:
            desk.databases.drop(database)


def _workers() -> int:
    """Return how many processes share the tests; each gets a copy of the database.

    None for chosen ones (or with J=1): their output comes at once, and debuggers work.
    """
    chosen = given("T") or given("DB") or asked("COV")
    count = int(given("J") or (0 if chosen else min(MOST_WORKERS, os.cpu_count() or 1)))
    return count if count > 1 else 0


def _pytest(desk: Desk, database: str, arguments: list[str]) -> list[str]:
    config: Path = desk.runner.config(database)
    command = [str(desk.runner.python), "-m"]
    command += ["coverage", "run", f"--source={ADDONS}", "-m"] if asked("COV") else []
    command += [
        "pytest",
        f"--odoo-database={database}",
        f"--odoo-config={config}",
        "--odoo-http",
    ]
    command += [f"--odoo-log-level={given('LOG', 'warn')}"]
    if workers := _workers():
        # By class, as a class prepares its records once; the biggest ones first.
        command += [f"--numprocesses={workers}", "--dist=loadscope"]
    command += ["-k", given("K")] if given("K") else []
    command += ["-x"] if asked("X") else []
    return [*command, *shlex.split(given("ARGS")), *arguments]
