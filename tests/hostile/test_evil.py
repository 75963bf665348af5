"""A reader taken over by an attacker gets nothing in its child, whoever runs the program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile import evil, unprivileged
from jixiao.reading import Limits, calls, worker
from jixiao.reading.worker import Worker

TESTS = Path(__file__).parents[1]


def attempts(folder: Path, *places: str, before: tuple[str, ...] = ()) -> dict[str, dict[str, str]]:
    """What came of every attempt, by where it was made."""
    folder.chmod(0o777)
    run = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, *before, "-m", "hostile.evil_run", str(folder), *places], capture_output=True, text=True,
        check=False, env=os.environ | {"PYTHONPATH": str(TESTS)},
    )  # fmt: skip
    if run.returncode == unprivileged.CANNOT:
        pytest.skip(f"as nobody our interpreter is out of reach, and a way to it {run.stderr.strip()}")
    told = json.loads(run.stdout.splitlines()[-1])
    return {place: {name: got for name, got in told[place].items() if got} for place in places}


def test_a_reader_taken_over_gets_nothing(tmp_path: Path) -> None:
    """Of a hundred attempts on files, network, processes and kernel, none gets anything in the child."""
    assert len(evil.ATTEMPTS) > 100
    assert attempts(tmp_path, "cell") == {"cell": {}}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="already run as somebody without rights")
def test_a_reader_taken_over_of_somebody_without_rights_gets_nothing() -> None:
    """The same where the program is not root, whose files, processes and limits then are the child's own user's."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:  # a path that anybody may walk, unlike the tests' own
        before = (str(Path(unprivileged.__file__)), sys.executable)
        assert attempts(Path(folder), "cell", before=before) == {"cell": {}}


def evaluated(program: bytes, number: int, *arguments: int, mark: int = 0xC000003E) -> int:
    """What the kernel's small machine makes of a call: the filter's verdict."""
    import struct

    data = struct.pack("<IIQ6Q", number, mark, 0, *(value & (1 << 64) - 1 for value in (*arguments, *[0] * 6)[:6]))
    lines, at, kept = list(struct.iter_unpack("=HBBI", program)), 0, 0
    while True:
        code, yes, no, value = lines[at]
        at += 1
        if code == 0x20:
            kept = int.from_bytes(data[value : value + 4], "little")
        elif code == 0x54:
            kept &= value
        elif code == 0x06:
            return int(value)
        else:
            at += yes if (kept == value if code == 0x15 else kept >= value) else no


ALLOWED, REFUSED, KILLED = 0x7FFF0000, 0x00050001, 0x80000000
CALLS = {
    "read": (0, 63, (), ALLOWED),
    "open a file": (257, 56, (), REFUSED),
    "a socket": (41, 198, (2, 1), REFUSED),
    "memory": (9, 222, (0, 4096, 3, 0x22), ALLOWED),
    "memory that runs": (9, 222, (0, 4096, 7, 0x22), REFUSED),
    "a file as memory": (9, 222, (0, 4096, 1, 2, 3), REFUSED),
    "make memory run": (10, 226, (0, 4096, 5), REFUSED),
    "own processor time": (302, 261, (0, 0, 1), ALLOWED),
    "own open files": (302, 261, (0, 7, 1), REFUSED),
    "another's processor time": (302, 261, (99, 0, 1), REFUSED),
    "a signal to itself": (234, 131, (7, 7, 6), ALLOWED),
    "a signal to another": (234, 131, (8, 8, 9), REFUSED),
}
"""What is asked → its number on x86_64 and on aarch64, its arguments, and the verdict."""


@pytest.mark.parametrize("name", CALLS)
def test_the_filter_judges_a_call(name: str) -> None:
    """The program says of each call what it should, on both machines; a call of another machine's table ends it."""
    first, second, arguments, verdict = CALLS[name]
    for machine, number, mark in (("x86_64", first, 0xC000003E), ("aarch64", second, 0xC00000B7)):
        program = calls.compiled(calls.of_child(7, making_code=False), machine, others=False)
        assert evaluated(program, number, *arguments, mark=mark) == verdict
        assert evaluated(program, number, *arguments, mark=0x40000003) == KILLED
        assert evaluated(program, number | 0x40000000, *arguments, mark=mark) == KILLED


def test_eyes_may_make_code_and_an_office_may_not_leave_its_network() -> None:
    """An engine of models makes memory that runs, a plain child does not; an office gets no network."""
    seeing = calls.compiled(calls.of_child(7, making_code=True), "x86_64", others=False)
    assert evaluated(seeing, 10, 0, 4096, 5) == ALLOWED
    assert evaluated(seeing, 9, 0, 4096, 1, 2, 3) == REFUSED
    office = calls.compiled(calls.of_office(), "x86_64", others=True)
    assert evaluated(office, 41, 1, 1) == ALLOWED
    assert evaluated(office, 41, 2, 1) == 0x00050000 | 97
    assert evaluated(office, 101) == REFUSED
    assert evaluated(office, 56, 0x11) == ALLOWED
    assert evaluated(office, 56, 0x10000011) == REFUSED
    assert evaluated(office, 302, 0, 7, 1) == ALLOWED
    assert evaluated(office, 302, 99, 7, 1) == REFUSED


def without(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Children run this code before anything of ours."""
    real = worker._command
    changed = lambda *asked: [*real(*asked)[:-1], real(*asked)[-1].replace("from jixiao.reading.child", f"{code}; from jixiao.reading.child")]  # noqa: E501, E731  # fmt: skip
    monkeypatch.setattr(worker, "_command", changed)


def test_a_filter_that_does_not_hold_is_no_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine whose calls we have no table of, the promise is missing, and said to be."""
    without(monkeypatch, "import jixiao.reading.calls as c; c.machine = lambda: ''")
    with Worker(Limits()) as child:
        assert child.protection.missing == ("few system calls",)
        assert child.protection.note is not None
