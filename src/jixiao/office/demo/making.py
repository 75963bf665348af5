"""Putting the demo into an empty office: places, people, two rounds, and filings that stand at every step."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from jixiao.form import Form
from jixiao.office.demo.cast import PASSWORD, Cast, Entry, Year, cast, sign_ins
from jixiao.office.demo.forms import half_filled, made_from, of_year, only_targets, published, with_spent
from jixiao.office.demo.walking import Hands, walk
from jixiao.office.demonstration import mark_as_demo
from jixiao.office.filing.judging import form_text
from jixiao.office.filing.starting import start_filing
from jixiao.office.journal.record import record
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.people.tree import add_organisation, new_uid
from jixiao.office.rounds.models import ApprovedTarget, Project, Round

UNFINISHED: Final = "draft"
"""The state in which a clerk is still half way."""


@transaction.atomic
def make_demo() -> None:
    """Make everything that `office.toml` says; the forms are read from the published text by our reader."""
    plan = cast()
    places = _places(plan)
    people = _people(plan, places)
    rounds = {str(year.fiscal_year): _round(plan, year, places["bureau"]) for year in plan.years}
    for entry in plan.entries:
        _entry(entry, places, people, rounds)
    for year in plan.years:
        _set_days(rounds[str(year.fiscal_year)], year)
    record("setup.demo_loaded", "office", actor=None)
    transaction.on_commit(lambda: mark_as_demo(sign_ins()))


def _places(plan: Cast) -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for place in plan.places:
        above = made.get(place.above)
        made[place.key] = add_organisation(above, place.kind, place.name, name_en=place.name_en, code=place.code)
    return made


def _people(plan: Cast, places: dict[str, Organisation]) -> dict[tuple[str, str], User]:
    """The people by role and place; one hash serves all, for all have the same password."""
    made, hashed = {}, ""
    for person in plan.people:
        place = places[person.place]
        user = User(username=person.username, name=person.name, organisation=place, password_set=timezone.now())
        if not hashed:
            user.set_password(PASSWORD)
            hashed = user.password
        user.password = hashed
        user.save()
        Role.objects.create(user=user, organisation=place, kind=person.role)
        made[person.role, person.place] = user
    return made


def _round(plan: Cast, year: Year, bureau: Organisation) -> Round:
    """A round that is open today, so that its forms can be filed; its own days are set at the end."""
    today = timezone.localdate()
    return Round.objects.create(
        bureau=bureau, fiscal_year=year.fiscal_year, title=f"{year.fiscal_year}年度项目支出绩效自评",
        form_title=plan.form_title, rulebook=plan.rulebook, layout=plan.layout, opens=today, unit_due=today,
        department_due=today, finance_due=today, publish_due=today,
    )  # fmt: skip


def _set_days(round_: Round, year: Year) -> None:
    for name in ("opens", "unit_due", "department_due", "finance_due", "publish_due"):
        setattr(round_, name, _day(getattr(year, name)))
    round_.closed = year.closed
    round_.save()


def _day(after: int) -> date:
    return timezone.localdate() + timedelta(days=after)


def _entry(
    entry: Entry, places: dict[str, Organisation], people: dict[tuple[str, str], User], rounds: dict[str, Round]
) -> None:
    """A project and its filings, oldest first, each walked to where it stands."""
    unit = places[entry.place]
    project = Project.objects.create(unit=unit, name=entry.name or entry.source, uid=new_uid())
    above = next(place.above for place in cast().places if place.key == entry.place)
    hands = Hands(
        clerk=people["clerk", entry.place], head=people["head", entry.place], department=people["department", above],
        finance=people["finance", "bureau"], publisher=people["publisher", "bureau"],
    )  # fmt: skip
    for year, state in sorted(entry.states.items()):
        form = _form(entry, int(year), unit, project)
        _approve(entry, int(year), form, project, hands.department)
        filing = start_filing(rounds[year], project, form, by=hands.clerk, kind="demo")
        walk(filing, state, hands, entry)


def _approve(entry: Entry, year: int, form: Form, project: Project, by: User) -> None:
    """The targets as they were approved with the budget of that year."""
    ApprovedTarget.objects.create(
        project=project, fiscal_year=year, form=form_text(only_targets(form, entry.approved)), source="import",
        approved=timezone.now(), approved_by=by,
    )  # fmt: skip


def _form(entry: Entry, year: int, unit: Organisation, project: Project) -> Form:
    form = published()[entry.source]
    if entry.name:
        department = unit.parent.name if unit.parent else ""
        form = made_from(form, name=project.name, unit=unit.name, department=department)
    form = of_year(form, year)
    if spent := entry.spent.get(str(year)):
        form = with_spent(form, spent)
    return half_filled(form) if entry.states[str(year)] == UNFINISHED else form
