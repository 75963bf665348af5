"""B5: one operator or constant of the language, of scoring or of a book changed at a time: a test notices."""

import gc
from collections.abc import Sequence

from drills.row import Drill, Outcome, Row
from mutation import record
from mutation.__main__ import LEAST, WORKERS, every_site, sample
from mutation.judging import NOTICED, Judge, Unfit
from mutation.running import HOUSE, Ran, benches, load_shared
from mutation.site import Site

LONG_WAY = 120
"""Seconds that CI has for changes that the test of the record does not notice; the rest counts as not noticed."""


def run(drill: Drill) -> Outcome:
    """Judge a sample of the changes."""
    sites = list(every_site())
    known = record.notes(sites)
    chosen = sample(sites, drill.count, drill.seed, known.keys() if drill.seed == record.SEED else ())
    load_shared()
    gc.freeze()
    judge = Judge(benches(drill.folder, WORKERS), None if drill.full else LONG_WAY)
    try:
        verdicts = list(judge.judged(chosen, known))
    except Unfit as failed:
        return Outcome(0, (f"a test fails where nothing is changed: {failed}",))
    skipped = sum(site in known and known[site].survived for site in chosen)
    told = (
        f"{judge.by_hint} by the test of the record; {skipped} known to survive, not made again",
        *(f"no hint, for it does not pass where nothing is changed: {hint}" for hint in judge.refused),
    )
    return outcome(verdicts, len(sites), told)


def outcome(verdicts: Sequence[tuple[Site, Ran]], there: int, told: tuple[str, ...] = ()) -> Outcome:
    """The share that was noticed; survivors by name; below the least share, a fault."""
    left = [(site, ran) for site, ran in verdicts if ran.verdict not in NOTICED]
    noticed = len(verdicts) - len(left)
    words = (f"{noticed} of {len(verdicts)} noticed, of {there} changes that could be made", *told, *map(_named, left))
    low = noticed * 100 < LEAST * len(verdicts)
    return Outcome(len(verdicts), (f"{noticed} of {len(verdicts)} noticed, at least {LEAST} % expected",) * low, words)


def _named(one: tuple[Site, Ran]) -> str:
    site, ran = one
    return f"{ran.verdict}: {site.told((HOUSE / site.file).read_text(encoding='utf-8'))}"


ROW = Row(
    id="B5", zh="改动一个运算符或常数，测试会发现（至少 90%）",
    en="a changed operator or constant is noticed by a test (90 %)",
    ci=300, full=2_600, unit="changes", run=run, cores=2,
)  # fmt: skip
