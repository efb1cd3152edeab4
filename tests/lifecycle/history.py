"""The version of an add-on before the present one, from this repository's history."""

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path


class NoHistory(Exception):
    """There is no older version; the text says why."""


@dataclass(frozen=True)
class Past:
    """The last commit in which the add-on had another version than it has now."""

    folder: Path
    commit: str
    version: str


def _git(folder, *words, **options):
    # The checkout may belong to somebody else than the one who runs the tests.
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", folder, *words],
        capture_output=True,
        check=False,
        **options,
    )
    if done.returncode:
        raise NoHistory(done.stderr.decode().strip())
    return done.stdout


def version(source):
    return ast.literal_eval(source)["version"]


def is_newer(one, other):
    """Return whether version `one` comes after `other`."""
    return [int(part) for part in one.split(".")] > [
        int(part) for part in other.split(".")
    ]


def previous(addon):
    """Return the Past of the add-on in the folder `addon`.

    :raise NoHistory: when git knows no other version of it
    """
    now = version((addon / "__manifest__.py").read_text())
    log = _git(addon, "log", "--format=%H", "--", "__manifest__.py").decode().split()
    newer = None
    for commit in log:
        try:
            then = version(_git(addon, "show", f"{commit}:./__manifest__.py").decode())
        except SyntaxError:
            # left behind by a merge: nobody could install that
            continue
        if then != now:
            # The manifest may be the same for many commits: the last one is meant.
            last = f"{newer}^" if newer else "HEAD"
            commit = _git(addon, "rev-parse", last).decode().strip()
            return Past(addon, commit, then)
        newer = commit
    shallow = _git(addon, "rev-parse", "--is-shallow-repository").decode().strip()
    if shallow == "true":
        raise NoHistory("this clone is shallow: run `git fetch --unshallow`")
    raise NoHistory(f"{addon.name} never had another version than {now}")


def archive(past, target):
    """Write the folder of add-ons as it was to the tar file `target`."""
    target.write_bytes(_git(past.folder.parent, "archive", past.commit))
