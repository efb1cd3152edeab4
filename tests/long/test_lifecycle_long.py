"""The slower half of tests/test_lifecycle.py: `make test-long` runs it."""

import pytest

from scripts.desk import modules
from tests.lifecycle import removal, stories, traces
from tests.lifecycle.site import served

OWN = modules.own_addons()
each_addon = pytest.mark.parametrize("name", OWN)


@pytest.mark.parametrize("name", removal.GLUE)
def test_glue_is_removed_without_a_trace(workshop, name):
    removal.check(workshop, name)


@each_addon
def test_comes_back_as_it_was(workshop, name):
    """Removed after use and installed again, both by the buttons in Apps."""
    installed = workshop.installed(name)
    runner = workshop.runner(name)
    with (
        workshop.copy(installed.database) as database,
        served(workshop.desk, runner, database) as site,
    ):
        stories.tell(site, name)
        site.press(name, "button_immediate_uninstall")
        site.press(name, "button_immediate_install")
        again = traces.take(runner.server, database)
        traces.check_same(installed.after, again)
        stories.tell(site, name)
        assert traces.unused(runner.server, database, name) == []
        assert stories.sell(site)
        assert site.get("/shop")[0] == 200
        assert site.faults() == []


@each_addon
def test_needs_nothing_but_its_dependencies(workshop, name):
    """Installed into an empty database: Odoo's modules it does not name are missing."""
    databases, runner = workshop.desk.databases, workshop.runner(name)
    database = workshop.new_name()
    databases.create_empty(database)
    runner.install_own(database, [name])
    with served(workshop.desk, runner, database) as site:
        site.open_views(name)
        stories.tell(site, name)
        assert stories.sell(site)
        assert site.get("/shop")[0] == 200
        assert site.faults() == []
    databases.drop(database)
