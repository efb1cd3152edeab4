"""The cache of databases: a half or damaged one is never used, it is built anew.

With databases of three tables instead of Odoo's 900, on the server the tests run on.
"""

import os
import subprocess
from types import SimpleNamespace

import pytest

from scripts.desk import database, postgres
from scripts.desk.settings import CHECKOUT

TABLES = """
    CREATE TABLE ir_module_module (name text, state text);
    CREATE TABLE ir_attachment (id int);
    CREATE TABLE ir_model_data (id int);
    INSERT INTO ir_model_data VALUES (1);
    INSERT INTO ir_module_module VALUES ('base', 'installed');
"""


class Cache:
    """A cached database and how often it was built."""

    def __init__(self, databases, name):
        self.databases = databases
        self.name = name
        self.builds = 0
        self.fail = False

    def build(self, beside):
        self.builds += 1
        self.databases.server.sql(f'CREATE DATABASE "{beside}" TEMPLATE template0')
        self.databases.server.sql(TABLES, beside)
        (database.FILESTORE / beside / "ab").mkdir(parents=True)
        (database.FILESTORE / beside / "ab" / "abcd").write_text("a file")
        if self.fail:
            raise KeyboardInterrupt

    def need(self):
        return self.databases._cached(self.name, self.build)


@pytest.fixture
def cache():
    server = postgres.Server(
        os.environ["PGHOST"],
        os.environ.get("PGPORT", ""),
        os.environ["PGUSER"],
        os.environ.get("PGPASSWORD", ""),
    )

    databases = database.Databases(SimpleNamespace(server=server))
    cache = Cache(databases, f"test_{CHECKOUT}_{os.getpid()}_cache")
    yield cache
    databases.drop(cache.name)
    databases.drop(f"{cache.name}_building")


def test_whole_one_is_used_again(cache):
    cache.need()
    cache.need()
    assert cache.builds == 1


def test_interrupted_build_is_not_used(cache):
    cache.fail = True
    with pytest.raises(KeyboardInterrupt):
        cache.need()
    assert not cache.databases.exists(cache.name)
    cache.fail = False
    cache.need()
    assert cache.builds == 2
    assert cache.databases.is_whole(cache.name)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE ir_attachment",
        "UPDATE ir_module_module SET state = 'to upgrade'",
        "DELETE FROM ir_module_module",
        "DELETE FROM ir_model_data",
        "ALTER TABLE ir_attachment DROP COLUMN id",
    ],
)
def test_damaged_database_is_built_anew(cache, damage):
    cache.need()
    cache.databases.server.sql(damage, cache.name)
    cache.need()
    assert cache.builds == 2
    assert cache.databases.is_whole(cache.name)


def test_missing_module_is_noticed(cache):
    """Noted as finished, but without a module that is needed."""
    cache.need()
    assert cache.databases.is_whole(cache.name, ["base"])
    assert not cache.databases.is_whole(cache.name, ["base", "sale"])


def test_lost_file_is_noticed(cache):
    cache.need()
    (database.FILESTORE / cache.name / "ab" / "abcd").unlink()
    cache.need()
    assert cache.builds == 2


def test_copy_keeps_the_files(cache):
    cache.need()
    copy = f"{cache.name}_building"
    cache.databases.copy(cache.name, copy)
    assert (database.FILESTORE / copy / "ab" / "abcd").read_text() == "a file"
    assert cache.databases._facts(copy) == cache.databases._facts(cache.name)


def test_database_without_a_note_is_built_anew(cache):
    cache.need()
    cache.databases.server.sql(f'COMMENT ON DATABASE "{cache.name}" IS NULL')
    cache.need()
    assert cache.builds == 2


def test_help_lists_every_target():
    told = subprocess.run(
        ["make"], cwd=database.ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("run", "test", "lint", "bench"):
        assert f"\n  {target} " in told
