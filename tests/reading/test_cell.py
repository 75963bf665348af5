"""The cell: what a child may do, how its death is told, that answers are checked and nothing outlives the caller."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from jixiao.reading import (
    DEFAULT_LIMITS,
    Limits,
    Protection,
    Unreadable,
    confine,
    protection,
    read_file,
    read_many,
    worker,
)
from jixiao.reading.worker import Worker
from reading.pdf_maker import PdfPage, grid, make_pdf, text

DATA = Path(__file__).parents[1] / "data"
SEED = Path(__file__).parents[2] / "examples" / "shanghai-2024.txt"


def refusal(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    """Why a file cannot be read."""
    with pytest.raises(Unreadable) as caught:
        read_file(path, limits=limits)
    return caught.value


def test_every_format_is_read_through_the_cell() -> None:
    """Every format gives its forms with places that carry the label, whatever the locked child may not open."""
    samples = (
        (DATA / "lo_docx3.pdf", 3),
        (DATA / "forms7.xlsx", 7),
        (DATA / "forms7.docx", 7),
        (DATA / "forms7.xls", 7),
        (SEED, 7),
    )
    for path, count in samples:
        forms = read_file(path, file_label="标签")
        assert len(forms) == count
        assert {place.file for form in forms for places in form.places.values() for place in places} == {"标签"}


def test_a_name_that_claims_nothing_does_not_matter(tmp_path: Path) -> None:
    """A PDF with an unknown ending and a GB18030 text without one are read by their content."""
    odd, bare = tmp_path / "表.2024", tmp_path / "表"
    odd.write_bytes((DATA / "lo_docx3.pdf").read_bytes())
    bare.write_bytes(SEED.read_text(encoding="utf-8").encode("gb18030"))
    assert [len(read_file(path)) for path in (odd, bare)] == [3, 7]


@pytest.mark.parametrize(
    ("source", "name", "right"),
    [("forms7.xlsx", "表.pdf", "XLSX"), ("lo_docx3.pdf", "表.XLSX", "PDF"), ("forms7.docx", "表.txt", "DOCX")],
)
def test_a_name_that_claims_another_kind_is_told(tmp_path: Path, source: str, name: str, right: str) -> None:
    """The content is read, and the first form says that the name claims another kind."""
    path = tmp_path / name
    path.write_bytes((DATA / source).read_bytes())
    (told,) = (each for each in read_file(path)[0].problems if each.code == "name_says_otherwise")
    assert path.suffix.lower() in told.message
    assert right in told.message


def test_many_files_come_back_in_order(tmp_path: Path) -> None:
    """A folder is read in the order given, one bad file among good ones costs only itself."""
    (tmp_path / "空.pdf").write_bytes(b"")
    paths = [
        DATA / "lo_docx3.pdf",
        tmp_path / "空.pdf",
        DATA / "forms7.xlsx",
        tmp_path / "没有.pdf",
        DATA / "typst3.pdf",
    ] * 2
    outcomes = list(read_many(paths))
    assert [path for path, _ in outcomes] == paths
    told = [outcome.code if isinstance(outcome, Unreadable) else len(outcome) for _, outcome in outcomes]
    assert told == [3, "empty", 7, "not_found", 3] * 2


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe and too large a file each have their own code; no child is started for them."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(bytes(1024 * 1024 + 1))
    assert refusal(tmp_path / "none").code == "not_found"
    assert refusal("a\x00b").code == "not_found"
    assert refusal(tmp_path).code == "is_a_directory"
    assert refusal(tmp_path / "pipe").code == "not_a_file"
    assert refusal(tmp_path / "large", Limits(file_megabytes=1)).code == "too_large"


def test_a_file_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be opened is told apart from a missing one; other trouble keeps the system's words."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")

    def failing(error: OSError) -> Callable[..., Iterator[bytes]]:
        def fail(*_: object, **__: object) -> Iterator[bytes]:
            raise error

        return fail

    monkeypatch.setattr(Path, "open", failing(PermissionError(13, "denied")))
    assert refusal(path).code == "no_permission"
    monkeypatch.setattr(Path, "open", failing(OSError(5, "Input/output error")))
    assert "Input/output error" in refusal(path).en


def test_a_name_that_is_no_utf8_is_a_label_all_the_same(tmp_path: Path) -> None:
    """A file name of wrong bytes can be read and named."""
    path = os.path.join(os.fsencode(tmp_path), b"\xff.pdf")  # noqa: PTH118  # a name of bytes, which Path does not take
    Path(os.fsdecode(path)).write_bytes(b"")
    assert "\ufffd.pdf" in refusal(os.fsdecode(path)).zh


def test_the_child_is_confined() -> None:
    """Every promise that needs no namespace holds; what is missing on a machine is said in a sentence."""
    found = protection()
    assert set(found.enforced) | set(found.missing) == set(confine.PROMISES)
    assert {"memory", "processor time", "no file written", "no process", "no file opened"} <= set(found.enforced)
    assert (found.note is None) == (found.missing == ())
    told = Protection((), ("memory",)).note
    assert told is not None
    assert "memory" in told[0]


EVIL = {
    "open a file": "open('/etc/hostname')",
    "write a file": "open('/tmp/jixiao-evil', 'w')",
    "list a folder": "__import__('os').listdir('/')",
    "open a socket": "__import__('socket').socket()",
    "make a pipe": "__import__('os').pipe()",
    "raise the limit": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)) or open('/etc/hostname')",
    "run a program": "__import__('os').execv('/bin/true', ['true'])",
    "start a process": "os.fork() or os._exit(0)",
    "take much memory": "bytearray(3 << 30)",
}


@pytest.mark.parametrize("act", EVIL)
def test_a_reader_taken_over_can_do_nothing(act: str) -> None:
    """After the lock, code of an attacker can open, write, run, connect and allocate nothing."""
    code = (
        "import os, socket, resource\nfrom jixiao.reading import confine\n"
        "alone = confine.part(); confine.limit(512); confine.lock(alone=bool(alone))\n"
        f"try:\n    {EVIL[act]}\nexcept (OSError, MemoryError, ValueError) as error:\n    print('stopped')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603  # our own code
    assert run.stdout == "stopped\n", run.stderr


class Stub:
    """Stands for `cell._command`: a child of the test's own making."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep the fixture."""
        self.monkeypatch = monkeypatch

    def install(self, code: str) -> None:
        """Children run this code after saying that they are ready."""
        head = (
            "import sys, os, time, signal, resource\n"
            "def say(kind, payload):\n"
            "    sys.stdout.buffer.write(kind + len(payload).to_bytes(4, 'big') + payload); sys.stdout.buffer.flush()\n"
            "say(b'R', b'[]')\n"
        )
        self.monkeypatch.setattr(worker, "_command", lambda *_: [sys.executable, "-I", "-S", "-c", head + code])

    def read(self, code: str, limits: Limits = DEFAULT_LIMITS, data: bytes = b"data") -> Unreadable:
        """Why a file cannot be read by a child that runs this code after saying that it is ready."""
        self.install(code)
        with Worker(limits) as child, pytest.raises(Unreadable) as caught:
            child.read(data, "f.pdf")
        return caught.value


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    """A child of the test's own making."""
    return Stub(monkeypatch)


