"""Setting up, in order, what a command needs; what is there takes no time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

from . import settings, system
from .database import Databases
from .odoo_cli import Runner
from .odoo_source import need_odoo
from .postgres import need_postgres
from .process import lock
from .venv import need_odoo_python


@dataclass(frozen=True)
class Desk:
    runner: Runner
    databases: Databases


def need_all() -> Desk:
    """Install and start whatever is missing. The caller holds the lock."""
    system.need_system()
    runner = Runner(need_odoo(), need_odoo_python(), need_postgres())
    return Desk(runner, Databases(runner))


@contextmanager
def locked_desk():
    """Give the desk while no other process changes the cache."""
    settings.prepare_folders()
    with lock():
        yield need_all()
