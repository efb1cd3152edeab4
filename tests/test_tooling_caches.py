"""Caches stay from one test of a class to the next, unless something emptied them."""

from odoo.tests import TransactionCase, tagged

PLANTED = "planted"


@tagged("post_install", "-at_install")
class TestKeptCaches(TransactionCase):
    """The four tests are one story, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        # The first to be registered is the last to be called.
        cls.addClassCleanup(cls._nothing_is_left)
        super().setUpClass()

    @classmethod
    def _nothing_is_left(cls):
        assert cls._planted() == set()

    @classmethod
    def _planted(cls):
        """Return the names of the caches that hold what was planted."""
        caches = cls.registry._Registry__caches
        return {name for name, cache in caches.items() if PLANTED in cache}

    def _plant(self):
        for cache in self.registry._Registry__caches.values():
            cache[PLANTED] = True

    def test_1_all_are_filled(self):
        self._plant()

    def test_2_three_stayed_and_one_is_emptied(self):
        self.assertEqual(self._planted(), {"assets", "routing", "templates"})
        self.registry.clear_cache("groups")
        self._plant()

    def test_3_what_was_emptied_in_between_did_not_stay(self):
        """Filled again before the change was rolled back, it would be wrong now."""
        self.assertEqual(self._planted(), {"assets", "routing"})
        self.registry.clear_all_caches()
        self._plant()

    def test_4_nor_did_any_when_all_were_emptied(self):
        self.assertEqual(self._planted(), set())
        self._plant()
