"""Rows of a backup are unpacked a little at a time: a small part of a hostile one cannot fill the memory."""

import gzip
import io
import random
import tracemalloc

import pytest

from jixiao.office.backup import rows
from jixiao.office.backup.archive import Packing, members
from jixiao.office.backup.damage import Damaged


def unpacked(data: bytes) -> int:
    """How many lines a member of a backup holds."""
    packing = Packing()
    file = io.BytesIO(b"".join([*packing.whole("rows/0-a/0", data), *packing.end()]))
    return sum(1 for _ in rows.unpacked(next(members(file))))


def test_a_bomb_of_rows_is_unpacked_a_megabyte_at_a_time() -> None:
    """Ten kilobytes that hold a million and a half rows need the memory of a megabyte of them."""
    data = gzip.compress(b"[1]\n" * 1_500_000)
    tracemalloc.start()
    try:
        assert unpacked(data) == 1_500_000
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_a_row_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is longer than any is no row."""
    monkeypatch.setattr(rows, "_LONGEST", 2**21, raising=False)
    with pytest.raises(Damaged):
        unpacked(gzip.compress(b"1" * 2**22 + b"\n"))


@pytest.mark.parametrize("length", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20])
def test_rows_of_any_length_are_whole(length: int) -> None:
    """At the borders of what is unpacked at once nothing is lost, packed well or not at all."""
    dice = random.Random(length)  # noqa: S311 -- trials
    for text in (b"1" * length, dice.randbytes(length).replace(b"\n", b" ")):
        assert unpacked(gzip.compress(text + b"\n" + text + b"\n")) == 2
