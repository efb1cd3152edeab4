"""Running other programs: quietly into a log, with a clear line when they fail."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .console import Trouble, say, tail
from .settings import CACHE, LOGS


def _missing(command: Sequence[str | Path]) -> Trouble:
    return Trouble(f"the program {command[0]} is missing or may not be run")


def run(
    command: Sequence[str | Path],
    *,
    log: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    hint: str = "",
    stdin: str = "",
) -> Path:
    """Run `command` into the log named `log`; raise Trouble with the log's end."""
    path = LOGS / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as out:
        try:
            done = subprocess.run(
                [str(part) for part in command],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                cwd=cwd,
                input=stdin,
                text=True,
                check=False,
            )
        except (FileNotFoundError, PermissionError) as error:
            raise _missing(command) from error
    if done.returncode:
        told = " ".join(str(part) for part in command[:4])
        raise Trouble(
            f"{tail(path)}\n\n`{told} …` ended with code {done.returncode}; log: {path}"
            + (f"\n{hint}" if hint else ""),
            code=1,
        )
    return path


def output(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None
) -> str:
    """Return what `command` prints; raise Trouble with its complaint when it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (FileNotFoundError, PermissionError) as error:
        raise _missing(command) from error
    if done.returncode:
        raise Trouble(
            f"`{command[0]}` failed: {done.stderr.strip() or done.stdout.strip()}",
            code=1,
        )
    # Not all space: a last column may be empty.
    return done.stdout.strip("\n")


def foreground(
    command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path
) -> int:
    """Run `command` on this terminal; let it finish after Ctrl-C, which it gets too."""
    process = subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, **env},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@contextmanager
def lock(name: str = "setup"):
    """Let one process at a time change what all share; a second one waits."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another `make` is preparing the same cache: waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
