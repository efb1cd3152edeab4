"""Used, and removed by the button in Apps; the shop goes on without it."""

from scripts.desk import modules

from . import stories, traces
from .site import served

OWN = modules.own_addons()

#: Glue between others: it installs itself, and has few records or none.
GLUE = [name for name in OWN if modules.read_manifest(OWN[name]).get("auto_install")]
WITH_RECORDS = [name for name in OWN if name not in GLUE]


def check(workshop, name):
    """Use an add-on, remove it, and find nothing of it in the database.

    :param workshop: the fixture that makes databases
    :param str name: the add-on
    """
    installed = workshop.installed(name)
    runner = workshop.runner(name)
    with (
        workshop.copy(installed.database) as database,
        served(workshop.desk, runner, database) as site,
    ):
        site.open_views(name)
        stories.tell(site, name)
        unused = traces.unused(runner.server, database, name)
        assert not unused, f"no story makes one of {unused}"
        site.press(name, "button_immediate_uninstall")
        left = traces.take(runner.server, database)
        traces.check_same(installed.before, left)
        assert traces.dangling(runner.server, database) == []
        assert stories.sell(site)
        assert site.get("/shop")[0] == 200
        assert site.faults() == []