DEATHS = {
    "killed": ("os.kill(os.getpid(), signal.SIGKILL)", "crashed", "SIGKILL"),
    "aborted": ("os.abort()", "crashed", "SIGABRT"),
    "left": ("sys.exit(7)", "crashed", "7"),
    "processor time": ("os.kill(os.getpid(), signal.SIGXCPU)", "time_out", "20"),
    "asleep": ("time.sleep(60)", "time_out", "1 "),
    "out of memory": ("say(b'M', b'')", "memory", "512 MB"),
    "inner error": ("say(b'X', b'KeyError @ here:1')", "crashed", "KeyError @ here:1"),
    "no JSON": ("say(b'F', b'nonsense')", "crashed", "contract"),
    "another schema": ("""say(b'F', b'[{"schema": "other/1"}]')""", "crashed", "contract"),
    "a number of a billion digits": ("""say(b'F', b'[{"total": {"score": "1E+999999999"}}]')""", "crashed", "contract"),
    "an unknown code": ("""say(b'E', b'{"code": "evil", "message": {}, "advice": {}}')""", "crashed", "contract"),
    "an error without sentences": (
        """say(b'E', b'{"code": "empty", "message": 1, "advice": 2}')""",
        "crashed",
        "contract",
    ),
    "too long an answer": (
        "sys.stdout.buffer.write(b'F\\xff\\xff\\xff\\xff'); sys.stdout.flush(); time.sleep(9)",
        "crashed",
        "",
    ),
    "an unknown frame": ("say(b'?', b'')", "crashed", ""),
}


