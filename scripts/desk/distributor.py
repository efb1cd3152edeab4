"""`make distributor`: a distributor to try the add-on distributor_feeds with."""

from __future__ import annotations

import os
import shlex

from . import settings
from .process import lock
from .settings import ARTIFACTS, ROOT, given
from .venv import need_odoo_python


def run() -> None:
    """Become the rehearsal distributor; its files and keys are kept in .artifacts."""
    settings.prepare_folders()
    with lock():
        python = need_odoo_python()
    # Below the add-on, so that Odoo is not imported.
    os.chdir(ROOT / "addons/distributor_feeds")
    words = [str(python), "-m", "rehearsal", "--folder", str(ARTIFACTS / "distributor")]
    os.execv(words[0], [*words, *shlex.split(given("ARGS"))])
