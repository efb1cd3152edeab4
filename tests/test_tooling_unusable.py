"""What only a person can mend is told in one line that says what to do."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from scripts.desk import database, postgres, process, serve, system
from scripts.desk.console import Trouble


@pytest.fixture
def told():
    """Return a function that runs the tool and gives its last words."""

    def run(command, **env):
        done = subprocess.run(
            [sys.executable, "-m", "scripts.desk", command],
            cwd=database.ROOT,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 3, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr.strip()

    return run


@pytest.mark.parametrize("command", ["setup", "clean", "psql"])
@pytest.mark.parametrize("place", ["/proc/nowhere", "/etc/hostname"])
def test_cache_that_cannot_be_made(told, command, place):
    assert "give another folder with CACHE=" in told(command, CACHE=place)


def test_foreign_folder_is_not_removed(told, tmp_path):
    (tmp_path / "letters").write_text("dear")
    assert "not removed" in told("distclean", CACHE=str(tmp_path))
    assert (tmp_path / "letters").exists()


def test_path_too_long_for_a_socket(tmp_path):
    cluster = postgres.Cluster(tmp_path / ("long" * 25) / "pg15")
    with pytest.raises(Trouble, match="shorter CACHE"):
        cluster.start()


@pytest.mark.parametrize("port", ["shop", "0", "70000", "-1"])
def test_port_that_is_none(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Trouble, match="give a number"):
        serve.choose_port()


def test_port_that_is_taken(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(Trouble, match="another one with PORT="):
            serve.choose_port()


def test_program_that_is_missing():
    with pytest.raises(Trouble, match="no-such-program is missing"):
        process.output(["no-such-program"])


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 14, 0)])
def test_python_that_odoo_does_not_know(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(Trouble, match="PYTHON="):
        system.check_python()


def test_full_disk(monkeypatch):
    usage = type("Usage", (), {"free": 10_000_000})
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Trouble, match="make room"):
        system.check_room()


def test_user_without_a_name(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    with pytest.raises(Trouble, match="has no name"):
        system.check_user()


def test_old_postgresql_does_not_count(monkeypatch, tmp_path):
    for name in ("9.6", "12", "15"):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin" / "initdb").touch()
    monkeypatch.setattr(postgres, "PROGRAMS", tmp_path)
    assert postgres.majors() == [15]
    shutil.rmtree(tmp_path / "15")
    with pytest.raises(Trouble, match="13 or newer"):
        postgres.newest_cluster()
