"""The variables a developer may give (`make test T=…`) and the tool's folders."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def given(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def asked(name: str) -> bool:
    """Return whether a switch such as KEEP=1 was given."""
    return given(name).lower() not in ("", "0", "no", "false")


def _short(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:8]


ROOT = Path(__file__).resolve().parents[2]
# The folder of add-ons: another one only to try the tool itself.
ADDONS = Path(given("ADDONS", str(ROOT / "addons"))).resolve()
# Two checkouts share Odoo, environments and templates, but not databases.
CHECKOUT = _short(ROOT, ADDONS)
# Outside the checkout: PostgreSQL's own user must be able to reach it (a checkout below
# root's home is closed to it), and a socket's path may have about 100 characters only.
CACHE = Path(given("CACHE", f"/var/tmp/order-desk-{os.getuid()}")).absolute()
WORK = CACHE / "work" / CHECKOUT
LOGS = WORK / "log"
# Databases of the same name may be on several servers: each server has its own files.
_SERVER = given("DB_HOST") and f"-{_short(given('DB_HOST'), given('DB_PORT'))}"
DATA = CACHE / f"data{_SERVER}"
ARTIFACTS = ROOT / ".artifacts"

IS_ROOT = os.getuid() == 0


def prepare_folders() -> None:
    """Create the cache; refuse one that somebody else made under our name."""
    from .console import Trouble

    CACHE.mkdir(parents=True, exist_ok=True)
    if CACHE.stat().st_uid != os.getuid():
        raise Trouble(
            f"{CACHE} belongs to another user: give a folder of your own with CACHE=…"
        )
    CACHE.chmod(0o755)
    for folder in (LOGS, DATA / "filestore", ARTIFACTS):
        folder.mkdir(parents=True, exist_ok=True)
