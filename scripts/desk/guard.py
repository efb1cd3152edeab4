"""House rules no linter knows: Odoo 18's habits, long files, hosts, local paths,
missing translations, readmes that lag behind.

Odoo 19 drops most of these habits without a word, or with a warning nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from . import readmes, venv
from .process import output
from .settings import ADDONS, ROOT

LONGEST = 300
CODE = (".py", ".js", ".xml")
# (endings, pattern, what to do instead), in the add-ons
HABITS = [
    ((".py",), r"\b_sql_constraints\b", "models.Constraint"),
    ((".xml",), r"<tree\b", "<list>"),
    ((".py", ".xml", ".csv"), r"\bgroups_id\b", "group_ids"),
    ((".py",), r"""type=["']json["']""", "type='jsonrpc'"),
    ((".py",), r"\bodoo\.osv\b", "odoo.fields.Domain"),
    ((".py", ".xml", ".js"), r"\bsale_get_order\b", "request.cart"),
    ((".py",), r"\.read_group\(", "_read_group or formatted_read_group"),
    ((".py",), r"\bself\._(cr|uid|context)\b", "self.env.cr, .uid, .context"),
    ((".xml", ".py"), r"\bt-(esc|raw)=", "t-out"),
    ((".xml",), r"\b(attrs|states)=", "invisible, readonly or required expressions"),
    ((".js",), r"@odoo-module\b", "nothing: every file is a module"),
]
# Spelled in pieces, so that this file does not find itself.
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("deb", "debian", "org"),
            ("files", "pythonhosted"),
        )
    )
)
PLACES = re.compile(
    "(?<![A-Za-z0-9_.])(?:" + "|".join(("/work/", "/root/", "/home/")) + r")[a-z.]"
)
# Lock files name no host by themselves; binary files have no lines.
TEXT = {
    "",
    ".py",
    ".js",
    ".mjs",
    ".xml",
    ".csv",
    ".md",
    ".rst",
    ".txt",
    ".in",
    ".json",
    ".toml",
    ".ini",
}
TEXT |= {".cfg", ".conf", ".yml", ".yaml", ".scss", ".sh", ".po", ".pot", ".svg"}


def findings() -> list[str]:
    found = [*_habits(), *_long_files(), *_names(), *_translations()]
    return [*found, *readmes.findings()]


def _habits() -> Iterator[str]:
    for path in sorted(ADDONS.rglob("*")):
        rules = [
            (re.compile(pattern), instead)
            for endings, pattern, instead in HABITS
            if path.suffix in endings
        ]
        if not rules or not path.is_file():
            continue
        for number, line in enumerate(
            path.read_text(errors="replace").splitlines(), start=1
        ):
            for pattern, instead in rules:
                if found := pattern.search(line):
                    yield f"{_shown(path)}:{number}: {found[0]}: Odoo 19 has {instead}"


def _long_files() -> Iterator[str]:
    for folder in (ADDONS, ROOT / "tests", ROOT / "benchmarks", ROOT / "scripts"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in CODE and path.is_file():
                lines = len(path.read_text(errors="replace").splitlines())
                if lines > LONGEST:
                    yield f"{_shown(path)}: {lines} lines, at most {LONGEST}"


def _names() -> Iterator[str]:
    """Find registry hosts and one machine's paths in what git would commit."""
    command = ["git", "-C", ROOT, "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = output([*command, "--cached", "--others", "--exclude-standard"])
    for name in sorted(set(filter(None, listed.split("\0")))):
        path = ROOT / name
        if path.suffix not in TEXT or not path.is_file():
            continue
        for number, line in enumerate(
            path.read_text(errors="replace").splitlines(), start=1
        ):
            for pattern, kind in (
                (HOSTS, "a registry's host"),
                (PLACES, "a path of one machine"),
            ):
                if found := pattern.search(line):
                    yield f"{name}:{number}: {kind}: {found[0]}"


def _translations() -> list[str]:
    """Have the linters' Python read the catalogues: this one may lack polib."""
    python = venv.need_lint_tools() / "python"
    command = [python, "-m", "scripts.desk.catalogues"]
    return output(command, env={"PYTHONPATH": str(ROOT)}).splitlines()


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