@pytest.mark.parametrize("how", DEATHS)
def test_every_death_is_a_sentence(stub: Stub, how: str) -> None:
    """However a child ends or lies, the answer is an error of the contract that says what happened, and soon."""
    code, slug, said = DEATHS[how]
    start = time.monotonic_ns()
    told = stub.read(code, Limits(seconds=1)) if how == "asleep" else stub.read(code)
    assert told.code == slug
    assert said in told.en
    assert time.monotonic_ns() - start < 5 * 10**9


def test_a_child_that_takes_no_input_is_not_waited_for(stub: Stub) -> None:
    """The clock runs while a file is handed over, too."""
    told = stub.read("time.sleep(60)", Limits(seconds=1), bytes(1_000_000))
    assert told.code == "time_out"


def test_a_child_that_never_starts_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that cannot even start is told, not waited for."""
    monkeypatch.setattr(worker, "_command", lambda *_: [sys.executable, "-c", "raise SystemExit(3)"])
    assert refusal(DATA / "typst3.pdf").code == "crashed"


def test_errors_keep_their_words_on_the_way(tmp_path: Path) -> None:
    """An error on the wire comes back as it was."""
    path = tmp_path / "half.pdf"
    path.write_bytes((DATA / "lo_docx3.pdf").read_bytes()[:9000])
    told = refusal(path)
    assert told.code == "truncated_or_damaged"
    again = Unreadable.from_wire(told.file, json.loads(json.dumps(told.wire())))
    assert again.wire() == told.wire()
    assert str(told) == f"{told.en} {told.advice_en}"


def children() -> set[int]:
    """The live child processes of this one."""
    task = Path(f"/proc/{os.getpid()}/task")
    found: set[int] = set()
    for thread in task.iterdir():
        with suppress(FileNotFoundError):  # a thread may end while we look
            found |= {int(pid) for pid in (thread / "children").read_text().split()}
    return found


def test_nothing_outlives_an_abandoned_run() -> None:
    """A run that is dropped in the middle leaves no child and no folder behind."""
    before = children()
    with closing(read_many([DATA / "lo_docx3.pdf"] * 9)) as run:
        next(run)
        assert children() > before
    assert children() == before


def test_children_are_replaced_after_their_share() -> None:
    """A warm child reads as many files as it may, then another takes its place."""
    limits = Limits(files_per_child=2)
    outcomes = list(read_many([DATA / "lo_docx3.pdf"] * 5, limits=limits, workers=1))
    assert [len(outcome) for _, outcome in outcomes if not isinstance(outcome, Unreadable)] == [3] * 5


@pytest.mark.parametrize("opener", ["", "reading.eyes_double:open_double"])
def test_the_child_ends_with_its_parent(opener: str) -> None:
    """A parent killed in the middle takes its busy child with it, one with eyes, too."""
    tests = str(Path(__file__).parents[1])
    code = (
        f"import sys, time\nsys.path.insert(0, {tests!r})\n"
        "from jixiao.reading.limits import Limits; from jixiao.reading.worker import Worker\n"
        f"child = Worker(Limits(), {opener!r}); child.protection; print(child.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own code
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    gone = threading.Event()
    for _ in range(100):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "\nState:\tZ" in status.read_text():
            return
        gone.wait(timeout=0.05)
    pytest.fail(f"child {pid} lives on")


def test_readable_content_without_a_form_is_told() -> None:
    """A PDF with a table that is no form says what was found in it."""
    with Worker(Limits()) as worker, pytest.raises(Unreadable) as caught:
        worker.read(make_pdf(PdfPage(grid([100, 200, 300], [700, 730, 760]) + text(105, 740, "菜单"))), "菜单.pdf")
    assert caught.value.code == "not_a_form"
    assert "1 个表格" in caught.value.zh
