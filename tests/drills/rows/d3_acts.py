"""D3: everybody does anything, at random and at once; afterwards each act is judged from the exported journal alone."""

from random import Random
from threading import Thread
from typing import Any

from drills.row import Drill, Outcome, Row

FORMS, THREADS = 16, 4
PEOPLE = (
    ("clerk", "centre"), ("clerk", "institute"), ("clerk", "school"), ("head", "centre"), ("head", "institute"),
    ("head", "school"), ("department", "science"), ("department", "schools"), ("finance", "bureau"),
    ("publisher", "bureau"), ("auditor", "bureau"),
)  # fmt: skip


def run(drill: Drill) -> Outcome:
    """Acts until the journal has so many more; then export it, verify it, judge it."""
    from drills.hands.place import open_in_memory

    open_in_memory(drill.folder)
    from drills.hands.journal import faults, read
    from jixiao.journal.opening import open_log
    from jixiao.journal.verifying import verify_log
    from jixiao.office.journal.acts import export_log
    from jixiao.office.journal.models import Event

    office = _made()
    before, broke = Event.objects.count(), _acted(drill, office)
    target = drill.folder / "log"
    export_log(target)
    events = read((target / "events.jsonl").read_text(encoding="utf-8").splitlines())
    done = len(events) - before - 1
    found = [*broke, *(str(fault) for fault in verify_log(open_log(target)).faults), *faults(events)]
    kinds = {event["act"] for event in events[before:]}
    return Outcome(done, tuple(found), (f"{len(kinds)} kinds of act, {THREADS} at once",))


def _made() -> Any:
    """An office whose every role stands in the journal."""
    from jixiao.office.people.models import Role, User
    from jixiao.office.people.roles import grant
    from office.making import make_filing, make_office

    office = make_office()
    for role in list(Role.objects.select_related("user", "organisation")):
        role.delete()
        grant(role.user, role.organisation, role.kind, by=None)
    for kind, place in PEOPLE:
        user = User.objects.create_user(f"{kind}_{place}_2", None, name=f"{kind} {place}")
        office.people[user.username] = user
        grant(user, office.organisations[place], kind, by=None)
    for number in range(FORMS):
        make_filing(office, ("centre", "institute", "school")[number % 3], number)
    return office


def _acted(drill: Drill, office: Any) -> list[str]:
    """Threads of people until there are enough events; errors of the program, which there should be none of."""
    import logging

    from django.db import connection

    from drills.hands.acting import Actor
    from jixiao.office.filing.judging import warm
    from jixiao.office.journal.models import Event

    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # refusals are what is tried here
    warm()
    wanted = Event.objects.count() + drill.count
    broke: list[str] = []

    def work(number: int) -> None:
        actor = Actor(Random(f"{drill.seed}.{number}"), office)  # noqa: S311 -- chance that can be repeated
        try:
            while Event.objects.count() < wanted and len(broke) < 10:
                for _ in range(10):
                    try:
                        actor.step()
                    except Exception as fault:  # noqa: BLE001 -- every error of the program is a fault
                        broke.append(f"an error of the program: {type(fault).__name__}: {fault}")
        finally:
            connection.close()

    threads = [Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broke


ROW = Row(
    id="D3",
    zh="众人随意操作，事后只凭导出的日志逐条判断：每一步在当时的状态和角色下都被允许",
    en="random use by many, judged afterwards from the exported journal alone: each act was allowed as things stood",
    ci=2_000,
    full=1_000_000,
    unit="acts",
    run=run,
    cores=1,
    postgresql=True,
    shared=True,
)
