"""`make lint` and `make format`: all linters run, then the unhappy ones are named."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from . import compose, guard, modules, node, readmes, settings, system, venv
from .console import Trouble, say
from .process import lock
from .settings import ADDONS, ROOT

PYTHON_FOLDERS = ("addons", "tests", "benchmarks", "scripts", "docs")
WEB_FILES = ("xml", "js", "scss")
OCA = "--config=.oca_hooks.cfg"


def lint() -> int:
    tools, env = _prepare()
    addons = list(modules.own_addons().values())
    web = _web_files()
    catalogues = _catalogues()
    checks = [
        ("ruff check", [tools / "ruff", "check", "--quiet", *_python()]),
        ("ruff format", [tools / "ruff", "format", "--check", "--quiet", *_python()]),
        ("pylint-odoo", [tools / "pylint", *addons]),
        (
            "oca-checks-odoo-module",
            [tools / "oca-checks-odoo-module", OCA, *addons],
        ),
        (
            "oca-checks-po",
            [tools / "oca-checks-po", OCA, *catalogues] if catalogues else [],
        ),
        (
            "prettier",
            [node.program("prettier"), "--check", "--log-level=warn", *web]
            if web
            else [],
        ),
        ("eslint", [node.program("eslint"), "--max-warnings=0", *_scripts(web)]),
    ]
    complaints = [name for name, command in checks if not _passes(name, command, env)]
    for name, check in (
        ("docker compose", compose.findings),
        ("house rules", guard.findings),
    ):
        if not _reports_nothing(name, check):
            complaints.append(name)
    if complaints:
        say(
            f"\nlint failed: {', '.join(complaints)} (`make format` mends what is form)"
        )
        return 1
    say("lint: no findings")
    return 0


def rewrite() -> int:
    tools, env = _prepare()
    web = _web_files()
    addons = list(modules.own_addons().values())
    catalogues = _catalogues()
    commands = [
        [tools / "ruff", "check", "--fix", "--quiet", *_python()],
        [tools / "ruff", "format", "--quiet", *_python()],
        [tools / "oca-checks-odoo-module", "--fix", "--no-verbose", OCA, *addons],
        [tools / "oca-checks-po", "--fix", OCA, *catalogues] if catalogues else [],
        [tools / "python", "-m", "scripts.desk.catalogues", "--fix"],
        [node.program("prettier"), "--write", "--log-level=warn", *web] if web else [],
        [node.program("eslint"), "--fix", *_scripts(web)],
    ]
    for command in commands:
        if command:
            _call(command, env)
    readmes.mend()
    return 0


def _prepare() -> tuple[Path, dict[str, str]]:
    settings.prepare_folders()
    with lock("lint"):
        system.need_system(browser=False)
        tools = venv.need_lint_tools()
        return tools, node.need_node()


def _python() -> list[str]:
    folders = [name for name in PYTHON_FOLDERS if (ROOT / name).is_dir()]
    return [str(ADDONS) if name == "addons" else name for name in folders]


def _web_files() -> list[Path]:
    return [
        path for ending in WEB_FILES for path in sorted(ADDONS.rglob(f"*.{ending}"))
    ]


def _catalogues() -> list[Path]:
    return sorted(ADDONS.glob("*/i18n/*.po*"))


def _scripts(web: list[Path]) -> list[Path]:
    """Return what eslint reads: its own configuration too, so that there is work."""
    return [*(path for path in web if path.suffix == ".js"), ROOT / "eslint.config.mjs"]


def _call(command: list, env: dict[str, str], **options) -> subprocess.CompletedProcess:
    words = [str(part) for part in command]
    return subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        check=False,
        **options,
    )


def _passes(name: str, command: list, env: dict[str, str]) -> bool:
    if not command:
        return True
    began = time.monotonic()
    done = _call(command, env, capture_output=True, text=True)
    told = (done.stdout + done.stderr).strip()
    good = not done.returncode
    _line(name, began, good, told)
    return good


def _reports_nothing(name: str, check) -> bool:
    began = time.monotonic()
    try:
        found = check()
    except Trouble as trouble:
        found = [str(trouble)]
    _line(name, began, not found, "\n".join(found))
    return not found


def _line(name: str, began: float, good: bool, told: str) -> None:
    say(
        f"{name} ".ljust(64, ".")
        + f" {time.monotonic() - began:6.1f} s"
        + ("" if good else "  FAILED")
    )
    if not good:
        say(told)
