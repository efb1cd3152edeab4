"""Odoo's log at installation: a WARNING is a fault that nothing else reports."""

from __future__ import annotations

import re
from pathlib import Path

from . import toml
from .console import Trouble
from .settings import ROOT

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+"
    r" (?P<logger>[\w.]+): (?P<text>.*)"
)
ALLOWED = ROOT / "tests" / "allowed_log.toml"


def allowed() -> list[re.Pattern]:
    """Return patterns for the `<logger>: <text>` that may be logged."""
    return [
        re.compile(entry["pattern"]) for entry in toml.read(ALLOWED).get("allowed", ())
    ]


def faults(path: Path) -> list[str]:
    """Return every WARNING or worse in the log that is not on the allow-list."""
    patterns = allowed()
    found = []
    for line in path.read_text(errors="replace").splitlines():
        match = LINE.match(line)
        if match and match["level"] in ("WARNING", "ERROR", "CRITICAL"):
            told = f"{match['logger']}: {match['text']}"
            if not any(pattern.search(told) for pattern in patterns):
                found.append(f"{match['level']} {told}")
    return found


def check(path: Path, doing: str) -> None:
    if found := faults(path):
        raise Trouble(
            "\n".join(found) + f"\n\nOdoo complained while {doing}; log: {path}", code=1
        )
