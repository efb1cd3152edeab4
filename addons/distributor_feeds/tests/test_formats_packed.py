"""Packed files: unpacked while they are read, and never further than allowed."""

import gzip
import io
import struct
import zipfile
import zlib

import pytest

from odoo.addons.distributor_feeds.formats import (
    FormatError,
    Limits,
    Options,
    open_records,
)

from .common_formats import COLUMNS, ROWS, read_all, to_csv, to_zip, write

DATA = to_csv([COLUMNS, *ROWS])


def refusal(folder, data, limits=None, **options):
    with pytest.raises(FormatError) as refused:
        read_all(write(folder, data), Options(**options), limits)
    return refused.value


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(DATA),
        gzip.compress(DATA[:500]) + gzip.compress(b"") + gzip.compress(DATA[500:]),
        gzip.compress(DATA) + b"\0" * 1000,
        to_zip({"stock.csv": DATA}),
        to_zip({"stock.csv.gz": gzip.compress(DATA)}),
        to_zip({"__MACOSX/._stock.csv": b"x", ".hidden": b"y", "data/stock.csv": DATA}),
    ],
    ids=["gz", "gz members", "gz filled up", "zip", "gz in zip", "zip of a mac"],
)
def test_packed_is_as_plain(tmp_path, packed):
    assert read_all(write(tmp_path, packed)) == (COLUMNS, ROWS)


def test_member_of_a_zip_by_name(tmp_path):
    data = to_zip(
        {"price.csv": b"a,b\n", "stock_01.csv": b"a,c\n", "stock_02.csv": DATA}
    )
    assert refusal(tmp_path, data).code == "no_member"
    assert "price.csv" in refusal(tmp_path, data, member="*.xml").message
    assert read_all(tmp_path / "feed", Options(member="stock*"))[1] == ROWS


@pytest.mark.parametrize("keep", [30, 200, -20, -4, -1])
@pytest.mark.parametrize(
    "packed", [gzip.compress(DATA), to_zip({"a.csv": DATA})], ids=["gz", "zip"]
)
def test_cut_off(tmp_path, packed, keep):
    assert refusal(tmp_path, packed[:keep]).code == "truncated"


def test_damaged(tmp_path):
    packed = bytearray(gzip.compress(DATA))
    packed[-6] ^= 1  # of the check sum
    assert refusal(tmp_path, bytes(packed)).code == "corrupt"
    assert refusal(tmp_path, gzip.compress(DATA) + b"PS: hello").code == "corrupt"


def test_bombs(tmp_path):
    limits = Limits(ratio_floor=1 << 20)
    zeros = b"0,0,0,0\n" * (1 << 18)
    assert refusal(tmp_path, gzip.compress(zeros), limits).code == "ratio"
    assert refusal(tmp_path, to_zip({"a": zeros}), limits).code == "ratio"
    nested = to_zip({"a.gz": gzip.compress(zeros)})
    assert refusal(tmp_path, nested, limits).code == "ratio"
    assert len(read_all(tmp_path / "feed")[1]) == (1 << 18) - 1  # below the floor


def test_too_big(tmp_path):
    assert refusal(tmp_path, DATA, Limits(max_bytes=100)).code == "too_big"
    packed = gzip.compress(DATA)
    assert refusal(tmp_path, packed, Limits(max_unpacked=1000)).code == "too_big"


def test_time(tmp_path):
    assert refusal(tmp_path, DATA, Limits(max_seconds=-1)).code == "time"


def _declare(data, size, crc=None):
    """A zip whose one member declares another unpacked size."""
    data = bytearray(data)
    for signature, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        start = data.index(signature)
        struct.pack_into("<I", data, start + at, size)
        if crc is not None:
            struct.pack_into("<I", data, start + at - 8, crc)
    return bytes(data)


def test_a_zip_that_declares_4_gb(tmp_path):
    data = _declare(to_zip({"a.csv": DATA}), 0xFFFFFFFE)
    limits = Limits(max_unpacked=1 << 30)
    assert refusal(tmp_path, data, limits).code == "too_big"
    assert refusal(tmp_path, data).code == "corrupt"


def test_a_zip_that_declares_too_little_is_not_cut(tmp_path):
    data = _declare(to_zip({"a.csv": DATA}), 100, zlib.crc32(DATA[:100]))
    assert refusal(tmp_path, data).code == "corrupt"
    data = _declare(to_zip({"a.csv": DATA}), 100)
    assert refusal(tmp_path, data).code == "corrupt"


def test_a_zip_with_a_password(tmp_path):
    data = bytearray(to_zip({"a.csv": DATA}))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert refusal(tmp_path, bytes(data)).code == "encrypted"


def test_a_table_of_contents_of_many_megabytes(tmp_path):
    """The end of a zip that says its table of contents has 100 MB."""
    size = 100 << 20
    path = tmp_path / "feed"
    with open(path, "wb") as file:
        file.write(b"PK\3\4")
        file.truncate(size + 4)
        file.seek(0, io.SEEK_END)
        file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, size, 4, 0))
    with pytest.raises(FormatError) as refused:
        read_all(path)
    assert refused.value.code == "bomb"


def test_unusual_packing(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", DATA)
    assert refusal(tmp_path, out.getvalue()).code == "unsupported"
    assert refusal(tmp_path, gzip.compress(to_zip({"a": DATA}))).code == "unsupported"
    assert refusal(tmp_path, b"7z\xbc\xaf\x27\x1c" + DATA).code == "unsupported"


def test_progress_is_in_packed_bytes(tmp_path):
    path = write(tmp_path, gzip.compress(DATA))
    with open_records(path, Options()) as records:
        for _batch in records.batches():
            assert records.read_bytes > 0
        assert records.read_bytes == records.total_bytes == path.stat().st_size
