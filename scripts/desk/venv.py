"""Python environments from pinned requirements, one folder per content hash."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from . import hashing, settings
from .console import step
from .process import lock, run
from .settings import CACHE, ROOT, given
from .system import NO_NETWORK

ODOO = ("requirements-odoo.txt", "requirements.txt", "requirements-test.txt")
LINT = ("requirements-lint.txt",)


def need_venv(name: str, files: tuple[str, ...]) -> Path:
    """Return the environment's folder, built when new or interrupted before.

    An environment cannot be renamed (its scripts hold its path), so a stamp written
    last tells a whole one from a broken one.
    """
    paths = [ROOT / file for file in files]
    key = hashing.of_text(
        hashing.of_files(paths), platform.python_version(), platform.machine()
    )[:12]
    folder = CACHE / "venv" / f"{name}-{key}"
    stamp = folder / ".complete"
    if stamp.exists() and (folder / "bin/python").exists():
        return folder
    with step(f"Python {platform.python_version()} environment for {name}"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "venv", folder], log=f"venv-{name}")
        pip = [
            folder / "bin/python",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
        ]
        wanted = [part for path in paths for part in ("-r", path)]
        run(
            [*pip, "--no-input", *wanted],
            log=f"pip-{name}",
            env={"PIP_ROOT_USER_ACTION": "ignore"},
            hint=NO_NETWORK,
        )
        stamp.write_text(f"{key}\n")
    return folder


def need_odoo_python() -> Path:
    return need_venv("odoo", ODOO) / "bin/python"


def need_lint_tools() -> Path:
    return need_venv("lint", LINT) / "bin"


def compile_pins() -> None:
    """Compile requirements-*.in for every Python of Odoo 19.0, naming no index."""
    settings.prepare_folders()
    with lock("lint"):
        uv = need_lint_tools() / "uv"
    flags = ["--universal", "--python-version=3.10"]
    flags += ["--no-header", "--no-emit-index-url", *given("ARGS").split()]
    # In this order: the later ones are held to the versions of the earlier ones.
    for name in (
        "requirements-odoo",
        "requirements",
        "requirements-test",
        "requirements-lint",
    ):
        with step(f"{name}.txt"):
            command = [uv, "pip", "compile", *flags, f"{name}.in"]
            command += ["-o", f"{name}.txt"]
            run(command, log=f"pins-{name}", cwd=ROOT)
