"""Whether every text of the add-ons is translated, and the catalogues in order.

Run by the linters' Python (`-m scripts.desk.catalogues [--fix]`): it has polib, and the
one that runs the rest of this tool need not.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import polib

from .settings import ADDONS, ROOT

LANGUAGES = ("es", "fr", "de")
# Odoo translates these, and evaluates the translation.
EXPRESSION = "model:ir.actions.report,print_report_name"
PLACEHOLDER = re.compile(r"%\(\w+\)\w")


def findings(addons: Path) -> Iterator[str]:
    for path in _files(addons):
        if path.read_text(encoding="utf-8") != _in_order(path):
            yield f"{_shown(path)}: not sorted or not wrapped (make format mends it)"
    for template in sorted(addons.glob("*/i18n/*.pot")):
        for language in LANGUAGES:
            path = template.with_name(f"{language}.po")
            if not path.exists():
                yield f"{_shown(path)}: missing"
                continue
            there = _entries(path)
            for key, asked in _entries(template).items():
                if wrong := _wrong(there.get(key)):
                    text = textwrap.shorten(asked.msgid, 70, placeholder="…")
                    yield f"{_shown(path)}: {wrong}: {text}"


def mend(addons: Path) -> None:
    for path in _files(addons):
        path.write_text(_in_order(path), encoding="utf-8")


def _files(addons: Path) -> list[Path]:
    return sorted(addons.glob("*/i18n/*.po*"))


def _in_order(path: Path) -> str:
    """Return a catalogue as po-pretty-format wants it, with translations like `ID`.

    That check of oca-checks-po empties a translation that equals its text; then nobody
    can tell it from a forgotten one.
    """
    catalogue = polib.pofile(str(path))
    catalogue.sort(key=lambda entry: entry.msgid)
    return str(catalogue)


def _entries(path: Path) -> dict[tuple, polib.POEntry]:
    return {
        (entry.msgctxt, entry.msgid): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def _wrong(entry: polib.POEntry | None) -> str:
    if not entry or not entry.msgstr.strip():
        return "not translated"
    if entry.fuzzy:
        return "fuzzy"
    asked = set(PLACEHOLDER.findall(entry.msgid))
    differ = asked ^ set(PLACEHOLDER.findall(entry.msgstr))
    if differ:
        return f"placeholders differ ({', '.join(sorted(differ))})"
    if any(place.startswith(EXPRESSION) for place, _line in entry.occurrences):
        try:
            compile(entry.msgstr, "print_report_name", "eval")
        except SyntaxError:
            return "no Python expression, as the name of a report has to be"
    return ""


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


if __name__ == "__main__":
    if "--fix" in sys.argv:
        mend(ADDONS)
    else:
        for line in findings(ADDONS):
            print(line)
