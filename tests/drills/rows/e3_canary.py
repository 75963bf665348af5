"""E3: whatever is asked at random, no answer shows a string of a place that whoever asks may not see."""

import logging

from drills.row import Drill, Outcome, Row


def run(drill: Drill) -> Outcome:
    """Send random requests and look through every answer."""
    from drills.office import open_office

    open_office(drill.folder)
    from django.db import transaction

    from matrix.canary import Canary
    from matrix.town import make_town

    logging.disable()
    with transaction.atomic():
        canary = Canary(make_town(drill.seed), drill.seed)
        canary.run(drill.count)
        transaction.set_rollback(True)
    seen = sum(canary.lawful.values())
    unseen = sorted(canary.kinds - set(canary.lawful)) if drill.count >= ROW.ci else []
    faults = (*canary.faults, *(f"nobody came to see a {kind}: nothing is shown by that" for kind in unseen))
    return Outcome(canary.done, faults, (f"{seen:,} lawful sightings of {len(canary.lawful)} kinds of texts",))


ROW = Row(
    id="E3",
    zh="别处的暗记字串从不出现在任何回答里，公开数据也不例外",
    en="the secret string of another place is in no answer, nor in open data",
    ci=10_000,
    full=1_000_000,
    unit="requests",
    run=run,
)
