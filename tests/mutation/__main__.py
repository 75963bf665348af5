"""./dev mutate [COUNT [SEED]]: change one operator or constant at a time, and see whether a test notices.

Prints every change that no test noticed, and the share that was; fails below 90 %.
"""

import gc
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha256
from itertools import islice
from pathlib import Path
from queue import Queue

from mutation import book_sites, plan, python_sites
from mutation.running import HOUSE, Bench, Ran, load_shared, run_stage
from mutation.site import Site

ROOMS = ("language", "scoring")
LEAST = 90
WORKERS = 4
CLOCK = 900
"""Seconds on the clock for one stage; a change that takes longer is unclear and counts as not noticed."""


def every_site() -> Iterator[Site]:
    """All changes there are, in the language, in scoring and in the books."""
    for room in ROOMS:
        for path in sorted((HOUSE / "src" / "jixiao" / room).rglob("*.py")):
            yield from python_sites.sites(_name(path), path.read_text(encoding="utf-8"))
    books = {_name(path): path.read_text(encoding="utf-8") for path in sorted((HOUSE / plan.BOOKS).rglob("*.toml"))}
    known = book_sites.choices(books.values())
    for name, text in books.items():
        yield from book_sites.sites(name, text, known)


def sample(sites: Sequence[Site], count: int, seed: int) -> list[Site]:
    """Some of the changes, the same for the same seed: half of them in Python, half in books."""
    ordered = sorted(sites, key=lambda site: sha256(f"{seed}|{site}".encode()).digest())
    books = (site for site in ordered if site.file.startswith(plan.BOOKS) and _is_book(site))
    chosen = list(islice(books, count // 2))
    python = (site for site in ordered if not site.file.startswith(plan.BOOKS))
    return [*islice(python, count - len(chosen)), *chosen]


class Unfit(Exception):
    """The unchanged house fails its own tests, so nothing can be told."""


class Judge:
    """Judges changes by stages of tests, each of which the unchanged house has passed before it judges."""

    def __init__(self, ready: Sequence[Bench]) -> None:
        """Take the copies of the house, one a worker; all are unchanged now."""
        self._ready = ready
        self._benches: Queue[Bench] = Queue()
        for each in ready:
            self._benches.put(each)
        self._allowed: dict[plan.Stage, int] = {}
        """Processor seconds that a stage may take."""

    def judged(self, sites: Sequence[Site]) -> Iterator[tuple[Site, Ran]]:
        """The verdicts as they come: first all changes by their likeliest tests, then what is left by the next ones.

        Raises:
            Unfit: a test fails where nothing is changed.
        """
        depth, alive = 0, {site: plan.stages(site.file) for site in sites}
        with ThreadPoolExecutor(len(self._ready)) as pool:
            while alive:
                yield from ((site, Ran("survived", "", 0)) for site, stages in alive.items() if len(stages) == depth)
                alive = {site: stages for site, stages in alive.items() if len(stages) > depth}
                self._prove(pool, {stages[depth] for stages in alive.values()})
                print(f"  {len(alive)} changes by their tests number {depth + 1}", flush=True)
                asked = [pool.submit(self._one, site, stages[depth]) for site, stages in alive.items()]
                for site, ran in (done.result() for done in as_completed(asked)):
                    if ran.verdict != "survived":
                        del alive[site]
                        yield site, ran
                depth += 1

    def _prove(self, pool: ThreadPoolExecutor, stages: Iterable[plan.Stage]) -> None:
        """Run stages where nothing is changed: they must pass, and so it is known how long they take."""
        new = sorted(set(stages) - self._allowed.keys())
        place = self._ready[0].place
        for stage, ran in zip(
            new, pool.map(lambda one: run_stage(place, one, CLOCK, CLOCK, keep=True), new), strict=True
        ):
            print(f"  unchanged: {ran.verdict} {ran.by} ({ran.seconds:.0f} s)  {' '.join(stage)[:90]}", flush=True)
            if ran.verdict != "survived":
                raise Unfit(ran.by)
            self._allowed[stage] = 30 + round(3 * ran.seconds)
        for each in self._ready[1:]:
            each.take_compiled(self._ready[0])

    def _one(self, site: Site, stage: plan.Stage) -> tuple[Site, Ran]:
        bench = self._benches.get()
        try:
            return site, bench.judge(site, stage, CLOCK, self._allowed[stage])
        finally:
            self._benches.put(bench)


def main() -> int:
    """Judge a sample and tell what survived."""
    count, seed = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 300), (2, 1)))
    sites = list(every_site())
    chosen = sample(sites, count, seed)
    print(f"{len(chosen)} of {len(sites)} changes, seed {seed}", flush=True)
    load_shared()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge([Bench(Path(folder) / str(number)) for number in range(WORKERS)])
        try:
            return _told(judge.judged(chosen), len(chosen))
        except Unfit as failed:
            print(f"a test fails on the unchanged house, so nothing can be told: {failed}")
            return 2


def _told(verdicts: Iterable[tuple[Site, Ran]], count: int) -> int:
    """Print every verdict, and the share of kills; the exit status."""
    tally: Counter[str] = Counter()
    for site, (verdict, by, seconds) in verdicts:
        tally[verdict] += 1
        told = site.told((HOUSE / site.file).read_text(encoding="utf-8"))
        print(f"{verdict if verdict == 'killed' else verdict.upper()} {told}  [{by}] ({seconds:.0f} s)", flush=True)
    noticed = tally["killed"] + tally["timeout"]
    print(f"noticed {noticed} of {count}: {noticed * 1000 // max(count, 1)} per mille; {dict(tally)}")
    return 0 if noticed * 100 >= LEAST * count else 1


def _is_book(site: Site) -> bool:
    return book_sites.is_book(site.changed((HOUSE / site.file).read_text(encoding="utf-8")))


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


if __name__ == "__main__":
    sys.exit(main())
