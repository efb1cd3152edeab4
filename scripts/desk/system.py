"""What Debian must bring: checked by what is used, installed when we are root."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

from . import postgres
from .console import Trouble, step
from .process import lock, run
from .settings import CACHE, IS_ROOT, given

# The names under which Odoo's test browser looks for one.
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
OLDEST, NEWEST = (3, 10), (3, 13)
# GB: Odoo, Python, PostgreSQL and templates take about 5; a run its copies.
ROOM_FIRST, ROOM_LATER = 6, 1
NO_NETWORK = "when a mirror or index cannot be reached: check the network and proxy"


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise Trouble(
            f"Odoo 19.0 needs Python 3.10 to 3.13, not {found}: make … PYTHON="
        )


def check_user() -> None:
    """PostgreSQL and apt refuse a user without a name, as containers may have."""
    try:
        pwd.getpwuid(os.getuid())
    except KeyError as error:
        raise Trouble(
            f"user id {os.getuid()} has no name: add it to /etc/passwd, or run `make` "
            "as another user"
        ) from error


def check_room() -> None:
    wanted = ROOM_LATER if (CACHE / "odoo").exists() else ROOM_FIRST
    free = shutil.disk_usage(CACHE).free / 1e9
    if free < wanted:
        raise Trouble(
            f"{CACHE}: {free:.1f} GB free, {wanted} GB are needed: make room "
            "(`make clean`), or give a folder on another disk with CACHE=…"
        )


def missing_packages(*, browser: bool = True) -> list[str]:
    """Return the Debian packages for what is not there."""
    wanted = {"python3-venv": importlib.util.find_spec("ensurepip")}
    if browser:
        wanted |= {
            "chromium": find_browser(),
            "fonts-dejavu-core": glob(
                "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
            ),
            "fonts-noto-core": glob(
                "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
            ),
            "wkhtmltopdf": shutil.which("wkhtmltopdf"),
            "poppler-utils": shutil.which("pdftotext"),
            "libmagic1": glob("/usr/lib/*/libmagic.so.1"),
        }
        if given("DB_HOST"):
            wanted["postgresql-client"] = shutil.which("psql")
        else:
            wanted["postgresql"] = postgres.majors()
    return [package for package, there in wanted.items() if not there]


def need_system(*, browser: bool = True) -> None:
    """Install what is missing, or say in one line how to."""
    check_python()
    check_user()
    check_room()
    if not missing_packages(browser=browser):
        return
    with lock("system"):
        if missing := missing_packages(browser=browser):
            _install(missing)
    if left := missing_packages(browser=browser):
        raise Trouble(f"still missing after the installation: {', '.join(left)}")


def _install(missing: list[str]) -> None:
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        raise Trouble(f"missing (Debian's names of the packages): {', '.join(missing)}")
    become = [] if IS_ROOT else _sudo()
    if not IS_ROOT and not become:
        raise Trouble(
            "run once as root, then `make` again:\n"
            f"  apt-get update && {' '.join(install)}"
        )
    with step(f"system packages: {' '.join(missing)}"):
        become += ["env", "DEBIAN_FRONTEND=noninteractive"]
        run([*become, "apt-get", "update", "-q"], log="apt-update", hint=NO_NETWORK)
        run([*become, *install], log="apt-install", hint=NO_NETWORK)


def _sudo() -> list[str]:
    """Return the words that make us root when that needs no password."""
    if shutil.which("sudo"):
        done = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if not done.returncode:
            return ["sudo", "-n"]
    return []


def is_running(pid: int, marker: str) -> bool:
    """Return whether `pid` lives and is ours: its command line holds `marker`."""
    try:
        return marker in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return False
