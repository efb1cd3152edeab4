"""What Debian must bring: checked by what is used, installed when we are root."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from glob import glob
from pathlib import Path

from .console import Trouble, step
from .process import lock, run
from .settings import IS_ROOT, given

# The names under which Odoo's test browser looks for one.
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
OLDEST, NEWEST = (3, 10), (3, 13)


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise Trouble(
            f"Odoo 19.0 needs Python 3.10 to 3.13, not {found}: make … PYTHON="
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
            wanted["postgresql"] = glob("/usr/lib/postgresql/*/bin/initdb")
    return [package for package, there in wanted.items() if not there]


def need_system(*, browser: bool = True) -> None:
    """Install what is missing, or say in one line how to."""
    check_python()
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
    if not IS_ROOT:
        raise Trouble(
            "run once as root, then `make` again:\n"
            f"  apt-get update && {' '.join(install)}"
        )
    with step(f"system packages: {' '.join(missing)}"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-q"], log="apt-update", env=quiet)
        run(install, log="apt-install", env=quiet)


def is_running(pid: int, marker: str) -> bool:
    """Return whether `pid` lives and is ours: its command line holds `marker`."""
    try:
        return marker in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return False
