"""Databases from cached images.

A template holds Odoo's own modules and its generated assets (minutes to build); an
image is a copy of it with our add-ons installed (seconds); every test run works on a
copy of the image (a second). Names carry the hash of all they were made from. All are
built under another name and renamed when whole; the facts noted then are checked before
each use, so that one that was damaged afterwards is built anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from . import hashing, modules
from .console import Trouble, say, step
from .odoo_cli import Runner
from .settings import CHECKOUT, ROOT
from .store import FILESTORE, Store

# Count up when the way a template is made changes.
RECIPE = 3
KEPT_TEMPLATES = 4
KEPT_IMAGES = 2

# Odoo indexes with unaccent only when it is immutable, which a role that is no
# superuser may not declare; then it is better without the extension.
UNACCENT = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS unaccent;
    ALTER FUNCTION unaccent(text) IMMUTABLE;
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END $$
"""
# Counted when a database is made and before each use; the last is the register in which
# every record of a module has its line.
COUNTED = ("tables", "columns", "lost", "installed", "pending", "attached", "records")
FACTS = """
    SELECT (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'i')),
           (SELECT count(*) FROM information_schema.columns),
           -- tables whose file is gone; only a superuser may look
           CASE WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                THEN (SELECT count(*) FROM pg_class
                       WHERE pg_stat_file(pg_relation_filepath(oid), true) IS NULL
                         AND relkind IN ('r', 'i') AND NOT relisshared)
                ELSE 0 END,
           count(*) FILTER (WHERE state = 'installed'),
           count(*) FILTER (WHERE state LIKE 'to %'),
           (SELECT count(*) FROM ir_attachment),
           (SELECT count(*) FROM ir_model_data)
      FROM ir_module_module
"""
INSTALLED = "SELECT name FROM ir_module_module WHERE state = 'installed'"
FINISH_TEMPLATE = """
company = env.company
if not company.chart_template:
    env["account.chart.template"].try_loading(
        "generic_coa", company, install_demo=False
    )
assert company.chart_template, "no chart of accounts"
env.cr.commit()
"""
GENERATE_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""
# Half of the time goes into bundles that no page of `make test` loads: a test of
# tests/long opens the browser's unit tests, for which Odoo makes them then.
GENERATE_OWN_ASSETS = (
    """
rare = {
    "point_of_sale.assets_prod",
    "point_of_sale.assets_prod_dark",
    "web.assets_unit_tests",
    "web.assets_unit_tests_setup",
    "web.tests_assets",
}
qweb = env.registry["ir.qweb"]
all_bundles = qweb._get_bundles_to_pregenarate
qweb._get_bundles_to_pregenarate = lambda self: tuple(
    bundles - rare for bundles in all_bundles(self)
)
"""
    + GENERATE_ASSETS
)


class Databases(Store):
    def __init__(self, runner: Runner):
        super().__init__(runner.server)
        self.runner = runner

    def _facts(self, name: str) -> dict[str, int]:
        """Return figures that a damaged database or file store does not have."""
        row = self.server.sql(FACTS, name).split("\t")
        facts = dict(zip(COUNTED, map(int, row), strict=True))
        files = (FILESTORE / name).rglob("*")
        return {**facts, "files": sum(1 for path in files if path.is_file())}

    def is_whole(self, name: str, needed: Iterable[str] = ()) -> bool:
        """Return whether a cached database is as it was made, with `needed` modules."""
        if not self.exists(name):
            return False
        try:
            noted = self.noted(name).get("facts") or {}
            # One made before a figure was counted is judged by those it has.
            same = noted and noted.items() <= self._facts(name).items()
            installed = self.server.sql(INSTALLED, name).splitlines()
        except (Trouble, ValueError):
            return False
        return bool(same) and set(needed) <= set(installed)

    def _cached(
        self, name: str, build: Callable[[str], None], needed: Iterable[str] = ()
    ) -> str:
        """Return the database `name`, made by `build` when missing or damaged."""
        if self.is_whole(name, needed):
            self.note(name)
            return name
        if self.exists(name):
            say(f"{name} is damaged: building it anew")
        beside = f"{name}_building"
        self.drop(beside)
        build(beside)
        self.note(beside, facts=self._facts(beside))
        self.rename(beside, name)
        return name

    def template_key(self, demo: bool) -> str:
        return hashing.of_text(
            RECIPE,
            self.runner.odoo.identity,
            hashing.of_file(ROOT / "requirements-odoo.txt"),
            modules.template_modules(),
            demo,
            self.server.major,
        )[:12]

    def template(self, demo: bool = False) -> str:
        kind = "demo" if demo else "plain"
        name = f"tpl_{kind}_{self.template_key(demo)}"

        def build(beside: str) -> None:
            with step(f"template database ({kind}): Odoo's modules"):
                self.create_empty(beside)
                # A new database registers every add-on that Odoo sees: those of ours
                # would then install themselves where nobody chose them.
                runner = self.runner.only([])
                runner.install(
                    beside,
                    modules.template_modules(),
                    demo=demo,
                    log=f"template-{kind}",
                )
            with step(f"template database ({kind}): assets"):
                runner.shell(
                    beside, FINISH_TEMPLATE + GENERATE_ASSETS, log=f"assets-{kind}"
                )

        self._cached(name, build, modules.template_modules())
        for old in self.names("tpl_")[KEPT_TEMPLATES:]:
            self.drop(old)
        return name

    def create_empty(self, name: str) -> None:
        self.server.sql(
            f'CREATE DATABASE "{name}" TEMPLATE template0'
            " ENCODING 'UTF8' LC_COLLATE 'C'"
        )
        self.server.sql("CREATE EXTENSION IF NOT EXISTS pg_trgm", name)
        self.server.sql(UNACCENT, name)

    def image(
        self, names: list[str], extra: list[str] = (), *, assets: bool = False
    ) -> str:
        """Return the database that has these add-ons of ours, and `extra` ones.

        What they need of ours comes along, and nothing else of ours. With `assets` for
        runs that open many pages: it takes longer than installing.
        """
        template = self.template()
        names = modules.closure(names)
        content = hashing.of_text(template, modules.hashes(names), sorted(extra))[:12]
        name = f"img_{CHECKOUT}_{content}"

        def build(beside: str) -> None:
            with step(f"installing {', '.join([*names, *extra])}"):
                self.copy(template, beside)
                if extra:
                    self.runner.install(beside, extra, log=f"extra-{beside}")
                self.runner.only(names).install_own(beside, names)

        self._cached(name, build, [*names, *extra])
        if assets and not self.noted(name).get("assets"):
            with step("assets with our add-ons"):
                self.runner.shell(name, GENERATE_OWN_ASSETS, log="assets-own")
            self.note(name, assets=True, facts=self._facts(name))
        for old in self.names(f"img_{CHECKOUT}_")[KEPT_IMAGES:]:
            self.drop(old)
        return name
