"""Applying a workbook: what the office holds, the verdict against it, and the rows that are good put in, in one act."""

import hashlib
from typing import TYPE_CHECKING, cast

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec import Struct

from jixiao.office.journal.record import record
from jixiao.office.people.accounts import add_account, change_account, place_of
from jixiao.office.people.lists.judge_people import key_of
from jixiao.office.people.lists.judging import Judgement, judge
from jixiao.office.people.lists.sheet import Lists
from jixiao.office.people.lists.verdicts import Person, Standing, Unit, Verdict
from jixiao.office.people.models import Organisation, PeopleList, Proposal, Role, User
from jixiao.office.people.refusal import Refusal
from jixiao.office.people.roles import propose
from jixiao.office.people.tree import add_organisation, change_organisation, move_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

_RANK = ("bureau", "department", "unit")


def keep(lists: Lists, data: bytes, name: str, *, by: User) -> PeopleList:
    """Keep what was read from a workbook until it is applied."""
    text = msgspec.json.encode(lists).decode()
    return PeopleList.objects.create(by=by, name=name[:200], sha256=hashlib.sha256(data).hexdigest(), lists=text)


class Reach(Struct, frozen=True):
    """What whoever applies a list manages: organisations and people."""

    organisations: QuerySet[Organisation]
    people: QuerySet[User]


def judged(kept: PeopleList, reach: Reach) -> Judgement:
    """The verdict on every row as the office stands now."""
    return judge(msgspec.json.decode(kept.lists, type=Lists), standing(reach))


def standing(reach: Reach) -> Standing:
    """What the office holds within a reach, and what is named beyond it: six queries, however much it is."""
    coded = Organisation.objects.exclude(code="")
    organisations = coded.filter(pk__in=reach.organisations.values("pk")).select_related("parent")
    units = {
        each.code: Unit(
            each.code, each.name, each.kind, each.parent.code if each.parent else "", each.name_en, each.closed
        )
        for each in organisations
    }
    roles: dict[int, set[tuple[str, str]]] = {}
    for held in (Role.objects.all(), Proposal.objects.order_by()):
        for user, kind, code in cast(
            "Iterable[tuple[int, str, str]]", held.values_list("user_id", "kind", "organisation__code")
        ):
            roles.setdefault(user, set()).add((kind, code))
    people = {
        each.username: Person(
            each.username, each.name, each.email, each.phone, each.is_active, frozenset(roles.get(each.pk, ()))
        )
        for each in reach.people
    }
    codes = coded.values_list("code", flat=True)
    beyond = User.objects.exclude(pk__in=reach.people.values("pk")).values_list("username", flat=True)
    return Standing(units, people, frozenset(codes) - set(units), frozenset(map(key_of, beyond)))


@transaction.atomic
def apply(kept: PeopleList, seen: int, reach: Reach, *, by: User) -> Judgement:
    """Put in every row that is good: organisations and accounts at once, roles as proposals.

    Args:
        kept: the workbook.
        seen: how many rows the person saw that would do something.
        reach: what the person manages.
        by: who applies it.

    Raises:
        Refusal: it was applied before, or would now do something else than was shown.
    """
    kept = PeopleList.objects.select_for_update().get(pk=kept.pk)
    if kept.applied:
        raise Refusal("这份名单已经导入过。", "This list has been applied already.")
    judgement = judged(kept, reach)
    if judgement.acts != seen:
        raise Refusal(
            f"机构或人员在试导入之后有变：现在会改动 {judgement.acts} 行，当时是 {seen} 行。请核对新的结论。",
            f"The office changed since: {judgement.acts} rows would act now, {seen} did then. See the new verdicts.",
        )
    kept.applied = timezone.now()
    kept.save(update_fields=["applied"])
    record(
        "list.applied", f"list/{kept.pk}", actor=by, organisation=place_of(by), name=kept.name, sha256=kept.sha256,
        new=judgement.count("new"), changed=judgement.count("changed"), faults=judgement.count("fault"),
    )  # fmt: skip
    acting = [verdict for verdict in judgement.verdicts if verdict.opinion in ("new", "changed")]
    _apply_units([verdict for verdict in acting if verdict.list == "units"], by)
    _apply_people([verdict for verdict in acting if verdict.list == "people"], by)
    return judgement


def _apply_units(verdicts: list[Verdict], by: User) -> None:
    """Parents before children: by waves, each of those whose parent is there."""
    known = {each.code: each for each in Organisation.objects.exclude(code="")}
    waiting = sorted(verdicts, key=lambda verdict: _RANK.index(verdict.values["kind"]))
    while waiting:
        later = []
        for verdict in waiting:
            parent = verdict.values["parent"]
            if parent and parent not in known:
                later.append(verdict)
            else:
                _apply_unit(verdict, known, by)
        if len(later) == len(waiting):
            raise LookupError("a sound row whose parent is not there")
        waiting = later


def _apply_unit(verdict: Verdict, known: dict[str, Organisation], by: User) -> None:
    values, code = verdict.values, verdict.key
    parent = known.get(values["parent"])
    if verdict.opinion == "new":
        known[code] = add_organisation(
            parent, values["kind"], values["name"], by=by, code=code, name_en=values["name_en"]
        )
        return
    rises = _RANK.index(values["kind"]) < _RANK.index(known[code].kind)  # a higher kind first needs a higher place
    for step in (_move, _change) if rises else (_change, _move):
        step(Organisation.objects.get(pk=known[code].pk), parent, values, by)


def _change(node: Organisation, _: Organisation | None, values: dict[str, str], by: User) -> None:
    change_organisation(node, by=by, **{name: values[name] for name in ("name", "kind", "name_en")})


def _move(node: Organisation, parent: Organisation | None, _: dict[str, str], by: User) -> None:
    if parent is not None:
        move_organisation(node, Organisation.objects.get(pk=parent.pk), by=by)


def _apply_people(verdicts: list[Verdict], by: User) -> None:
    organisations = {each.code: each for each in Organisation.objects.exclude(code="")}
    people = {each.username.casefold(): each for each in User.objects.select_related("organisation")}
    for verdict in verdicts:
        values = verdict.values
        place, key = organisations[values["unit"]], values["username"].casefold()
        fields = {name: values[name] for name in ("email", "phone") if name in values}
        if key in people:
            change_account(people[key], by=by, name=values["name"], **fields)
        else:
            people[key] = add_account(values["username"], values["name"], place, by=by, **fields)
        for kind in values["roles"].split():
            propose(people[key], place, kind, by=by)
