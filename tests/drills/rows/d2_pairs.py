"""D2: two decide at one instant: one is heard, the other is told so; documents are numbered without gap or twin."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

from drills.row import Drill, Outcome, Row

if TYPE_CHECKING:
    from drills.hands.deciding import Came, Told
    from drills.hands.pairs import After
    from office.making import Office

FORMS = 12
YEARS_ONE_IN, BULK_ONE_IN = 20, 8


def run(drill: Drill) -> Outcome:
    """Pair after pair on forms that walk from state to state; two processes stand ready for each."""
    from drills.hands.place import open_in_memory

    open_in_memory(drill.folder)
    from drills.hands.pairs import faults, many, numbering, sides

    office, dice = _made(), Random(drill.seed)  # noqa: S311 -- chance that can be repeated
    found: list[str] = []
    kinds = {"single": 0, "bulk": 0, "years": 0}
    with _two() as send:
        for at in range(drill.count):
            number = dice.choice(office.filings).pk
            ticked = _alike(dice)
            if at % YEARS_ONE_IN == 0:
                found += _years(office, send)
                kinds["years"] += 1
                continue
            if at % BULK_ONE_IN == 0 and ticked:
                pair = many(ticked[0], ticked[1], dice)
            else:
                pair = sides(_state(number), number, dice)
            before = _counts(pair[0].filings)
            came = send(pair)
            found += faults(pair, came, _added(before, _counts(pair[0].filings)))
            kinds["bulk" if pair[0].kind == "bulk" else "single"] += 1
    found += numbering(_editions())
    found += _public()
    told = ", ".join(f"{times} {kind}" for kind, times in kinds.items())
    return Outcome(sum(kinds.values()), tuple(found), (told, f"{len(_editions())} documents numbered"))


def _made() -> "Office":
    """An office with two people for every hand, forms, and one project published in two years."""
    from jixiao.office.people.models import Role, User
    from office.making import make_filing, make_office

    office = make_office()
    for name in ("clerk", "head", "department", "finance", "publisher"):
        role = Role.objects.get(user=office.people[name])
        other = User.objects.create_user(f"{name}2", None, name=f"{name}2")
        Role.objects.create(user=other, organisation=role.organisation, kind=role.kind)
        office.people[f"{name}2"] = other
    for number in range(FORMS):
        make_filing(office, "centre", number)
    return office


@contextmanager
def _two() -> Iterator[Any]:
    """Two processes that do what they are told at one instant."""
    from multiprocessing import get_context

    from django.conf import settings
    from django.db import connections

    from drills.hands.deciding import serve

    connections.close_all()
    context = get_context("spawn")
    start, pipes, processes = context.Barrier(2), [], []
    for _ in range(2):
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, start, str(settings.DATA)), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)

    def send(pair: "tuple[Told, Told]") -> "tuple[Came, Came]":
        for pipe, told in zip(pipes, pair, strict=True):
            pipe.send(told)
        first, second = (pipe.recv() for pipe in pipes)
        return first, second

    try:
        yield send
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.send(None)
            process.join()


def _state(number: int) -> str:
    from jixiao.office.filing.models import Filing

    return str(Filing.objects.values_list("state", flat=True).get(pk=number))


def _alike(dice: Random) -> tuple[str, list[int]] | None:
    """Filings that stand in one state, to be ticked together."""
    from drills.hands.pairs import BULK
    from jixiao.office.filing.models import Filing

    held: dict[str, list[int]] = {}
    for number, state in Filing.objects.filter(state__in=BULK).order_by("pk").values_list("pk", "state"):
        held.setdefault(state, []).append(number)
    several = [(state, numbers) for state, numbers in held.items() if len(numbers) > 1]
    return dice.choice(several) if several else None


def _counts(numbers: tuple[int, ...]) -> dict[int, tuple[int, int, int]]:
    from jixiao.office.filing.models import Decision, Save
    from jixiao.office.journal.models import Event

    return {
        number: (
            Decision.objects.filter(filing=number).count(),
            Event.objects.filter(subject=f"filing/{number}").count(),
            Save.objects.filter(filing=number, refused=False).count(),
        )
        for number in numbers
    }


def _added(before: dict[int, tuple[int, int, int]], now: dict[int, tuple[int, int, int]]) -> "list[After]":
    from drills.hands.pairs import After

    return [
        After(number, *(there - was for was, there in zip(before[number], now[number], strict=True))) for number in now
    ]


def _years(office: "Office", send: Any) -> list[str]:
    """The year before is corrected while the next is withdrawn: both are heard, and the public sees what stands."""
    from drills.hands.deciding import Told

    pair = [_walked(office, year) for year in (2030, 2031)]
    before, after = (filing.pk for filing in pair)
    act = "publish" if _state(before) == "approved" else "unpublish"
    came = send((Told("act", "publisher", (before,), act), Told("act", "publisher2", (after,), "unpublish")))
    return [one.broke or f"{act} beside unpublish of the next year: {one.codes}" for one in came if not one.done]


def _walked(office: "Office", year: int) -> Any:
    """The project's filing of a year, published; the earlier year every other time only approved."""
    from jixiao.office.filing.models import Filing
    from jixiao.office.filing.starting import start_filing
    from jixiao.office.rounds.models import Project, Round
    from jixiao.office.workflow.acts import act
    from jixiao.office.workflow.said import Said
    from office.making import make_project, make_round, seed_forms
    from office.workflow.walking import WAY

    round_ = Round.objects.filter(fiscal_year=year).first() or make_round(office.organisations["bureau"], year)
    project = Project.objects.filter(name="两年之项目").first()
    project = project or make_project(office.organisations["centre"], "两年之项目")
    filing = Filing.objects.filter(round=round_, project=project).first()
    filing = filing or start_filing(round_, project, seed_forms()[0], by=None)
    names = [name for name, _ in WAY]
    for name, who in WAY:
        at = {"draft": 0, "with_head": 1, "with_department": 2, "with_finance": 3, "approved": 4, "published": 5}
        if names.index(name) >= at[filing.state] and not (year == 2030 and name == "publish" and at[filing.state] == 4):
            act(filing, name, office.people[who], Said("请核对。"))
    return filing


def _editions() -> list[tuple[int, int, int]]:
    from jixiao.office.publication.models import Edition

    return list(Edition.objects.order_by("pk").values_list("publication_id", "number", "publication__edition"))


def _public() -> Iterator[str]:
    """What the public sees is what is published, no more and no less."""
    from jixiao.office.filing.models import Filing
    from jixiao.office.publication.models import Publication

    shown = set(Publication.objects.filter(withdrawn=None).values_list("filing_id", flat=True))
    published = set(Filing.objects.filter(state="published").values_list("pk", flat=True))
    yield from (f"filing {number} is published and not shown" for number in published - shown)
    yield from (f"filing {number} is shown and not published" for number in shown - published)


ROW = Row(
    id="D2",
    zh="两人同一时刻处理一张表：恰有一人成，另一人得到明白的话；公开文件编号不断、不重",
    en="two decide at one instant: exactly one is heard, the other is told; document numbers have no gap and no twin",
    ci=1_000,
    full=50_000,
    unit="pairs",
    run=run,
    cores=1,
    postgresql=True,
    shared=True,
)
