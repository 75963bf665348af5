"""Judging changes: each is first made under the one test that noticed it last, then under more and more tests."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import Queue
from typing import Final

from mutation import plan
from mutation.record import Note
from mutation.running import Bench, Ran, run_stage
from mutation.site import Site

CLOCK: Final = 900
"""Seconds on the clock for one stage; a change that takes longer is unclear and counts as not noticed."""
_SPARE: Final = 30
NOTICED: Final = ("killed", "timeout")


class Unfit(Exception):
    """The unchanged house fails its own tests, so nothing can be told."""


class Judge:
    """Judges changes by tests, each of which the unchanged house has passed before it judges.

    Attributes:
        by_hint: how many changes the test of the record noticed.
        refused: hints that are none: the test fails, or is not there, where nothing is changed.
    """

    def __init__(self, ready: Sequence[Bench], long_way: int | None = None) -> None:
        """Take the copies of the house, one a worker; all are unchanged now.

        Args:
            ready: the copies.
            long_way: seconds on the clock for all the changes that no hint has decided; for ever if `None`.
        """
        self.by_hint = 0
        self.refused: list[str] = []
        self._ready, self._long_way = ready, long_way
        self._benches: Queue[Bench] = Queue()
        for each in ready:
            self._benches.put(each)
        self._allowed: dict[plan.Stage, int] = {}
        """Processor seconds that a stage may take."""
        self._end: int | None = None

    def judged(self, sites: Sequence[Site], known: Mapping[Site, Note]) -> Iterator[tuple[Site, Ran]]:
        """The verdicts as they come.

        Args:
            sites: the changes.
            known: of some of them, the test that is asked first, or that they survived: those are not made again.

        Raises:
            Unfit: a test fails where nothing is changed.
        """
        left = [site for site in sites if not (site in known and known[site].survived)]
        yield from ((site, Ran("survived", "", 0)) for site in sites if site not in left)
        with ThreadPoolExecutor(len(self._ready)) as pool:
            noticed = set()
            for site, ran in self._hinted(pool, {site: known[site].by for site in left if site in known}):
                noticed.add(site)
                yield site, ran
            self.by_hint = len(noticed)
            yield from self._by_stages(pool, [site for site in left if site not in noticed])

    def _hinted(self, pool: ThreadPoolExecutor, hints: Mapping[Site, str]) -> Iterator[tuple[Site, Ran]]:
        """The changes that their hint notices."""
        self.refused = sorted(self._unfit_hints(pool, set(hints.values())))
        asked = {site: (hint,) for site, hint in hints.items() if hint not in self.refused}
        print(f"  {len(asked)} changes by the test of the record, {len(self.refused)} hints refused", flush=True)
        yield from self._noticed(pool, asked)

    def _unfit_hints(self, pool: ThreadPoolExecutor, hints: Collection[str]) -> set[str]:
        """The hints that do not pass where nothing is changed: those of one file are tried together, then alone."""
        files: dict[str, list[str]] = {}
        for hint in sorted(hints):
            files.setdefault(hint.partition("::")[0], []).append(hint)
        together = {tuple(some) for some in files.values()}
        doubtful = self._prove(pool, together)
        self._allowed |= {(hint,): self._allowed[some] for some in together - doubtful for hint in some}
        return {hint for (hint,) in self._prove(pool, {(hint,) for some in doubtful for hint in some})}

    def _by_stages(self, pool: ThreadPoolExecutor, sites: Collection[Site]) -> Iterator[tuple[Site, Ran]]:
        """First all changes by their likeliest tests, then what is left by the next ones."""
        if self._long_way is not None:
            self._end = time.monotonic_ns() + self._long_way * 10**9
        depth, alive = 0, {site: plan.stages(site.file) for site in sites}
        while alive:
            yield from ((site, Ran("survived", "", 0)) for site, stages in alive.items() if len(stages) == depth)
            asked = {site: stages[depth] for site, stages in alive.items() if len(stages) > depth}
            if unfit := self._prove(pool, set(asked.values())):
                if self._left() > 0:
                    raise Unfit(f"{sorted(unfit)}")
                yield from ((site, _NO_TIME) for site in asked)
                return
            print(f"  {len(asked)} changes by their tests number {depth + 1}", flush=True)
            for site, ran in self._asked(pool, asked):
                if ran.verdict != "survived":
                    del alive[site]
                    yield site, ran
            alive = {site: alive[site] for site in asked if site in alive}
            depth += 1

    def _noticed(self, pool: ThreadPoolExecutor, asked: Mapping[Site, plan.Stage]) -> Iterator[tuple[Site, Ran]]:
        yield from ((site, ran) for site, ran in self._asked(pool, asked) if ran.verdict in NOTICED)

    def _asked(self, pool: ThreadPoolExecutor, asked: Mapping[Site, plan.Stage]) -> Iterator[tuple[Site, Ran]]:
        running = [pool.submit(self._one, site, stage) for site, stage in asked.items()]
        yield from (done.result() for done in as_completed(running))

    def _prove(self, pool: ThreadPoolExecutor, stages: Iterable[plan.Stage]) -> set[plan.Stage]:
        """Run stages where nothing is changed, and note how long they may take: thrice that, and half a minute.

        Returns:
            Those that do not pass.
        """
        new = sorted(set(stages) - self._allowed.keys())
        unfit = set()
        for stage, ran in zip(new, pool.map(self._unchanged, new), strict=True):
            print(f"  unchanged: {ran.verdict} {ran.by} ({ran.seconds:.0f} s)  {' '.join(stage)[:90]}", flush=True)
            if ran.verdict == "survived":
                self._allowed[stage] = _SPARE + round(3 * ran.seconds)
            else:
                unfit.add(stage)
        for each in self._ready[1:]:
            each.take_compiled(self._ready[0])
        return unfit

    def _unchanged(self, stage: plan.Stage) -> Ran:
        clock = self._left()
        return run_stage(self._ready[0].place, stage, clock, CLOCK, keep=True) if clock else _NO_TIME

    def _one(self, site: Site, stage: plan.Stage) -> tuple[Site, Ran]:
        bench, clock = self._benches.get(), self._left()
        try:
            return site, bench.judge(site, stage, clock, self._allowed[stage]) if clock else _NO_TIME
        finally:
            self._benches.put(bench)

    def _left(self) -> int:
        """Seconds on the clock that a run may still take; 0 once there is no time for another."""
        if self._end is None:
            return CLOCK
        return max(0, min(CLOCK, (self._end - time.monotonic_ns()) // 10**9))


_NO_TIME: Final = Ran("no time", "", 0)
