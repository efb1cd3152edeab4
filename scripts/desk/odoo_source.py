"""Odoo 19.0: a checkout given as ODOO_PATH, or Debian's package in the cache.

The package is in Debian's suite "sid" only. It is fetched with a private apt
configuration from the mirror this machine already uses, checked by apt's chain of
signatures and, for the version this repository was proved with, by its SHA256; and it
is unpacked, not installed.
"""

from __future__ import annotations

import getpass
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import hashing
from .console import Trouble, say, step
from .process import output, run
from .settings import CACHE, given
from .system import NO_NETWORK

VERSION = "19.0.0+dfsg-1"
SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
# Libraries and fonts the package links to. Two come from the machine's own release: the
# newer ones moved files that the links point at.
FROM_SID = [
    "fonts-glyphicons-halflings",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
]
FROM_STABLE = ("fonts-font-awesome", "fonts-inconsolata")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
BASE = CACHE / "odoo"
# Left out by Debian, but listed in the back-end's bundle: every back-end page of a
# browser test logs an error without it. An empty file is enough.
EMPTY_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Odoo:
    """Where Odoo is: `path` goes on PYTHONPATH, `addons` on the add-ons path."""

    path: Path
    addons: tuple[Path, ...]
    identity: str


def need_odoo() -> Odoo:
    if path := given("ODOO_PATH"):
        return _checkout(Path(path).expanduser().absolute())
    target = BASE / VERSION
    packages = target / "usr/lib/python3/dist-packages"
    if not (target / ".complete").exists():
        debs = _download()
        with step("unpacking Odoo"):
            _unpack(debs, target)
    return Odoo(packages, (), (target / ".complete").read_text().strip())


def _checkout(path: Path) -> Odoo:
    """Take somebody's own Odoo as it is, when it is a 19.0."""
    release = path / "odoo" / "release.py"
    found = (
        re.search(r"version_info\s*=\s*\(\s*(\d+),\s*(\d+)", release.read_text())
        if release.exists()
        else None
    )
    if not found or found.groups() != ("19", "0"):
        raise Trouble(
            f"ODOO_PATH={path}: no Odoo 19.0 there (looked for odoo/release.py)"
        )
    head = subprocess.run(
        ["git", "-C", path, "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    addons = tuple(folder for folder in (path / "addons",) if folder.is_dir())
    return Odoo(path, addons, hashing.of_text(path, head or release.stat().st_mtime_ns))


def _fail(reason: str) -> Trouble:
    return Trouble(
        f"{reason}: give a checkout of Odoo's branch 19.0 with ODOO_PATH=/path/to/odoo"
    )


def _mirror() -> str:
    """Return the Debian mirror of this machine's own apt configuration."""
    for line in output(["apt-get", "update", "--print-uris"]).splitlines():
        if found := re.match(r"'([a-z+]+:[^']*/debian/?)dists/[^/']+/InRelease'", line):
            return found[1]
    raise _fail("no Debian mirror in this machine's apt configuration")


def _release() -> dict[str, str]:
    pairs = re.findall(
        r'^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(), re.M
    )
    return dict(pairs)


def _apt_options(codename: str) -> list[str]:
    """Return options for an apt of our own, that touches nothing of the machine's."""
    apt = BASE / "apt"
    for folder in (apt / "lists/partial", apt / "cache/archives/partial"):
        folder.mkdir(parents=True, exist_ok=True)
    (apt / "status").write_text("")
    (apt / "private.sources").write_text(
        f"Types: deb\nURIs: {_mirror()}\nSuites: sid {codename}\nComponents: main\n"
        f"Architectures: {output(['dpkg', '--print-architecture'])}\n"
        f"Signed-By: {KEYRING}\n"
    )
    settings = {
        "Dir::Etc::sourcelist": apt / "private.sources",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State": apt,
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "APT::Sandbox::User": getpass.getuser(),
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Debug::NoLocking": "1",
    }
    return ["-q", *(f"-o{name}={value}" for name, value in settings.items())]


def fetch_from_sid(packages: list[str], folder: Path, log: str) -> None:
    """Download packages (`name/sid` or `name/stable`), signatures checked."""
    release = _release()
    if release.get("ID") != "debian" or not shutil.which("apt-get"):
        raise _fail("this is not Debian")
    if not KEYRING.exists():
        raise _fail("Debian's package debian-archive-keyring is missing")
    options = _apt_options(release["VERSION_CODENAME"])
    hint = f"{NO_NETWORK}, or give ODOO_PATH=/path/to/odoo (branch 19.0)"
    run(["apt-get", *options, "update"], log=f"{log}-update", hint=hint)
    stable = release["VERSION_CODENAME"]
    wanted = [name.replace("/stable", f"/{stable}") for name in packages]
    run(["apt-get", *options, "download", *wanted], log=log, cwd=folder, hint=hint)


def _newest() -> str:
    """Return the version the mirror has: sid keeps the newest one only."""
    options = _apt_options(_release()["VERSION_CODENAME"])
    shown = output(["apt-cache", *options, "show", "--no-all-versions", "odoo-19"])
    found = re.search(r"^Version: (.+)$", shown, re.M)
    return found[1] if found else ""


def _download() -> Path:
    """Return the folder of verified packages; earlier ones are taken when whole."""
    debs = BASE / "debs"
    if _is_whole(debs):
        return debs
    shutil.rmtree(debs, ignore_errors=True)
    fresh = BASE / "debs.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    rest = [f"{name}/sid" for name in FROM_SID] + [
        f"{name}/stable" for name in FROM_STABLE
    ]
    with step("Odoo 19.0 from Debian (130 MB)"):
        fetch_from_sid(["odoo-19/sid", *rest], fresh, "odoo-download")
        version = _newest()
        if not version.startswith("19.0."):
            raise _fail(
                f"Debian's odoo-19 is now {version or 'gone'}, {VERSION} is wanted"
            )
    sums = {deb.name: hashing.of_file(deb) for deb in sorted(fresh.glob("*.deb"))}
    if version != VERSION:
        say(f"NOTE: Debian's Odoo is now {version}; all was proved with {VERSION}")
    elif SHA256 not in sums.values():
        raise Trouble("wrong SHA256: not the Odoo package that all was proved with")
    (fresh / "SHA256SUMS").write_text(
        "".join(f"{sums[name]}  {name}\n" for name in sums)
    )
    fresh.rename(debs)
    return debs


def _is_whole(debs: Path) -> bool:
    """Return whether the kept packages are exactly those whose checksums were noted."""
    sums = debs / "SHA256SUMS"
    if not sums.exists():
        return False
    noted = dict(line.split("  ")[::-1] for line in sums.read_text().splitlines())
    there = {deb.name: hashing.of_file(deb) for deb in debs.glob("*.deb")}
    return noted == there and len(there) == 1 + len(FROM_SID) + len(FROM_STABLE)


def _unpack(debs: Path, target: Path) -> None:
    """Unpack beside, then rename: an interruption leaves nothing half."""
    beside = target.with_name(f"{target.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for deb in sorted(debs.glob("*.deb")):
        output(["dpkg-deb", "-x", deb, beside])
    stub = beside / "usr/lib/python3/dist-packages/odoo/addons" / EMPTY_FILE
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("/* left out by Debian; empty on purpose */\n")
    (beside / ".complete").write_text(hashing.of_file(debs / "SHA256SUMS") + "\n")
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)
