"""The net under all other tests: what must fail a run does fail it.

Each test runs pytest in a process of its own, with this repository's plugins, on a
planted file.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def planted(tmp_path):
    """Return a function that runs a planted file and gives pytest's code and output."""

    def run(source, *more, **env):
        file = tmp_path / "test_planted.py"
        file.write_text(f"import logging, unittest\n{source}")
        words = [
            "-m",
            "pytest",
            "-c",
            ROOT / ".pytest.ini",
            "--rootdir",
            tmp_path,
            "-rN",  # where CI is set, the summary would tell every failure again
            "-p",
            "no:odoo",
            *more,
            file,
        ]
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_planted_warnings_fail(planted):
    code, told = planted(
        "import threading\n"
        "def test_here(): logging.getLogger('odoo.x').warning('planted %s', 1)\n"
        "def test_in_a_thread():\n"
        "    logger = logging.getLogger('odoo.http')\n"
        "    thread = threading.Thread(target=logger.error, args=('planted',))\n"
        "    thread.start(), thread.join()\n"
    )
    assert code == 1
    assert "WARNING odoo.x: planted 1" in told
    assert "ERROR odoo.http: planted" in told
    assert told.strip().splitlines()[-1].strip("= ").startswith("2 failed")


def test_expected_warnings_pass(planted):
    code, told = planted(
        "from odoo.tools.misc import mute_logger\n"
        "class TestIt(unittest.TestCase):\n"
        "    def test_asserted(self):\n"
        "        with self.assertLogs('odoo.x', 'WARNING'):\n"
        "            logging.getLogger('odoo.x').warning('expected')\n"
        "    @mute_logger('odoo.x')\n"
        "    def test_muted(self):\n"
        "        logging.getLogger('odoo.x').error('expected')\n"
    )
    assert code == 0, told
    assert re.search(r"2 passed", told)


SKIPPED = """
class TestMethods(unittest.TestCase):
    def test_skips_itself(self):
        self.skipTest("planted")

    @unittest.skip("planted")
    def test_decorated(self):
        pass

    def test_part(self):
        with self.subTest(n=1):
            self.skipTest("planted")

    @unittest.expectedFailure
    def test_expected_failure(self):
        self.fail("planted")

class TestSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("planted")

    def test_never_runs(self):
        pass
"""


def test_planted_skips_fail(planted):
    code, told = planted(SKIPPED)
    assert code == 1, told
    assert told.count("skipped, and not listed in") == 5
    # The method around the skipped part passes; a class fails as an error.
    assert "4 failed, 1 passed, 1 error in" in told.splitlines()[-1]


def test_two_processes_fail_alike(planted):
    """Where the tests are shared out, the faults come from other processes."""
    warning = "def test_here(): logging.getLogger('odoo.x').warning('planted')\n"
    code, told = planted(warning + SKIPPED, "--numprocesses=2")
    assert code == 1, told
    assert told.count("skipped, and not listed in") == 5
    assert "WARNING odoo.x: planted" in told
    assert "5 failed, 1 passed, 1 error in" in told.splitlines()[-1]


def test_bytes_are_not_in_the_names_of_tests(planted):
    """Each process collects bytes of its own, as of a file packed at another second."""
    code, told = planted(
        "import os, pytest\n"
        "@pytest.mark.parametrize('data', [os.urandom(9), os.urandom(9)])\n"
        "def test_some(data): assert len(data) == 9\n",
        "--numprocesses=2",
    )
    assert code == 0, told
    assert "2 passed" in told


def test_skipped_module_fails(planted):
    code, told = planted("raise unittest.SkipTest('planted')")
    assert code != 0
    assert "skipped, and not listed in" in told


def test_missing_browser_fails_at_once(planted, tmp_path):
    code, told = planted("def test_it(): pass", PATH=str(tmp_path))
    assert code == 4
    assert "no browser for the tours" in told
