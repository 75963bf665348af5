"""B5: one operator or constant of the language, of scoring or of a book changed at a time: a test notices."""

import gc
from collections.abc import Iterable

from drills.row import Drill, Outcome, Row
from mutation.__main__ import LEAST, WORKERS, Judge, Unfit, every_site, sample
from mutation.running import HOUSE, Bench, Ran, load_shared
from mutation.site import Site


def run(drill: Drill) -> Outcome:
    """Judge a sample of the changes."""
    sites = list(every_site())
    chosen = sample(sites, drill.count, drill.seed)
    load_shared()
    gc.freeze()
    judge = Judge([Bench(drill.folder / str(number)) for number in range(WORKERS)])
    try:
        return outcome(list(judge.judged(chosen)), len(sites))
    except Unfit as failed:
        return Outcome(0, (f"a test fails where nothing is changed: {failed}",))


def outcome(verdicts: Iterable[tuple[Site, Ran]], there: int) -> Outcome:
    """The share that was noticed; survivors by name; below the least share, a fault."""
    judged = list(verdicts)
    left = [(site, ran) for site, ran in judged if ran.verdict not in ("killed", "timeout")]
    noticed = len(judged) - len(left)
    told = (f"{noticed} of {len(judged)} noticed, of {there} changes that could be made", *map(_named, left))
    low = noticed * 100 < LEAST * len(judged)
    return Outcome(len(judged), (f"{noticed} of {len(judged)} noticed, at least {LEAST} % expected",) * low, told)


def _named(one: tuple[Site, Ran]) -> str:
    site, ran = one
    return f"{ran.verdict}: {site.told((HOUSE / site.file).read_text(encoding='utf-8'))}"


ROW = Row(
    id="B5", zh="改动一个运算符或常数，测试会发现（至少 90%）",
    en="a changed operator or constant is noticed by a test (90 %)",
    ci=300, full=2_600, unit="changes", run=run, cores=2,
)  # fmt: skip
