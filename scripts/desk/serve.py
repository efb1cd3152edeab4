"""`make run`, `make start`, `make stop`: the demo shop."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import logins, modules, settings, system
from .console import Trouble, say, step, tail
from .context import Desk, locked_desk
from .postgres import given_server, newest_cluster, running_server
from .process import lock
from .settings import CHECKOUT, LOGS, WORK, asked, given

DATABASE = f"demo_{CHECKOUT}"
PID_FILE = WORK / "server.pid"
START_SECONDS = 300


@dataclass
class Served:
    """A demo server that answers."""

    process: subprocess.Popen
    url: str
    log: Path


def need_demo(desk: Desk, database: str = DATABASE, *, fresh: bool = False) -> str:
    """Make the demo database, or bring it up to the add-ons' present content."""
    databases = desk.databases
    wanted = modules.hashes(list(modules.own_addons()))
    base = [desk.runner.odoo.identity, desk.runner.server.major]
    noted = databases.noted(database) if desk.databases.exists(database) else {}
    gone = noted.get("addons", {}).keys() - wanted.keys()
    if fresh or gone or noted.get("base") != base:
        template = databases.template(demo=True)
        with step("copying the demo template"):
            databases.copy(template, database)
        noted = {}
    there = noted.get("addons", {})
    new = [name for name in wanted if name not in there]
    changed = [name for name in wanted if name in there and there[name] != wanted[name]]
    if new:
        # demo data are loaded once: after a failure the next start begins anew
        databases.note(database, base=None, addons={})
    if new or changed:
        with step(f"demo database: {', '.join(new + changed)}"):
            desk.runner.install_own(database, new, update=changed, demo=True)
            databases.note(database, base=base, addons=wanted)
    return database


def choose_port() -> int:
    """Return PORT, which must be free; without it 8069 or the next free one."""
    asked_for = given("PORT")
    if asked_for and not (asked_for.isdecimal() and 0 < int(asked_for) < 65533):
        raise Trouble(f"PORT={asked_for}: give a number from 1 to 65532", code=2)
    first = int(asked_for or 8069)
    reason = ""
    for port in range(first, first + (1 if asked_for else 50)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                reason = os.strerror(error.errno)
                continue
            return port
    raise Trouble(f"port {first}: {reason}: give another one with PORT=…")


def launch(
    desk: Desk,
    database: str,
    *,
    background: bool = False,
    base: str = "development",
    arguments: Sequence[str] = (),
) -> Served:
    """Start an Odoo server for `database` and wait until it answers."""
    port = choose_port()
    config = desk.runner.config(database, base, http_port=port, gevent_port=port + 3)
    log = LOGS / f"server-{database}.log"
    command = [*map(str, desk.runner.command("server", "-c", config)), *arguments]
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **desk.runner.env},
            start_new_session=background,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(process, f"{url}/web/health", log)
    except BaseException:
        end(process)
        raise
    return Served(process, url, log)


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Trouble(
                f"{tail(log)}\n\nOdoo ended while starting; log: {log}", code=1
            )
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise Trouble(f"Odoo does not answer after {START_SECONDS} s; log: {log}", code=1)


def end(process: subprocess.Popen) -> None:
    """Stop a server the way Odoo likes, and by force when it does not listen."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _prepared(background: bool) -> tuple[Desk, Served]:
    with locked_desk() as desk:
        database = need_demo(desk, fresh=asked("FRESH"))
        with step("starting Odoo"):
            served = launch(
                desk,
                database,
                background=background,
                arguments=shlex.split(given("ARGS")),
            )
    return desk, served


def _announce(desk: Desk, served: Served) -> None:
    say(f"\n  Shop      {served.url}/shop\n  Back end  {served.url}/odoo\n")
    say(logins.table(desk.runner.server, DATABASE))
    say(f"\nlog: {served.log}")


def run() -> int:
    """Serve in the foreground until Ctrl-C, showing Odoo's log from then on."""
    desk, served = _prepared(background=True)
    try:
        _announce(desk, served)
        say("Ctrl-C stops it.\n")
        shower = threading.Thread(target=_follow, args=(served.log,), daemon=True)
        shower.start()
        return served.process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        end(served.process)
        say("\nOdoo is stopped")


def _follow(log: Path) -> None:
    with log.open(errors="replace") as handle:
        handle.seek(0, os.SEEK_END)
        while True:
            if text := handle.read():
                sys.stdout.write(text)
                sys.stdout.flush()
            else:
                time.sleep(0.3)


def start() -> None:
    """Serve in the background; `make stop` ends it."""
    stop_server()
    desk, served = _prepared(background=True)
    PID_FILE.write_text(str(served.process.pid))
    _announce(desk, served)
    say("`make stop` stops it.")


def stop_server() -> None:
    """End the background server of this checkout, if it is still the one we started."""
    if not PID_FILE.exists():
        return
    pid = int(PID_FILE.read_text())
    if system.is_running(pid, DATABASE):
        with step("stopping Odoo"):
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + 15
            while system.is_running(pid, DATABASE) and time.monotonic() < deadline:
                time.sleep(0.2)
            if system.is_running(pid, DATABASE):
                os.kill(pid, signal.SIGKILL)
    PID_FILE.unlink()


def stop() -> None:
    """Stop the server, and the private cluster unless somebody else works in it."""
    settings.prepare_folders()
    stop_server()
    with lock():
        _stop_postgres()


def _stop_postgres() -> None:
    server = running_server()
    if not server or given_server():
        return
    if others := server.sql(
        "SELECT string_agg(DISTINCT datname, ', ') FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ):
        say(f"PostgreSQL goes on: others work in {others}")
        return
    with step("stopping the private PostgreSQL"):
        newest_cluster().stop()
