"""Content hashes: the keys of all that is cached, so that nothing stale is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

# What an installed database does not depend on: tests run from the files themselves.
NOT_INSTALLED = {"tests", "readme", "__pycache__"}


def of_text(*parts: object) -> str:
    return hashlib.sha256("\0".join(str(part) for part in parts).encode()).hexdigest()


def of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def of_files(paths: Iterable[Path]) -> str:
    return of_text(*(f"{path.name}:{of_file(path)}" for path in paths))


def of_addon(folder: Path) -> str:
    """Return the hash of what installing the add-on reads, so without its tests."""
    parts = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if (
            NOT_INSTALLED.isdisjoint(inside.parts)
            and path.is_file()
            and path.suffix != ".pyc"
        ):
            parts.append(f"{inside}:{of_file(path)}")
    return of_text(*parts)
