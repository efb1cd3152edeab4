"""Documents of standards of any size take the same memory."""

import os
from pathlib import Path

import pytest

from .common_edi import DOCUMENTS, far_apart

_PAGE = os.sysconf("SC_PAGE_SIZE")
_ITEMS = far_apart(50)


def _memory():
    """Bytes of this process: also those of libxml2, which Python cannot see."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


@pytest.mark.parametrize("name", ["846", "Catalogue"])
def test_memory_does_not_grow_with_the_file(name, tmp_path):
    reader, writer, _end = DOCUMENTS[name]
    count = 30_000
    path = tmp_path / "big"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(writer(_ITEMS[index % 50] for index in range(count)))
    size = path.stat().st_size
    with reader.open_records(path) as records:
        batches = records.batches()
        # What a batch itself takes is there after the first one.
        found = next(batches).count(b"\n")
        before, peak = _memory(), 0
        for batch in batches:
            found += batch.count(b"\n")
            peak = max(peak, _memory())
        assert records.read_bytes == records.total_bytes == size
    assert found == count
    assert peak - before < 8 << 20
