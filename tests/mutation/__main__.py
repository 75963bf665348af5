"""./dev mutate [COUNT [SEED]]: change one operator or constant at a time, and see whether a test notices.

Prints every change that no test noticed, and the share that was; fails below 90 %.
"""

import gc
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import islice
from pathlib import Path
from queue import Queue

from mutation import book_sites, python_sites
from mutation.running import HOUSE, Bench, Judged
from mutation.site import Site

ROOMS = ("language", "scoring")
BOOKS = "src/jixiao/rulebook/books"
LIMIT = 600
LEAST = 90
WORKERS = 2
QUICK = ("tests/language", "tests/review/test_examples.py", "tests/scoring", "tests/rulebook")
SLOW = (
    "tests/oracle",
    "tests/equality",
    "tests/properties/test_derivations.py",
    "tests/properties/test_scoring_laws.py",
)
BOOK = ("tests/rulebook", "tests/scoring", "tests/review/test_examples.py", "tests/oracle")


def every_site() -> Iterator[Site]:
    """All changes there are, in the language, in scoring and in the books."""
    for room in ROOMS:
        for path in sorted((HOUSE / "src" / "jixiao" / room).rglob("*.py")):
            yield from python_sites.sites(_name(path), path.read_text(encoding="utf-8"))
    for path in sorted((HOUSE / BOOKS).rglob("*.toml")):
        yield from book_sites.sites(_name(path), path.read_text(encoding="utf-8"))


def sample(sites: Sequence[Site], count: int, seed: int) -> list[Site]:
    """Some of the changes, the same for the same seed: half of them in Python, half in books."""
    ordered = sorted(sites, key=lambda site: sha256(f"{seed}|{site}".encode()).digest())
    books = (site for site in ordered if site.file.startswith(BOOKS) and _is_book(site))
    chosen = list(islice(books, count // 2))
    python = (site for site in ordered if not site.file.startswith(BOOKS))
    return [*islice(python, count - len(chosen)), *chosen]


def judged(sites: Sequence[Site]) -> Iterator[Judged]:
    """The verdicts, as they come."""
    gc.freeze()
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(WORKERS) as pool:
        benches: Queue[Bench] = Queue()
        for number in range(WORKERS):
            benches.put(Bench(Path(place) / str(number)))

        def one(site: Site) -> Judged:
            bench = benches.get()
            try:
                return bench.judge(site, BOOK if site.file.startswith(BOOKS) else (*QUICK, *SLOW), LIMIT)
            finally:
                benches.put(bench)

        yield from pool.map(one, sites)


def passing() -> bool:
    """Whether all the tests that judge pass where nothing is changed."""
    with tempfile.TemporaryDirectory() as place:
        return Bench(Path(place) / "0").clean((*QUICK, *SLOW), LIMIT * WORKERS)


def main() -> int:
    """Judge a sample and tell what survived."""
    count, seed = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 300), (2, 1)))
    sites = list(every_site())
    chosen = sample(sites, count, seed)
    print(f"{len(chosen)} of {len(sites)} changes, seed {seed}", flush=True)
    if not passing():
        print("the tests fail on the unchanged house; nothing can be told")
        return 2
    verdicts: Counter[str] = Counter()
    for number, (site, verdict, seconds) in enumerate(judged(chosen), 1):
        verdicts[verdict] += 1
        if verdict == "survived":
            print("SURVIVED", site.told((HOUSE / site.file).read_text(encoding="utf-8")), f"({seconds} s)", flush=True)
        elif number % 25 == 0:
            print(f"  {number}: {dict(verdicts)}", flush=True)
    noticed = len(chosen) - verdicts["survived"]
    print(f"noticed {noticed} of {len(chosen)}: {noticed * 1000 // max(len(chosen), 1)} per mille; {dict(verdicts)}")
    return 0 if noticed * 100 >= LEAST * len(chosen) else 1


def _is_book(site: Site) -> bool:
    return book_sites.is_book(site.changed((HOUSE / site.file).read_text(encoding="utf-8")))


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


if __name__ == "__main__":
    sys.exit(main())
