"""`make psql`, `make shell`, `make odoo`: for a developer at the keyboard."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from .console import Trouble
from .context import locked_desk
from .serve import DATABASE, need_demo
from .settings import ROOT, given


def _become(command: list[str | Path], env: Mapping[str, str]) -> None:
    """Replace this process, so that the terminal and Ctrl-C belong to the program."""
    os.chdir(ROOT)
    words = [str(part) for part in command]
    os.execvpe(words[0], words, {**os.environ, **env})


def _target():
    """Return the desk and the database: DB, or the demo one, made when missing."""
    with locked_desk() as desk:
        if not (database := given("DB")):
            return desk, need_demo(desk)
        # Odoo would make an empty one for a misspelled name.
        if not desk.databases.exists(database):
            names = "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"
            there = ", ".join(desk.databases.server.sql(names).splitlines())
            raise Trouble(f"no database {database}; there is: {there}", code=2)
        return desk, database


def psql() -> None:
    desk, database = _target()
    arguments = shlex.split(given("ARGS"))
    _become(["psql", "-d", database, *arguments], desk.runner.server.env)


def shell() -> None:
    desk, database = _target()
    config = desk.runner.config(database)
    command = desk.runner.command("shell", "-c", config, "--no-http")
    _become([*command, *shlex.split(given("ARGS"))], desk.runner.env)


def odoo() -> None:
    """Run `odoo ARGS`; without a sub-command it is `server`."""
    with locked_desk() as desk:
        config = desk.runner.config(given("DB", DATABASE))
    words = shlex.split(given("ARGS"))
    if not words or words[0].startswith("-"):
        words.insert(0, "server")
    _become(desk.runner.command(words[0], "-c", config, *words[1:]), desk.runner.env)
