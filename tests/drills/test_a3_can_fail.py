"""The row A3 can fail: lines that no file reaches are told, and a reader that dies tells nothing."""

import os
from pathlib import Path

from drills.rows import a3_coverage
from hostile import covered
from hostile.hostile_files import DATA, zip_of


def test_lines_that_are_not_reached_are_told() -> None:
    """The share is of all lines, and below what is asked for it is a fault."""
    outcome = a3_coverage.judged({"a": {1, 2}, "b": set()}, {"a": {1, 2, 3}, "b": {1}}, 80)
    assert (outcome.count, len(outcome.faults)) == (50, 1)
    assert outcome.told[1] == "most not reached: a 1, b 1"
    assert a3_coverage.judged({"a": {1}}, {"a": {1}}, 80).faults == ()


def test_only_lines_of_functions_count(tmp_path: Path) -> None:
    """What an import runs is no line that a file reached."""
    path = tmp_path / "a.py"
    path.write_text("X = 1\n\n\ndef f(y):\n    if y:\n        return X\n    return 2\n\n\nclass A:\n    z = 3\n")
    assert covered.lines_of(path) == {5, 6, 7}


def test_a_file_reaches_its_reader_and_one_that_kills_nothing() -> None:
    """A workbook reaches lines of the reader of workbooks; what dies in the middle takes nobody with it."""

    def read(data: bytes) -> None:
        if not data:
            os._exit(7)
        a3_coverage.read(data)

    found = covered.reached([b"", (DATA / "form1.xlsx").read_bytes()], read)
    lines = {Path(name).stem: len(lines) for name, lines in found.items()}
    assert lines["xlsx"] > 10
    assert lines["ofd"] == 0


def test_an_archive_is_read_by_its_members() -> None:
    """A zip of files counts as its members do."""
    found = covered.reached([zip_of({"a.xlsx": (DATA / "form1.xlsx").read_bytes()})], a3_coverage.read)
    lines = {Path(name).stem: len(lines) for name, lines in found.items()}
    assert min(lines["archive"], lines["xlsx"]) > 10
