"""Databases with their files and notes: the plain operations."""

from __future__ import annotations

import json
import shutil
import subprocess

from .postgres import Server, literal
from .settings import CHECKOUT, DATA

FILESTORE = DATA / "filestore"
# The first words of the names of databases that belong to one checkout.
OWN = ("img", "test", "demo", "bench", "core")


class Store:
    def __init__(self, server: Server):
        self.server = server

    def exists(self, name: str) -> bool:
        query = f"SELECT 1 FROM pg_database WHERE datname = {literal(name)}"
        return self.server.sql(query) == "1"

    def drop(self, name: str) -> None:
        self.server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(FILESTORE / name, ignore_errors=True)

    def copy(self, source: str, name: str) -> None:
        """Copy a database, its files by hard links: Odoo never changes a file."""
        self.drop(name)
        self.server.sql(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        (FILESTORE / source).mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-al", FILESTORE / source, FILESTORE / name], check=True)

    def rename(self, name: str, to: str) -> None:
        self.drop(to)
        self.server.sql(f'ALTER DATABASE "{name}" RENAME TO "{to}"')
        if (FILESTORE / name).exists():
            (FILESTORE / name).rename(FILESTORE / to)

    def names(self, start: str) -> list[str]:
        """Return the databases whose name starts so, the last used first."""
        query = (
            "SELECT datname FROM pg_database"
            f" WHERE starts_with(datname, {literal(start)})"
            " ORDER BY shobj_description(oid, 'pg_database')::json->>'used'"
            " DESC NULLS LAST, oid DESC"
        )
        return self.server.sql(query).splitlines()

    def note(self, name: str, **facts: object) -> None:
        """Keep facts with a database, as its comment, and the time of its last use."""
        used = self.server.sql("SELECT now()")
        text = json.dumps({**self.noted(name), **facts, "used": used})
        self.server.sql(f'COMMENT ON DATABASE "{name}" IS {literal(text)}')

    def noted(self, name: str) -> dict:
        text = self.server.sql(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            f" WHERE datname = {literal(name)}"
        )
        return json.loads(text or "{}")

    def drop_own(self) -> None:
        """Drop every database of this checkout."""
        for kind in OWN:
            for name in self.names(f"{kind}_{CHECKOUT}"):
                self.drop(name)
