"""The drill: many changed files are read, and each must get a verdict. Run as `./dev drill [COUNT [SEED]]`."""

import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice

from hostile.mutations import mutants
from jixiao.reading import Limits, Unreadable
from jixiao.reading.crew import Crew
from jixiao.reading.handover import EyesNeeded, IsArchive

LIMITS = Limits(seconds=25, cpu_seconds=8)
_AT_ONCE = 40


def drill(count: int, seed: int, workers: int = 2) -> Counter[tuple[str, str]]:
    """How often each (format, verdict) came of so many changed files.

    The verdicts are "read", "archive" (a zip, whose members would be read one by one) and the codes of refusals.
    """
    return Counter((name, code) for name, _, code in verdicts(mutants(count, seed), workers))


def verdicts(files: Iterator[tuple[str, bytes]], workers: int = 2) -> Generator[tuple[str, bytes, str], None, None]:
    """What came of each file, read by warm children: its name, its bytes, the verdict."""
    with closing(Crew(LIMITS, workers)) as crew, ThreadPoolExecutor(workers) as threads:
        while chunk := list(islice(files, _AT_ONCE)):
            judged = threads.map(lambda file: verdict(crew, file[1]), chunk)
            for (name, data), code in zip(chunk, judged, strict=True):
                yield name, data, code


def verdict(crew: Crew, data: bytes) -> str:
    """What came of one file."""
    with crew.lend() as worker:
        try:
            return "read" if worker.read(data, "变异文件") else "nothing"
        except Unreadable as refusal:
            return f"crashed: {refusal.en}" if refusal.code == "crashed" else refusal.code
        except IsArchive:
            return "archive"
        except EyesNeeded:
            return "needs eyes"


def table(found: Counter[tuple[str, str]]) -> Iterator[str]:
    """The counts, a line for each format."""
    for name in dict.fromkeys(name for name, _ in found):
        mine = {code: number for (of, code), number in sorted(found.items()) if of == name}
        yield f"{name:10} {sum(mine.values()):7}  " + ", ".join(f"{code} {number}" for code, number in mine.items())


def main() -> None:
    """Print the counts; exit 1 if a file had no verdict or killed its child by an error of ours."""
    count, seed = (int(number) for number in [*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]][:2])
    start = time.monotonic_ns()
    found = drill(count, seed)
    print("\n".join(table(found)))
    print(f"{found.total()} files, seed {seed}, {(time.monotonic_ns() - start) // 10**9} s")
    ours = [code for _, code in found if "inner error" in code or code == "nothing"]
    sys.exit("\n".join(ours) if ours else 0)


if __name__ == "__main__":
    main()
