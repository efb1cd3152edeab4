"""README.rst of each add-on, as Apps shows it, from the fragments in its readme folder.

The fragments are a small part of Markdown: paragraphs, lists, headings, bold, italics
and code. Names and order are those of the Odoo Community Association.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from . import modules

PARTS = {
    "DESCRIPTION": "",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
    "CONTRIBUTORS": "Contributors",
}


def findings() -> Iterator[str]:
    for name, folder in modules.own_addons().items():
        path = folder / "README.rst"
        if not path.exists() or path.read_text(encoding="utf-8") != written(folder):
            yield f"addons/{name}/README.rst: not what readme/ says (make format)"


def mend() -> None:
    for folder in modules.own_addons().values():
        (folder / "README.rst").write_text(written(folder), encoding="utf-8")


def written(folder: Path) -> str:
    """Return what the README of an add-on says."""
    title = modules.read_manifest(folder)["name"]
    blocks = ["\n".join(("=" * len(title), title, "=" * len(title)))]
    for part, heading in PARTS.items():
        path = folder / "readme" / f"{part}.md"
        if path.exists():
            blocks += [_underlined(heading, "=")] if heading else []
            blocks.append(_restructured(path.read_text(encoding="utf-8")))
    return "\n\n".join(blocks) + "\n"


def _restructured(text: str) -> str:
    """Return Markdown as reStructuredText."""
    text = re.sub(r"(?<!`)`([^`\n]+)`(?!`)", r"``\1``", text.strip())
    text = re.sub(r"^- ", "* ", text, flags=re.MULTILINE)
    return re.sub(
        r"^##+ (.+)$",
        lambda found: _underlined(found[1], "-"),
        text,
        flags=re.MULTILINE,
    )


def _underlined(heading: str, mark: str) -> str:
    return f"{heading}\n{mark * len(heading)}"
