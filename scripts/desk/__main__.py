"""`python3 -m scripts.desk <command>`: what the Makefile's targets call."""

from __future__ import annotations

import errno
import importlib
import os
import re
import signal
import sys

from .console import Trouble, die, say
from .settings import CACHE, ROOT

# command: (module, function)
COMMANDS = {
    "setup": ("setup", "setup"),
    "run": ("serve", "run"),
    "start": ("serve", "start"),
    "stop": ("serve", "stop"),
    "test": ("test", "test"),
    "test-long": ("test", "test_long"),
    "test-core": ("core_tests", "compare"),
    "lint": ("lint", "lint"),
    "format": ("lint", "rewrite"),
    "bench": ("bench", "bench"),
    "screenshots": ("screenshots", "take"),
    "pot": ("translations", "export"),
    "distributor": ("distributor", "run"),
    "psql": ("interactive", "psql"),
    "shell": ("interactive", "shell"),
    "odoo": ("interactive", "odoo"),
    "pins": ("venv", "compile_pins"),
    "clean": ("setup", "clean"),
    "distclean": ("setup", "distclean"),
}

FULL = (errno.ENOSPC, errno.EDQUOT)


def help_text() -> None:
    """Print the targets with the Makefile's own comments."""
    say("make <target> [VARIABLE=value …]\n")
    for name, text in re.findall(
        r"^([\w-]+):.*?## (.+)$", (ROOT / "Makefile").read_text(), re.M
    ):
        say(f"  {name:<12} {text}")
    say("\nAlways: CACHE= ODOO_PATH= PYTHON= DB_HOST= DB_PORT= DB_USER= DB_PASSWORD=")


def main(arguments: list[str]) -> int:
    # A PGUSER or PGDATABASE of the developer's own would reach psql and Odoo alike.
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    command = arguments[0] if arguments else "help"
    if command not in COMMANDS:
        help_text()
        return 0 if command == "help" else 2
    # `kill` and a closed terminal: end what was started and drop what was copied.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    module, function = COMMANDS[command]
    try:
        return (
            getattr(importlib.import_module(f".{module}", __package__), function)() or 0
        )
    except Trouble as trouble:
        return die(trouble)
    except OSError as error:
        place = str(error.filename or CACHE)
        if error.errno not in FULL and not place.startswith(str(CACHE)):
            raise
        advice = "make room, or" if error.errno in FULL else "make it writable, or"
        return die(
            Trouble(
                f"{place}: {os.strerror(error.errno)}: {advice} give another folder "
                "with CACHE=…"
            )
        )
    except KeyboardInterrupt:
        say("\nstopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
