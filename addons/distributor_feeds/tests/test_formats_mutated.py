"""Damaged and random files of every format; thousands more in tests/long."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.distributor_feeds.formats import FormatError, Options, guess

from .common_formats import COLUMNS, LIMITS, ROWS, outcome, samples, write
from .common_mutations import check, mutations

#: A workbook starts a process each time.
EXAMPLES = {"xlsx": 6, "xls": 6, "ods": 6}


def test_all_samples_are_good(tmp_path):
    for name, (data, options) in samples().items():
        code, rows, _seconds = outcome(write(tmp_path, data), options)
        assert code is None and len(rows) == len(ROWS), name
        assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("name", list(samples()))
def test_damaged_files(name):
    size = len(samples()[name][0])

    @settings(
        max_examples=EXAMPLES.get(name, 50),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(changes=mutations(size))
    def damaged(changes):
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder), name, changes)

    damaged()


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400),
    kind=st.sampled_from(["delimited", "xml", "json"]),
    head=st.sampled_from(
        [b"", b"<a><i>", b'[{"a":', b"\x1f\x8b\x08\0", b"PK\3\4", b"\xff\xfe"]
    ),
)
def test_random_bytes(data, kind, head):
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), head + data)
        outcome(path, Options(kind=kind))
        try:
            guess(path, LIMITS)
        except FormatError as error:
            assert error.message
