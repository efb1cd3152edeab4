"""What the developer sees: a line and a time per step, a clear line at a failure."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path


class Trouble(Exception):
    """What only a person can mend; the text says how, no traceback is shown."""

    def __init__(self, message: str, code: int = 3):
        super().__init__(message)
        self.code = code


def say(text: str = "") -> None:
    print(text, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show `title` while the block runs, then its time. The block prints nothing."""
    print(f"{title} ".ljust(64, "."), end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:6.1f} s", flush=True)


def tail(path: Path, lines: int = 25) -> str:
    """Return the end of a log for an error message."""
    if not path.exists():
        return f"(no log at {path})"
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def die(trouble: Trouble) -> int:
    print(f"\n{trouble}", file=sys.stderr, flush=True)
    return trouble.code
