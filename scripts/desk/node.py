"""prettier and eslint: Node.js is a Python package, the rest in package-lock.json."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import hashing
from .console import step
from .process import run
from .settings import ROOT
from .venv import need_lint_tools

MODULES = ROOT / "node_modules"


def need_node() -> dict[str, str]:
    """Return the environment in which `npx`-installed programs run."""
    tools = need_lint_tools()
    env = {"PATH": f"{MODULES / '.bin'}:{tools}:{os.environ['PATH']}"}
    key = hashing.of_files([ROOT / "package-lock.json", ROOT / "package.json"])
    stamp = MODULES / ".desk-complete"
    if not stamp.exists() or stamp.read_text() != key:
        with step("prettier and eslint"):
            shutil.rmtree(MODULES, ignore_errors=True)
            # No install scripts: nothing of ours needs one.
            words = [
                "ci",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--no-update-notifier",
            ]
            run([tools / "npm", *words], log="npm", env=env, cwd=ROOT)
            stamp.write_text(key)
    return env


def program(name: str) -> Path:
    return MODULES / ".bin" / name
