"""What Odoo worked out for its pages is kept from one test of a class to the next.

After each test Odoo empties all caches, as the test's changes are rolled back. Then the
next one builds the map of all routes, the code of all templates and the lists of all
assets again: a third of the time of a test that opens pages. A cache that nobody
emptied during a test was not made stale by it either, as Odoo relies on in production:
whoever changes what is cached has to empty it. So these three stay, unless something
emptied them in between; all others are emptied as before, and all after each class.
"""

from unittest.mock import patch

import pytest

KEPT = {"assets", "routing", "templates"}


class Kept:
    """Knows what was emptied since the test began."""

    def __init__(self):
        self.emptied = set()

    def watch(self, registry_class, groups):
        """Return patches of the registry that note which caches are emptied.

        :param dict groups: names of caches by the name under which they are emptied
        """
        clear_cache = registry_class.clear_cache
        clear_all_caches = registry_class.clear_all_caches

        def noted(registry, *names):
            for name in names or ("default",):
                self.emptied.update(groups[name])
            clear_cache(registry, *names)

        def all_noted(registry):
            self.emptied |= KEPT
            clear_all_caches(registry)

        return patch.multiple(
            registry_class, clear_cache=noted, clear_all_caches=all_noted
        )

    def instead(self, case_class, empty):
        """Return a patch of Odoo's test case: it empties what is not to be kept.

        :param empty: function of a registry and the names of caches to keep
        """
        set_up = case_class.setUp

        def spared(case):
            # A change before the savepoint is there in all tests of the class.
            self.emptied.clear()
            set_up(case)
            emptying = [
                number
                for number, (function, *_more) in enumerate(case._cleanups)
                if getattr(function, "__wrapped__", None)
                == case.registry.clear_all_caches
            ]
            (number,) = emptying
            case._cleanups[number] = (
                lambda: empty(case.registry, KEPT - self.emptied),
                (),
                {},
            )

        return patch.object(case_class, "setUp", spared)


def _empty(registry, kept):
    """Empty the caches of a registry, but for those named in `kept`."""
    caches = registry._Registry__caches
    spared = {name: dict(caches[name].items()) for name in kept}
    registry.clear_all_caches()
    for name, entries in spared.items():
        for key, value in entries.items():
            caches[name][key] = value


@pytest.fixture(scope="session", autouse=True)
def kept_caches(request):
    if not request.config.pluginmanager.hasplugin("odoo"):
        yield
        return
    request.getfixturevalue("load_registry")
    # Not above: Odoo is to be configured before most of it is imported.
    from odoo.orm import registry  # noqa: PLC0415
    from odoo.tests.common import TransactionCase  # noqa: PLC0415

    kept = Kept()
    with (
        kept.watch(registry.Registry, registry._CACHES_BY_KEY),
        kept.instead(TransactionCase, _empty),
    ):
        yield
