"""Running Odoo: one generated configuration per database, and the commands on it."""

from __future__ import annotations

import configparser
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from . import hashing, modules, odoo_log
from .console import Trouble
from .odoo_source import Odoo
from .postgres import Server
from .process import run
from .settings import ADDONS, ARTIFACTS, DATA, ROOT, WORK


@dataclass(frozen=True)
class Runner:
    """Odoo with its interpreter and database server."""

    odoo: Odoo
    python: Path
    server: Server
    extra_addons: tuple[Path, ...] = ()
    own_addons: Path = ADDONS

    @property
    def env(self) -> dict[str, str]:
        return {
            **self.server.env,
            "PYTHONPATH": str(self.odoo.path),
            # Whatever the caller's is: a start of Odoo without compiled files takes
            # twice as long, and the tests start it some fifty times.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONUNBUFFERED": "1",
        }

    def only(self, names: Iterable[str]) -> Runner:
        """Return a runner whose Odoo sees no add-ons of ours but these.

        Else those that install themselves would come along. The folder is made of
        links and named after its content.
        """
        own, names = modules.own_addons(), sorted(names)
        if names == sorted(own):
            return self
        folder = WORK / "addons" / hashing.of_text(*names)[:12]
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            if not (folder / name).exists():
                (folder / name).symlink_to(own[name])
        return replace(self, own_addons=folder)

    def config(self, database: str, base: str = "tests", **values: object) -> Path:
        """Write the configuration: a file of config/ and what is known only now."""
        parser = configparser.RawConfigParser()
        parser.read(ROOT / "config" / f"{base}.conf")
        # Odoo refuses a folder without any add-on.
        own = [self.own_addons] if any(self.own_addons.iterdir()) else []
        addons = [*own, *self.extra_addons, *self.odoo.addons]
        known = {
            "addons_path": ",".join(map(str, addons)),
            "data_dir": DATA,
            "db_name": database,
            "dbfilter": f"^{database}$",
            "screenshots": ARTIFACTS / "screenshots",
            "screencasts": "",
            **self.server.options,
            **values,
        }
        for name, value in known.items():
            parser.set("options", name, str(value))
        path = WORK / "config" / f"{database}.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("w") as handle:
            parser.write(handle)
        return path

    def command(self, *words: str | Path) -> list[str | Path]:
        return [self.python, "-m", "odoo", *words]

    def install(
        self,
        database: str,
        names: Iterable[str],
        *,
        update: Iterable[str] = (),
        demo: bool = False,
        log: str,
    ) -> Path:
        """Install and update modules, checked: to Odoo a wrong name is a success."""
        names, update = list(names), list(update)
        words = [
            "server",
            "-c",
            self.config(database),
            "--no-http",
            "--stop-after-init",
        ]
        words += ["--with-demo"] if demo else []
        words += ["-i", ",".join(names)] if names else []
        words += ["-u", ",".join(update)] if update else []
        path = run(self.command(*words), log=log, env=self.env)
        self.check_installed(database, [*names, *update], path)
        return path

    def install_own(
        self,
        database: str,
        names: list[str],
        *,
        update: Iterable[str] = (),
        demo: bool = False,
    ) -> None:
        """Install or update our add-ons; what Odoo complains about is our fault."""
        path = self.install(
            database, names, update=update, demo=demo, log=f"install-{database}"
        )
        odoo_log.check(path, f"installing {', '.join([*names, *update])}")

    def check_installed(self, database: str, names: list[str], log: Path) -> None:
        rows = self.server.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed'", database
        )
        if missing := sorted(set(names) - set(rows.splitlines())):
            raise Trouble(
                f"not installed by Odoo: {', '.join(missing)}; log: {log}", code=1
            )

    def shell(self, database: str, code: str, *, log: str) -> Path:
        """Run Python in Odoo's shell, with `env`; stop at the first error."""
        words = ["shell", "-c", self.config(database), "--no-http"]
        script = WORK / f"{log}-{hashing.of_text(code)[:8]}.py"
        script.write_text(code)
        # Odoo's shell logs an exception and ends well: a last line tells.
        path = run(
            self.command(*words),
            log=log,
            env=self.env,
            stdin=f"exec(open({str(script)!r}).read())\nprint('script-done')\n",
        )
        script.unlink()
        if "script-done" not in path.read_text(errors="replace"):
            raise Trouble(f"a script for {database} failed; log: {path}", code=1)
        return path
