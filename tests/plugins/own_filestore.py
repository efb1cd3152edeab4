"""Each of the processes that share the tests has files of its own.

pytest-odoo gives each a copy of the database but lets all use the files of the
original. Odoo collects files that its database does not name after each test class
(`TransactionCase._gc_filestore`): one process would delete what another just wrote.
"""

import os
import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_filestore(request):
    """Copy the files (by hard links: Odoo never changes one) for this process."""
    shares = "PYTEST_XDIST_WORKER" in os.environ
    if not shares or not request.config.pluginmanager.hasplugin("odoo"):
        yield
        return
    request.getfixturevalue("load_registry")  # makes the copy of the database
    # Not above: Odoo is to be configured before most of it is imported.
    from odoo.tests.common import get_db_name  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    name = get_db_name()
    stores = Path(config["data_dir"], "filestore")
    shared, own = Path(config.filestore(name)), stores / name
    shutil.rmtree(own, ignore_errors=True)
    subprocess.run(["cp", "-al", shared, own], check=True)
    with patch.object(config, "filestore", lambda db: str(stores / db)):
        yield
    shutil.rmtree(own)
