"""Speed of a folder: forms as data reviewed by as many processes as processors, beside one process of plain Decimal.

`python -m bench.folder 1000 10000 100000` chooses how many forms; without, 1,000 and 10,000. The forms are the seed's
with every place (25 kB each) and right ones without, half and half, in 37 units. `review` reads, scores, questions,
ranks, sums and writes JSON; the peer reads the same file whole and computes scores, total, low end and grade in one
process, without derivation, checks or report. Goal: 10,000 forms in less than 30 s on 2 processors, growth linear.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from jixiao.form import decode_forms, encode, to_wire
from jixiao.reading.parse import parse_bytes
from oracle import scorer as oracle
from oracle.right_forms import right_form

HOUSE = Path(__file__).resolve().parents[1]

SIZES = (1000, 10_000)
UNITS = 37
MOST_OF_PEER = 1000
"""Forms the peer is given at most: it grows linearly, and holds them all in memory."""


def make(path: Path, count: int) -> None:
    """A file of so many forms."""
    seed = parse_bytes((HOUSE / "tests" / "data" / "forms7.xlsx").read_bytes(), "forms7.xlsx")
    with path.open("wb") as file:
        file.write(b"[")
        for number in range(count):
            form = seed[number % 7] if number % 2 else right_form(number % 5000)
            project = replace(form.project, name=f"{form.project.name}{number}")
            named = replace(form, project=project, unit=f"第{number % UNITS}中心")
            file.write((b"," if number else b"") + encode(to_wire(named)))
        file.write(b"]")


def reviewed(path: Path, out: Path) -> tuple[int, int, int]:
    """Milliseconds on the clock and of all processors, and the megabytes of the largest process."""
    command = [sys.executable, "-c", "from jixiao.cli import main; main()", "review", str(path), "--out", str(out)]
    begun = time.monotonic_ns()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdout=said, env={**os.environ, "JIXIAO_LANG": "en"}) as process,
    ):
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    took = (time.monotonic_ns() - begun) // 10**6
    return took, int((used.ru_utime + used.ru_stime) * 1000), used.ru_maxrss // 1024


def peer(path: Path) -> tuple[int, int]:
    """How many forms plain Decimal was given, and its milliseconds of processor for them."""
    begun = time.process_time_ns()
    forms = decode_forms(path.read_bytes())
    for form in forms:
        oracle.standing(form)
        oracle.low(form)
        oracle.grade(oracle.total(form))
    return len(forms), (time.process_time_ns() - begun) // 10**6


def main() -> None:
    """Print a line for each size."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(f"{os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as place:
        few = Path(place) / "few.json"
        make(few, MOST_OF_PEER)
        count, took = peer(few)
        print(
            f"peer, plain Decimal, one process, scores only: {count:7} forms {took * 1000 // count:6} µs/form processor"
        )
        for size in sizes:
            path = Path(place) / f"{size}.json"
            make(path, size)
            clock, processor, memory = reviewed(path, Path(place) / "out.json")
            print(
                f"review, all processors, checks and report: {size:8} forms {clock / 1000:8.1f} s on the clock "
                f"{clock * 1000 // size:6} µs/form {processor * 1000 // size:6} µs/form processor, "
                f"largest process {memory} MB, input {path.stat().st_size >> 20} MB"
            )
            path.unlink()


if __name__ == "__main__":
    main()
