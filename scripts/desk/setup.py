"""`make setup`, `make clean`, `make distclean`."""

from __future__ import annotations

import shutil
import time

from . import settings
from .console import Trouble, say, step
from .context import locked_desk
from .postgres import Cluster, given_server, need_postgres
from .process import lock
from .serve import stop_server
from .store import Store


def setup() -> None:
    began = time.monotonic()
    with locked_desk() as desk:
        desk.databases.template()
    say(f"ready in {time.monotonic() - began:.1f} s; cache: {settings.CACHE}")


def clean() -> None:
    settings.prepare_folders()
    stop_server()
    with lock():
        if given_server() or list(settings.CACHE.glob("pg*/data/PG_VERSION")):
            Store(need_postgres()).drop_own()
    for folder in (settings.WORK, settings.ARTIFACTS, settings.ROOT / "node_modules"):
        shutil.rmtree(folder, ignore_errors=True)


def distclean() -> None:
    """Remove the cache, after stopping what lives in it."""
    stop_server()
    if not settings.CACHE.exists():
        return
    settings.prepare_folders()
    if not (settings.CACHE / "setup.lock").exists():
        raise Trouble(
            f"{settings.CACHE} does not look like a cache of this tool: not removed"
        )
    with lock(), step(f"removing {settings.CACHE}"):
        for folder in settings.CACHE.glob("pg*"):
            Cluster(folder).stop()
        shutil.rmtree(settings.CACHE)
    for folder in (settings.ARTIFACTS, settings.ROOT / "node_modules"):
        shutil.rmtree(folder, ignore_errors=True)
