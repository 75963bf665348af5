"""H1: a build of a corpus is killed at any moment, again and again; it ends with the bytes of one nobody touched."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from corpus.made import some_forms
from drills.row import Drill, Outcome, Row
from jixiao.corpus.building.plan import FOLDER, PLAN
from jixiao.form import encode, to_wire

PART: Final = 60
_FORMS: Final = 420
_EACH: Final = 15
"""Forms of a file, and so of a piece of work."""
_COMMAND: Final = (sys.executable, "-m", "jixiao", "corpus", "build")
_LONGEST: Final = 300
_GONE: Final = 20
"""Seconds within which the processes of a killed build must have ended, on a busy machine."""


@dataclass
class Found:
    """What was found over all kills.

    Attributes:
        kills: how many builds were killed while they worked.
        stages: how many of them had this many parts written.
        ends: how many corpora were built to their end in between.
        faults: what was wrong.
    """

    kills: int = 0
    ends: int = 0
    stages: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def lay_out(folder: Path, *, later: bool) -> Path:
    """The files of a corpus: forms as data, a document, two bad files; or what became of them a while later."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    forms = [encode(to_wire(form)) + b"\n" for form in some_forms(_FORMS)]
    pieces = {f"{at:03}": forms[at : at + _EACH] for at in range(0, _FORMS, _EACH)}
    if later:
        changed = dict(list(pieces.items())[3:-2])  # some vanished, one changed, one is new
        pieces = changed | {"120": forms[:7], "900": list(reversed(forms[:40]))}
    for name, some in pieces.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(some))
    seed = Path(__file__).parents[3] / "examples" / "shanghai-2024.txt"
    (folder / "表.txt").write_bytes(seed.read_bytes())
    (folder / "bad.json").write_bytes(b"[{")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    return folder


def begun(source: Path, out: Path, processes: int) -> "subprocess.Popen[bytes]":
    """A build in a process, and a group, of its own."""
    more = ("--out", str(out), "--part", str(PART), "--processes", str(processes))
    return subprocess.Popen(
        [*_COMMAND, str(source), *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def built(source: Path, out: Path, processes: int) -> float:
    """Build to the end; seconds from the plan on.

    Raises:
        ValueError: it did not end as it should: with the code of files that were set aside.
    """
    work = begun(source, out, processes)
    _planned(work, out)
    start = time.monotonic()
    if work.wait(_LONGEST) != 2:
        raise ValueError(f"a build that nobody killed ended with {work.returncode}")
    return time.monotonic() - start


def digests(out: Path) -> dict[str, str]:
    """Every file of a corpus with its digest, hidden ones and those left aside among them; not the lock."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def differing(wanted: dict[str, str], found: dict[str, str]) -> Iterator[str]:
    """How a corpus differs from the one it should be."""
    yield from (f"{name}: is missing" for name in sorted(wanted.keys() - found.keys()))
    yield from (f"{name}: nobody asked for it" for name in sorted(found.keys() - wanted.keys()))
    yield from (f"{name}: other bytes" for name in sorted(wanted) if found.get(name, wanted[name]) != wanted[name])


def _planned(work: "subprocess.Popen[bytes]", out: Path) -> None:
    """Wait until the plan is written, or there is nothing to do."""
    while work.poll() is None and not (out / PLAN).exists():
        time.sleep(0.005)


def killed(source: Path, out: Path, dice: random.Random, seconds: float, found: Found) -> bool:
    """Begin a build and kill it at any moment of its work, alone or with all its processes; whether it was not over."""
    work = begun(source, out, dice.choice((1, 2)))
    _planned(work, out)
    time.sleep(dice.uniform(0, seconds))
    if work.poll() is not None:
        return False
    if dice.random() < 0.5:
        os.kill(work.pid, signal.SIGKILL)
    else:
        os.killpg(work.pid, signal.SIGKILL)
    work.wait()
    found.kills += 1
    parts = len(list((out / FOLDER).glob("*-part-*")))
    found.stages[parts] = found.stages.get(parts, 0) + 1
    if not _all_gone(work.pid):
        found.faults.append(f"processes of a killed build were at work {_GONE} s later")
    return True


def _all_gone(group: int) -> bool:
    """Whether every process of a group has ended."""
    until = time.monotonic() + _GONE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return True
        time.sleep(0.02)
    return False


def run(drill: Drill) -> Outcome:
    """The drill."""
    dice, found = random.Random(drill.seed), Found()  # noqa: S311 -- a drill that can be repeated
    now, later = lay_out(drill.folder / "now", later=False), lay_out(drill.folder / "later", later=True)
    quiet, out = drill.folder / "quiet", drill.folder / "out"
    seconds = built(now, quiet, 1)
    wanted = [digests(quiet)]
    seconds = max(seconds, built(later, quiet, 2))
    wanted.append(digests(quiet))
    while found.kills < drill.count and not found.faults:
        shutil.rmtree(out, ignore_errors=True)
        for source, whole in zip((now, later), wanted, strict=True):
            most = min(drill.count, found.kills + dice.randrange(1, 12))
            while found.kills < most and killed(source, out, dice, seconds, found):
                pass
            built(source, out, dice.choice((1, 2)))
            found.ends += 1
            found.faults += differing(whole, digests(out))
    return Outcome(found.kills, tuple(found.faults), _told(found))


def _told(found: Found) -> tuple[str, ...]:
    stages = ", ".join(f"{count} with {parts}" for parts, count in sorted(found.stages.items()))
    return (f"{found.ends} corpora, all of the same bytes in every file", f"parts written when killed: {stages}")


ROW = Row(
    id="H1", zh="建库途中反复被杀：最后每个文件的字节都与无人打扰时相同，进程不残留",
    en="a build of a corpus killed again and again ends with the bytes of one nobody touched; no process is left",
    ci=10, full=200, unit="kills", run=run, cores=2,
)  # fmt: skip
