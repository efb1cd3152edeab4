"""Throw-away databases in which one add-on of ours is, and nothing it does not need."""

import os
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.desk import modules
from scripts.desk.settings import CHECKOUT

from . import history, traces


@dataclass(frozen=True)
class Installed:
    """A database with one add-on, and what was in it before the add-on came."""

    database: str
    before: set
    after: set


class Workshop:
    def __init__(self, desk, folder: Path):
        self.desk = desk
        self.folder = folder
        self.made: list[str] = []
        self.kept: dict[str, Installed] = {}
        self.known: dict[str, set] = {}

    def runner(self, name):
        """Return a runner that sees the add-on and what it needs of ours."""
        return self.desk.runner.only(modules.closure([name]))

    def new_name(self):
        """Return the name of a database that is dropped at the end."""
        self.made.append(f"test_{CHECKOUT}_{os.getpid()}_{len(self.made)}")
        return self.made[-1]

    @contextmanager
    def copy(self, source):
        """Give a copy of a database; drop it after the block."""
        name = self.new_name()
        self.desk.databases.copy(source, name)
        try:
            yield name
        finally:
            self.desk.databases.drop(name)

    def traces_of(self, database):
        """Return what is in a database that nobody changes, read once a run."""
        if database not in self.known:
            server = self.desk.databases.server
            self.known[database] = traces.take(server, database)
        return self.known[database]

    def installed(self, name) -> Installed:
        """Return the database with `name` just installed, made once a run.

        :raise Trouble: when Odoo logs a warning or does not install it
        """
        if name not in self.kept:
            needed = modules.closure([name])[:-1]
            if needed:
                # The nearest of them: what stands before the add-on in its chain.
                source = self.installed(needed[-1]).database
                missing = [
                    one for one in needed if one not in modules.closure(needed[-1:])
                ]
            else:
                source, missing = self.desk.databases.template(), []
            database = self.new_name()
            self.desk.databases.copy(source, database)
            runner = self.runner(name)
            if missing:
                # with the add-on in sight, glue would install itself along with them
                self.desk.runner.only(needed).install_own(database, missing)
                before = traces.take(runner.server, database)
            else:
                # A copy holds what its source does.
                before = self.traces_of(source)
            runner.install_own(database, [name])
            self.kept[name] = Installed(database, before, self.traces_of(database))
        return self.kept[name]

    def past_runner(self, name, past):
        """Return a runner that sees the add-on and what it needs as they were."""
        folder = self.folder / past.commit
        if not folder.exists():
            archive = folder.with_suffix(".tar")
            history.archive(past, archive)
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
        wanted = self.folder / f"{past.commit}-{name}"
        wanted.mkdir()
        for one in modules.closure([name]):
            (wanted / one).symlink_to(folder / one)
        return replace(self.desk.runner, own_addons=wanted)

    def drop(self):
        for database in self.made:
            self.desk.databases.drop(database)
