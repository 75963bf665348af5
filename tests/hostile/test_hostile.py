"""No file harms the program that reads it: every one gets its verdict, in time, and nothing is left behind."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills.rows.a1_hostile import ROW, chosen
from hostile.hostile_files import DATA, cuts, form_pdf, mutants, mutated_workbooks
from hostile.hostile_table import EVERY, GROUPS
from jixiao.reading import Limits, Unreadable, errors
from jixiao.reading.worker import Worker

TESTS = Path(__file__).parents[1]
LIMITS = Limits(seconds=10, cpu_seconds=8, memory_megabytes=700)


class Desk:
    """One warm child for many files, replaced when one kills it."""

    def __init__(self) -> None:
        """Start without a child."""
        self.worker: Worker | None = None

    def verdict(self, data: bytes) -> str:
        """The code of the verdict on a file; "read" if it was read. Every sentence is whole, and it comes in time."""
        if self.worker is None or not self.worker.alive:
            self.close()
            self.worker = Worker(LIMITS)
        start = time.monotonic_ns()
        refusal = self._refusal(data)
        assert time.monotonic_ns() - start < 15 * 10**9
        if refusal is None:
            return "read"
        assert refusal.code in errors.CODES
        assert refusal.zh.startswith("坏文件：")
        assert refusal.en.startswith("坏文件: ")
        assert refusal.advice_zh
        assert refusal.advice_en
        return refusal.code

    def _refusal(self, data: bytes) -> Unreadable | None:
        assert self.worker is not None
        try:
            return None if self.worker.read(data, "坏文件") else errors.empty("no form and no refusal", 1)
        except Unreadable as refusal:
            return refusal

    def close(self) -> None:
        """End the child."""
        if self.worker is not None:
            self.worker.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all files of the module, with a folder of its own for what is temporary; at its end none is left."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        made = Desk()
        yield made
        made.close()
    assert not list(folder.iterdir())


def test_every_hostile_file_gets_its_verdict(tmp_path: Path) -> None:
    """Each file of the table, read as any file is, gets its verdict in 30 s; the parent grows by less than 20 MB.

    Those that the drill A1 reads in every CI run are left to it.
    """
    drilled = chosen(ROW.ci)
    there = [name for name in EVERY if name not in drilled]
    assert len(there) + len(drilled) == len(EVERY)
    names = {f"{number:03}": name for number, name in enumerate(there)}
    for number, name in names.items():
        (tmp_path / number).write_bytes(EVERY[name].build())
    code = f"import sys; sys.path[:0] = {[str(TESTS)]!r}; from hostile.reading_run import main; main()"
    run = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    told = json.loads(run.stdout)
    wrong = {names[number]: codes[1:] for number, codes in told["verdicts"].items()}
    wrong = {name: codes for name, codes in wrong.items() if not codes or not set(codes) <= EVERY[name].codes}
    assert wrong == {}
    assert told["slowest"] < 30
    assert told["grown"] < 20 * 1024
    assert told["grown_by_all"] < 80 * 1024  # the allocator's, over hundreds of files: it keeps what was freed


def test_there_are_enough_hostile_files() -> None:
    """At least 120 named files, at least 30 of each kind that people send; every verdict is a code that exists."""
    assert len(EVERY) >= 120
    assert min(len(GROUPS[group]) for group in ("PDF", "XLSX", "DOCX", "zip")) >= 30
    assert {code for hostile in EVERY.values() for code in hostile.codes} <= errors.CODES | {"read"}


@pytest.mark.parametrize("name", ["typst3.pdf", "lo_docx3.pdf", "forms7.xlsx"])
def test_a_file_cut_off_anywhere_is_said_to_be(desk: Desk, name: str) -> None:
    """Cut off at any of many places, a file is never read in part: it is said to be cut off."""
    for piece in cuts((DATA / name).read_bytes(), 24):
        assert desk.verdict(piece) == "truncated_or_damaged"


def test_a_small_pdf_cut_off_at_every_byte(desk: Desk) -> None:
    """The same at each byte of the last stretch of a small file, where its table of contents lies."""
    data = form_pdf()
    assert desk.verdict(data) == "read"
    for end in range(len(data) - 120, len(data) - 2):
        assert desk.verdict(data[:end]) == "truncated_or_damaged"


def test_mutated_files_never_end_without_a_verdict(desk: Desk) -> None:
    """Files with changed bytes are read or refused; none is left without a verdict, none takes the parent with it."""
    files = [
        *mutants((DATA / "lo_docx3.pdf").read_bytes(), 40, seed=1),
        *mutants((DATA / "forms7.xlsx").read_bytes(), 20, seed=2),
        *mutants(form_pdf(), 40, seed=3),
        *mutated_workbooks(40, seed=4),
    ]
    verdicts = [desk.verdict(data) for data in files]
    assert len(verdicts) == 140
    assert "read" in verdicts
    assert "truncated_or_damaged" in verdicts
    assert "crashed" not in verdicts


def test_hostile_files_leave_nothing_in_their_folder(tmp_path: Path, desk: Desk) -> None:
    """Reading writes nothing beside the file it reads."""
    path = tmp_path / "a.pdf"
    path.write_bytes(form_pdf())
    assert desk.verdict(path.read_bytes()) == "read"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]
