"""E2: a foreign thing and a missing one look alike: status, body, headers, and (in the long form) the time it takes."""

import logging
import random

from drills.row import Drill, Outcome, Row


def run(drill: Drill) -> Outcome:
    """Ask pairs drawn from every kind of address."""
    from drills.office import open_office

    open_office(drill.folder)
    from django.db import transaction

    from matrix.alike import Twins, pairs
    from matrix.town import make_town

    logging.disable()
    with transaction.atomic():
        town = make_town(drill.seed)
        every = list(pairs(town))
        random.Random(drill.seed).shuffle(every)  # noqa: S311 -- which pairs
        twins = Twins(town)
        for number, pair in enumerate(every[: drill.count]):
            twins.compare(pair, timed=drill.full and number % 10 == 0)
        transaction.set_rollback(True)
    told = (f"medians at most {twins.widest // 1000} µs apart",) if drill.full else ()
    return Outcome(twins.done, tuple(twins.faults), told)


ROW = Row(
    id="E2",
    zh="无权查看的与不存在的，看起来一样：状态、正文、响应头、用时",
    en="a foreign thing and a missing one look alike: status, body, headers, time",
    ci=1_000,
    full=10_000,
    unit="pairs",
    run=run,
)
