"""No old workbook harms the program that reads it: every one gets its verdict, in time."""

import random
from collections.abc import Iterator

import pytest

from hostile.hostile_files import DATA, cuts
from hostile.hostile_xls import XLS_FILES
from hostile.test_hostile import Desk
from jixiao.reading import Unreadable
from jixiao.reading.formats.xls import read_xls


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """One desk for all files of the module."""
    made = Desk()
    yield made
    made.close()


@pytest.mark.parametrize("name", XLS_FILES)
def test_every_hostile_workbook_gets_its_verdict(desk: Desk, name: str) -> None:
    """Each named file gets the verdict written beside it."""
    hostile = XLS_FILES[name]
    assert desk.verdict(hostile.build()) in hostile.codes


def test_an_old_workbook_cut_off_anywhere_is_never_read_in_part() -> None:
    """Cut off at any of many places, a workbook is refused, or all of it is read where only padding is gone."""
    data = (DATA / "forms7.xls").read_bytes()
    whole = read_xls(data, "f")
    refused = 0
    for piece in cuts(data, 40):
        try:
            assert read_xls(piece, "f") == whole
        except Unreadable as refusal:
            refused += refusal.code == "truncated_or_damaged"
    assert refused >= 36


def test_mutated_workbooks_never_end_without_a_verdict(desk: Desk) -> None:
    """Workbooks with changed bytes are read or refused; no reader dies of one."""
    chance = random.Random(6)  # noqa: S311  # reproducible files, no secret
    data = (DATA / "forms7.xls").read_bytes()
    verdicts = []
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(chance.choice([1, 5, 40])):
            changed[chance.randrange(512, len(data))] = chance.randrange(256)
        verdicts.append(desk.verdict(bytes(changed)))
    assert "read" in verdicts
    assert "crashed" not in verdicts
