"""Every add-on is installed, updated, used, removed, installed again and upgraded.

For real: Odoo's own command line and a served database, each add-on with nothing of
ours but what it needs. The add-ons are read from their manifests; what a new one has to
bring along is in tests/lifecycle/stories.py.
"""

import pytest

from scripts.desk import modules
from tests.lifecycle import history, removal, stories, traces
from tests.lifecycle.site import served

OWN = modules.own_addons()
each_addon = pytest.mark.parametrize("name", OWN)


def test_template_knows_no_addon_of_ours(workshop):
    """Else the ones that install themselves would come along, without their folders."""
    databases = workshop.desk.databases
    names = databases.server.sql(
        "SELECT name FROM ir_module_module", databases.template()
    )
    assert not set(OWN) & set(names.splitlines())


@each_addon
def test_installs_alone(workshop, name):
    installed = workshop.installed(name)
    assert installed.after - installed.before


def test_update_changes_nothing(workshop):
    """`-u` of all at once: no warning, views valid, and all as it was."""
    databases = workshop.desk.databases
    server = databases.server
    with workshop.copy(databases.image(list(OWN))) as database:
        before = traces.take(server, database)
        databases.runner.install_own(database, [], update=OWN)
        traces.check_same(before, traces.take(server, database))


@pytest.mark.parametrize("name", removal.WITH_RECORDS)
def test_is_removed_without_a_trace(workshop, name):
    """The ones that install themselves, which hold little, are in tests/long."""
    removal.check(workshop, name)


@each_addon
def test_upgrades_from_the_version_before(workshop, name):
    """A database of the version before, with data in it, becomes one of today's.

    An add-on in its first version has nothing to upgrade from; it has no migration
    then either.
    """
    folder = OWN[name] / "migrations"
    migrations = {path.name for path in folder.glob("*") if path.is_dir()}
    try:
        past = history.previous(OWN[name])
    except history.NoHistory as reason:
        assert not migrations, f"{name} migrates from an unknown version: {reason}"
        return
    with workshop.copy(workshop.desk.databases.template()) as database:
        old, new = workshop.past_runner(name, past), workshop.runner(name)
        old.install_own(database, [name])
        with served(workshop.desk, old, database) as site:
            told = stories.tell(site, name)
        new.install_own(database, [], update=modules.closure([name]))
        with served(workshop.desk, new, database) as site:
            site.open_views(name)
            for version in sorted(migrations):
                if history.is_newer(version, past.version):
                    stories.MIGRATED[name, version](site, told)
            assert stories.sell(site)
            assert site.faults() == []
