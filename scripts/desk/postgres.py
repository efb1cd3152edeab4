"""PostgreSQL: a private cluster on a unix socket, or the server named by DB_HOST."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from .console import Trouble, step, tail
from .process import output
from .settings import CACHE, IS_ROOT, given

PROGRAMS = Path("/usr/lib/postgresql")
# A throw-away cluster: speed before safety. After a power cut it may be broken; then
# `make distclean` removes it and the next `make` builds it anew.
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
timezone = 'UTC'
log_timezone = 'UTC'
max_connections = 100
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 1h
autovacuum = off
jit = off
"""


@dataclass(frozen=True)
class Server:
    """A running server: `env` for PostgreSQL's programs, `options` for Odoo."""

    host: str
    port: str = ""
    user: str = "odoo"
    password: str = field(default="", repr=False)

    @property
    def env(self) -> dict[str, str]:
        named = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGCLIENTENCODING": "UTF8",
            "PGOPTIONS": "-c client_min_messages=warning",
        }
        return {name: value for name, value in named.items() if value}

    @property
    def options(self) -> dict[str, str]:
        named = {
            "db_host": self.host,
            "db_port": self.port,
            "db_user": self.user,
            "db_password": self.password,
        }
        return {name: value for name, value in named.items() if value}

    def sql(self, query: str, database: str = "postgres") -> str:
        """Return the result of `query`: rows as lines, columns separated by tabs."""
        flags = ["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        return output(["psql", *flags, "-d", database, "-c", query], env=self.env)

    @property
    def major(self) -> str:
        return self.sql("SHOW server_version_num")[:-4]


def literal(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def given_server() -> Server | None:
    """Return the server named by DB_HOST, if any."""
    if not given("DB_HOST"):
        return None
    user = given("DB_USER", "odoo")
    return Server(given("DB_HOST"), given("DB_PORT"), user, given("DB_PASSWORD"))


def running_server() -> Server | None:
    """Return the server to use if it is there already; start nothing."""
    if server := given_server():
        return server
    cluster = newest_cluster() if majors() else None
    return cluster.server() if cluster and cluster.is_up() else None


def need_postgres() -> Server:
    if server := given_server():
        allowed = "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
        if server.sql(allowed) != "t":
            raise Trouble(
                f"DB_HOST={server.host}: {server.user} may not create databases"
            )
        return server
    cluster = newest_cluster()
    if not cluster.is_up():
        with step("private PostgreSQL"):
            cluster.start()
    return cluster.server()


def majors() -> list[int]:
    """Return the versions on this machine that Odoo 19.0 works with."""
    names = [path.parts[-3] for path in PROGRAMS.glob("*/bin/initdb")]
    return sorted(int(name) for name in names if name.isdecimal() and int(name) >= 13)


def newest_cluster() -> Cluster:
    """Return the cluster of the newest PostgreSQL on this machine."""
    if not (found := majors()):
        raise Trouble("no PostgreSQL 13 or newer: `make setup` as root installs it")
    return Cluster(CACHE / f"pg{found[-1]}")


class Cluster:
    """A private cluster in a folder of the cache named after its major version."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.bin = PROGRAMS / base.name.removeprefix("pg") / "bin"
        self.data = self.base / "data"
        self.socket = self.base / "socket"
        self.log = self.base / "log"

    def _as_owner(self, *command: str | Path) -> subprocess.CompletedProcess:
        """Run a program as the cluster's owner: PostgreSQL refuses to run as root."""
        prefix = ["runuser", "-u", "postgres", "--"] if IS_ROOT else []
        return subprocess.run(
            [*prefix, *map(str, command)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def _control(self, *words: str | Path) -> subprocess.CompletedProcess:
        return self._as_owner(self.bin / "pg_ctl", "-D", self.data, *words)

    def server(self) -> Server:
        return Server(str(self.socket))

    def is_up(self) -> bool:
        return (self.data / "PG_VERSION").exists() and self._control(
            "status"
        ).returncode == 0

    def start(self) -> None:
        self.socket.mkdir(parents=True, exist_ok=True)
        self.socket.chmod(0o700)
        if len(str(self.socket)) > 90:
            raise Trouble(
                f"{CACHE}: too long for a PostgreSQL socket, give a shorter CACHE=…"
            )
        if IS_ROOT:
            try:
                owner = pwd.getpwnam("postgres")
            except KeyError as error:
                raise Trouble(
                    "PostgreSQL does not run as root, and there is no user postgres: "
                    "run `make` as another user, or give a server with DB_HOST=…"
                ) from error
            for folder in (self.base, self.socket):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        if not (self.data / "PG_VERSION").exists():
            self._create()
        (self.data / "postgresql.conf").write_text(SETTINGS.format(socket=self.socket))
        # pg_ctl's child inherits its output: a pipe would never close.
        if self._control("-l", self.log, "-w", "-t", "60", "-s", "start").returncode:
            raise Trouble(
                f"{tail(self.log)}\n\nthe private PostgreSQL does not start; if its "
                f"files are broken, `make distclean` removes them (log: {self.log})"
            )

    def _create(self) -> None:
        """Make the cluster beside and rename it: an interrupted one is never used."""
        beside = self.base / "data.new"
        shutil.rmtree(beside, ignore_errors=True)
        flags = ["-U", "odoo", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        done = self._as_owner(self.bin / "initdb", "-D", beside, *flags)
        if done.returncode:
            raise Trouble(
                f"{done.stderr}\ncannot create a PostgreSQL cluster in {self.base}"
            )
        shutil.rmtree(self.data, ignore_errors=True)
        beside.rename(self.data)

    def stop(self) -> None:
        if self.is_up():
            self._control("-m", "fast", "-w", "stop")
