"""README.rst is made of the fragments, and Apps can show it."""

import pytest
from docutils.core import publish_string

from scripts.desk import modules, readmes

OWN = modules.own_addons()
STRICT = {"report_level": 2, "halt_level": 2}


@pytest.mark.parametrize("name", OWN)
def test_is_shown_in_apps(name):
    """As Odoo renders it, which shows faults in the text instead of refusing."""
    text = readmes.written(OWN[name])
    shown = publish_string(text, writer_name="html", settings_overrides=STRICT)
    assert b"<h1" in shown


def test_fragments_in_order(tmp_path):
    (tmp_path / "__manifest__.py").write_text("{'name': 'Planted'}")
    (tmp_path / "readme").mkdir()
    for part, text in (
        ("USAGE", "## First\n\n- Press `Go`.\n"),
        ("DESCRIPTION", "What **it** is.\n"),
    ):
        (tmp_path / "readme" / f"{part}.md").write_text(text)
    assert readmes.written(tmp_path).splitlines() == [
        "=======",
        "Planted",
        "=======",
        "",
        "What **it** is.",
        "",
        "Usage",
        "=====",
        "",
        "First",
        "-----",
        "",
        "* Press ``Go``.",
    ]


def test_lag_is_found(tmp_path, monkeypatch):
    folder = tmp_path / "planted"
    folder.mkdir()
    (folder / "__manifest__.py").write_text("{'name': 'Planted'}")
    monkeypatch.setattr(modules, "own_addons", lambda: {"planted": folder})
    assert len(list(readmes.findings())) == 1
    readmes.mend()
    assert not list(readmes.findings())
    (folder / "README.rst").write_text("old")
    assert len(list(readmes.findings())) == 1
