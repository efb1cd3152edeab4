"""Checking docker-compose.yml against its schema, without an engine.

`docker compose config` needs no engine; where Docker's plugin is missing, its single
binary is fetched from Debian like Odoo, and unpacked in the cache.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from .odoo_source import fetch_from_sid
from .process import lock, output
from .settings import CACHE, ROOT

FILE = ROOT / "docker-compose.yml"


def findings() -> list[str]:
    if not FILE.exists():
        return [f"{FILE.name} is missing"]
    # Any value will do for a variable that the file requires.
    required = set(re.findall(r"\$\{(\w+):\?", FILE.read_text()))
    done = subprocess.run(
        [*_program(), "-f", str(FILE), "config", "--quiet"],
        env={**os.environ, **dict.fromkeys(required, "x")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [done.stderr.strip() or done.stdout.strip()] if done.returncode else []


def _program() -> list[str]:
    if shutil.which("docker"):
        there = subprocess.run(
            ["docker", "compose", "version"], capture_output=True, check=False
        )
        if there.returncode == 0:
            return ["docker", "compose"]
    with lock("lint"):
        return [str(_from_debian())]


def _from_debian() -> Path:
    target = CACHE / "docker-compose"
    program = target / "usr/libexec/docker/cli-plugins/docker-compose"
    if not program.exists():
        beside = CACHE / "docker-compose.new"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        fetch_from_sid(["docker-compose/sid"], beside, "docker-compose")
        output(["dpkg-deb", "-x", next(beside.glob("*.deb")), beside])
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)
    return program
