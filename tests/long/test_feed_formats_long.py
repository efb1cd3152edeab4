"""Over 5,000 damaged files: rows or a FormatError, in time, in bounded memory."""

import resource
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from odoo.addons.distributor_feeds.tests.common_formats import samples
from odoo.addons.distributor_feeds.tests.common_mutations import check, mutations

#: A workbook starts a process each time.
WORKBOOKS = {"xlsx", "xls", "ods"}
#: 7 formats of text and 3 of workbooks: 5,100 files.
TEXTS_EACH, WORKBOOKS_EACH = 660, 160
#: What reading small files may add to the peak of this process, in kB.
MEMORY = 200_000


@pytest.mark.parametrize("name", list(samples()))
def test_damaged_files(name):
    size = len(samples()[name][0])
    count = WORKBOOKS_EACH if name in WORKBOOKS else TEXTS_EACH
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    codes = Counter()

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(changes=mutations(size))
    def damaged(changes):
        with tempfile.TemporaryDirectory() as folder:
            codes[check(Path(folder), name, changes)] += 1

    damaged()
    assert codes.total() >= count
    # The damage was real, and a file is not refused for nothing.
    assert len(codes) > 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < MEMORY
