"""`make bench`: every file of benchmarks/ in a database of its own.

A benchmark is a module with `run(env, site=None, core=None)`. It may declare
`PEER_MODULES` (add-ons of OCA it is measured against, from the wheels pinned in
requirements-peers.txt), `EXTRA_MODULES` (more of Odoo's own), `NEEDS_HTTP` (a server
process of its own: `site` tells its database, address and log) and `NEEDS_CORE` (the
same for a second database without our add-ons: `core`). Its claims are the printed
lines that start with `bench <name>:`; one that ends with FAIL fails the run.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from . import hashing, modules, serve
from .console import Trouble, say, step
from .context import Desk, locked_desk
from .process import run as run_quietly
from .settings import ARTIFACTS, CACHE, CHECKOUT, ROOT, asked, given

FOLDER = ROOT / "benchmarks"
PEERS = ROOT / "requirements-peers.txt"
DECLARATIONS = ("PEER_MODULES", "EXTRA_MODULES", "NEEDS_HTTP", "NEEDS_CORE")


@dataclass(frozen=True)
class Benchmark:
    name: str
    peers: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    needs_http: bool = False
    needs_core: bool = False


def bench() -> int:
    claims: list[str] = []
    broken: list[str] = []
    for benchmark in _chosen():
        say(f"\n=== {benchmark.name}")
        code, told = _measure(benchmark)
        claims += told
        if code:
            broken.append(
                f"bench {benchmark.name}: the run failed with code {code} FAIL"
            )
        elif not told:
            broken.append(f"bench {benchmark.name}: no claim was printed FAIL")
    say("\n=== results")
    for line in [*claims, *broken]:
        say(line)
    (ARTIFACTS / "bench.txt").write_text("\n".join([*claims, *broken]) + "\n")
    return int(any(line.rstrip().endswith("FAIL") for line in [*claims, *broken]))


def _chosen() -> list[Benchmark]:
    there = {
        path.stem: path
        for path in sorted(FOLDER.glob("*.py"))
        if not path.name.startswith("_")
    }
    names = [name for name in given("B").split(",") if name] or list(there)
    if unknown := sorted(set(names) - set(there)):
        known = ", ".join(there) or "none"
        raise Trouble(f"no benchmark {', '.join(unknown)}; there is: {known}", code=2)
    if not names:
        raise Trouble("there is no benchmark yet", code=2)
    return [_read(name, there[name]) for name in names]


def _read(name: str, path: Path) -> Benchmark:
    """Read the declarations without importing the file, which needs Odoo."""
    told = {}
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.Assign):
            continue
        declared = getattr(node.targets[0], "id", "")
        if declared in DECLARATIONS:
            told[declared] = ast.literal_eval(node.value)
    return Benchmark(
        name,
        tuple(told.get("PEER_MODULES", ())),
        tuple(told.get("EXTRA_MODULES", ())),
        bool(told.get("NEEDS_HTTP", False)),
        bool(told.get("NEEDS_CORE", False)),
    )


def _measure(benchmark: Benchmark) -> tuple[int, list[str]]:
    """Run one benchmark; return its exit code and the claims it printed."""
    databases = {"site": f"bench_{CHECKOUT}_{benchmark.name}"}
    if benchmark.needs_core:
        databases["core"] = f"core_{CHECKOUT}_{benchmark.name}"
    served = {}
    with locked_desk() as desk:
        if benchmark.peers:
            desk = _with_peers(desk)
        try:
            for role, database in databases.items():
                _make_database(desk, benchmark, database, own=role == "site")
                if benchmark.needs_http:
                    with step(f"starting Odoo on {database}"):
                        served[role] = serve.launch(desk, database, background=True)
        except BaseException:
            _end(served)
            raise
        config = desk.runner.config(databases["site"])
    try:
        sites = {
            role: {"database": databases[role], "url": one.url, "log": str(one.log)}
            for role, one in served.items()
        }
        return _stream(desk, [str(config), benchmark.name, json.dumps(sites)])
    finally:
        _end(served)
        for database in databases.values():
            if asked("KEEP"):
                say(f"database {database} is kept: make psql DB={database}")
            else:
                desk.databases.drop(database)


def _end(served: dict[str, serve.Served]) -> None:
    for one in served.values():
        serve.end(one.process)


def _make_database(
    desk: Desk, benchmark: Benchmark, database: str, *, own: bool
) -> None:
    image = desk.databases.template()
    if own:
        image = desk.databases.image(
            list(modules.own_addons()),
            list(benchmark.extra),
            assets=benchmark.needs_http,
        )
    with step(f"database {database}"):
        desk.databases.copy(image, database)
        if benchmark.peers:
            desk.runner.install(database, benchmark.peers, log=f"peers-{database}")


def _with_peers(desk: Desk) -> Desk:
    """Add OCA's add-ons to the path; only benchmark databases ever see them."""
    target = CACHE / "peers" / hashing.of_file(PEERS)[:12]
    if not target.exists():
        with step("OCA's add-ons to measure against"):
            beside = target.with_suffix(".new")
            shutil.rmtree(beside, ignore_errors=True)
            pip = [
                desk.runner.python,
                "-m",
                "pip",
                "--disable-pip-version-check",
                "install",
            ]
            # Without dependencies: they ask for a package "odoo" that no index has.
            words = ["--no-deps", "--target", beside, "-r", PEERS]
            run_quietly([*pip, *words], log="peers")
            beside.rename(target)
    runner = replace(desk.runner, extra_addons=(target / "odoo" / "addons",))
    return Desk(runner, type(desk.databases)(runner))


def _stream(desk: Desk, arguments: list[str]) -> tuple[int, list[str]]:
    process = subprocess.Popen(
        [str(desk.runner.python), "-m", "scripts.desk.bench_process", *arguments],
        cwd=ROOT,
        env={**os.environ, **desk.runner.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    claims = []
    try:
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            if line.startswith("bench "):
                claims.append(line.rstrip())
        return process.wait(), claims
    finally:
        if process.poll() is None:
            serve.end(process)
