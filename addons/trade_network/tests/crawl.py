"""Every way to read records over RPC, compared."""

from odoo.exceptions import AccessError, UserError

EXPORT = "base.group_allow_export"


class CrawlMixin:
    """Who sees what.

    ``readable`` names fields per model; ``everything`` has, per model, records by name.
    """

    readable = {}
    everything = {}

    def _seen(self, user, model):
        """Names of our records that a user reaches, by every way to read.

        :raise AssertionError: when the ways differ
        """
        records, names = self.everything[model], self.readable[model]
        every = self.env[model].concat(*records.values())
        empty, domain = self.env[model], [("id", "in", every.ids)]
        found = self._call(user, empty, "search", domain)
        self.assertEqual(self._call(user, empty, "search_count", domain), len(found))
        listed = self._call(user, empty, "search_read", domain, names)
        self.assertEqual({row["id"] for row in listed}, set(found))
        named = self._call(user, empty, "name_search", "", domain, limit=None)
        self.assertEqual({row[0] for row in named}, set(found))
        groups = self._call(
            user, empty, "formatted_read_group", domain, [], ["__count"]
        )
        self.assertEqual(sum(group["__count"] for group in groups), len(found))
        for record in every:
            for method, *args in (
                ("read", names),
                ("export_data", names),
                ("web_read", {name: {} for name in names}),
            ):
                with self.subTest(user=user.login, method=method, id=record.id):
                    if method == "export_data" and not user.has_group(EXPORT):
                        # core refuses exports to all but some employees
                        with self.assertRaises(UserError):
                            self._call(user, record, method, *args)
                    elif record.id in found:
                        self.assertTrue(self._call(user, record, method, *args))
                    else:
                        with self.assertRaises(AccessError):
                            self._call(user, record, method, *args)
        return {name for name, record in records.items() if record.id in found}

    def _assert_reads_nothing(self, user, model):
        record = self.everything[model]["own"]
        for target, method, *args in (
            (self.env[model], "search", []),
            (self.env[model], "search_read", [], ["display_name"]),
            (self.env[model], "name_search", ""),
            (self.env[model], "formatted_read_group", [], [], ["__count"]),
            (record, "read", ["display_name"]),
            (record, "web_read", {"display_name": {}}),
        ):
            with self.subTest(user=user.login, model=model, method=method):
                with self.assertRaises(AccessError):
                    self._call(user, target, method, *args)
