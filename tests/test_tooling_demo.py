"""The demo shop is never served with half of its demo data."""

from types import SimpleNamespace

import pytest

from scripts.desk import modules, serve
from scripts.desk.console import Trouble


class FakeDesk:
    """What `need_demo` asks of Odoo and PostgreSQL, without either."""

    def __init__(self):
        self.notes, self.done, self.trouble = {}, [], None
        self.databases = self
        self.runner = self
        self.odoo = SimpleNamespace(identity="odoo")
        self.server = SimpleNamespace(major=15)

    def exists(self, name):
        return name in self.notes

    def noted(self, name):
        return self.notes.get(name, {})

    def note(self, name, **facts):
        self.notes[name] = {**self.noted(name), **facts}

    def template(self, *, demo):
        assert demo
        return "template"

    def copy(self, template, name):
        self.notes[name] = {}
        self.done.append("copied")

    def install_own(self, name, new, *, update, demo):
        self.done.append(("installed", new, update))
        if self.trouble:
            raise self.trouble


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(modules, "hashes", lambda names: {"one": "1", "two": "1"})
    return FakeDesk()


def test_made_once(desk):
    serve.need_demo(desk, "shop")
    assert desk.done == ["copied", ("installed", ["one", "two"], [])]
    desk.done.clear()
    serve.need_demo(desk, "shop")
    assert desk.done == []


def test_changed_addon_is_updated(desk, monkeypatch):
    serve.need_demo(desk, "shop")
    desk.done.clear()
    monkeypatch.setattr(modules, "hashes", lambda names: {"one": "1", "two": "2"})
    serve.need_demo(desk, "shop")
    assert desk.done == [("installed", [], ["two"])]


def test_half_made_is_made_anew(desk):
    desk.trouble = Trouble("demo data failed to install")
    with pytest.raises(Trouble):
        serve.need_demo(desk, "shop")
    desk.trouble = None
    desk.done.clear()
    serve.need_demo(desk, "shop")
    assert desk.done == ["copied", ("installed", ["one", "two"], [])]


def test_failed_update_keeps_what_was_entered(desk, monkeypatch):
    serve.need_demo(desk, "shop")
    monkeypatch.setattr(modules, "hashes", lambda names: {"one": "1", "two": "2"})
    desk.trouble = Trouble("syntax error in two")
    with pytest.raises(Trouble):
        serve.need_demo(desk, "shop")
    desk.trouble = None
    desk.done.clear()
    serve.need_demo(desk, "shop")
    assert desk.done == [("installed", [], ["two"])]
