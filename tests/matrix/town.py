"""The town of the matrix: two bureaus, every role at every place, one of everything in every state, secrets in all."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, Final

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from msgspec.structs import replace
from PIL import Image

from jixiao.form import Extra, Form
from jixiao.office.api.tokens import make_token
from jixiao.office.filing import files
from jixiao.office.filing.commenting import comment
from jixiao.office.filing.evidence import attach, remove
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Filing
from jixiao.office.filing.saving import save
from jixiao.office.filing.starting import start_filing
from jixiao.office.intake.models import FORMS, Batch, Entry, Shown, Source
from jixiao.office.intake.reading import take
from jixiao.office.intake.sorting import projects_of, sort
from jixiao.office.overview.answers import RulesAsked, answer
from jixiao.office.overview.models import REVIEW, RULES, Inquiry
from jixiao.office.people.models import Organisation, PeopleList, Proposal, Role, User
from jixiao.office.people.tree import add_organisation
from jixiao.office.rounds.models import Monitoring, Project, Round
from jixiao.office.rounds.targets import approve_targets
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.models import Item, Reply
from jixiao.office.workflow.said import Said
from jixiao.office.year.monitoring import begin
from jixiao.reading import Reading
from matrix.rules import KINDS, PLACED, ROLES, STATES, TREE, Held, root
from matrix.secrets_of import Secrets
from office.doors.things import corpus_at
from office.making import make_project, seed_forms

SCOPES: Final = ["forms:read", "forms:write", "decisions:write"]
WAY: Final = ("submit", "approve_unit", "approve_department", "approve_finance", "publish")
"""From a draft to the public."""
NO_LINES: Final = '{"lines": [], "unread": [], "bare_sheets": []}'


@dataclass
class Person:
    """Somebody, or nobody: roles as the rules see them.

    Attributes:
        cookies: of the browser in which they signed in, once they did.
        kind: what is special: "signed out", "off", "proposed", "no role", "own hand", "two levels"; empty for nothing.
    """

    username: str
    held: tuple[Held, ...] = ()
    kind: str = ""
    user: User | None = None
    token: str = ""
    cookies: dict[str, Any] = field(default_factory=dict)


@dataclass
class Thing:
    """A filing with one of everything that hangs on it, and where it stands."""

    place: str
    state: str
    closed: bool
    filing: Filing
    piece: int = 0
    thread: int = 0
    save: int = 0
    version: int = 0
    item: int = 0


@dataclass
class Town:
    """All of it.

    Attributes:
        file_of_unit, line_of_unit: of the centre, in the batch of its department.
        corpus: name of the corpus that is given to the department of science.
    """

    secrets: Secrets
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rounds: dict[tuple[str, bool], Round] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    batches: dict[str, Batch] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    inquiries: dict[str, int] = field(default_factory=dict)
    loose: list[Project] = field(default_factory=list)
    file_of_unit: Source | None = None
    line_of_unit: Entry | None = None
    corpus: str = ""

    @property
    def free(self) -> Project:
        """A project of the centre that has no filing."""
        return self.loose[0]

    def user(self, username: str) -> User:
        """The user of a person who is one."""
        found = self.people[username].user
        assert found is not None
        return found

    def at(self, place: str, state: str, *, closed: bool = False) -> Thing:
        """The filing of a place in a state."""
        return next(one for one in self.things if (one.place, one.state, one.closed) == (place, state, closed))


def make_town(seed: int = 1, *, whole: bool = True) -> Town:
    """The town in an empty database.

    Args:
        seed: of the secrets.
        whole: whether there is everything everywhere; else only filings of the centre, for quick tests.
    """
    town = Town(Secrets(seed))
    _places(town)
    _people(town)
    for place in ("bureau", "bureau2"):
        for closed in (False, True):
            town.rounds[place, closed] = _round(town, place, closed=closed)
    for state in STATES:
        _thing(town, "centre", state)
    if whole:
        for place, state, closed in _others():
            _thing(town, place, state, closed=closed)
        _rest(town)
    Round.objects.filter(fiscal_year=2023).update(closed=True)
    return town


def _others() -> list[tuple[str, str, bool]]:
    found = [("centre", state, True) for state in STATES]
    found += [("institute", state, False) for state in ("draft", "with_department", "published")]
    found += [("school", state, False) for state in ("draft", "with_finance", "approved")]
    return found + [("centre2", state, False) for state in ("draft", "with_head", "approved")]


def _places(town: Town) -> None:
    for place, above in TREE.items():
        parent = town.organisations.get(above)
        name = f"{KINDS[place]}{town.secrets.new('organisation', place, detail='name')}"
        code = f"{100 + list(TREE).index(place)}"
        town.organisations[place] = add_organisation(parent, KINDS[place], name, code=code)


def _people(town: Town) -> None:
    for place, kind in KINDS.items():
        for letter in PLACED[kind]:
            _person(town, f"{ROLES[letter]}-{place}", place, (Held(letter, place),))
    away = tuple(Held(letter, place) for letter, place in (("C", "centre2"), ("H", "centre2"), ("D", "science2"),
                                                           ("F", "bureau2"), ("P", "bureau2")))  # fmt: skip
    _person(town, "all-there", "centre2", away)
    _person(town, "no-role", "centre", (), "no role")
    _person(town, "proposed", "centre", (), "proposed")
    for letter, place in (("C", "centre"), ("F", "bureau")):
        Proposal.objects.create(
            user=town.user("proposed"), organisation=town.organisations[place], kind=ROLES[letter],
            by=town.user("system_admin-bureau"),
        )  # fmt: skip
    _person(town, "own-hand", "centre", (Held("C", "centre"), Held("H", "centre")), "own hand")
    _person(town, "two-levels", "science", (Held("D", "science"), Held("F", "bureau")), "two levels")
    off = _person(town, "off", "centre", (Held("C", "centre"), Held("H", "centre")), "off")
    User.objects.filter(pk=town.user("off").pk).update(is_active=False)
    off.held = ()
    town.people["nobody"] = Person("nobody", (), "signed out")


def _person(town: Town, username: str, home: str, held: tuple[Held, ...], kind: str = "") -> Person:
    secrets = town.secrets
    user = User(
        username=username, name=secrets.new("name", home, owner=username, detail=username), password="!",  # noqa: S106 -- nobody signs in by it
        email=f"{secrets.new('address', home, owner=username, detail=username)}@example.invalid",
        phone=secrets.new("address", home, owner=username, detail=username),
        organisation=town.organisations[home],
    )  # fmt: skip
    user.save()
    for one in held:
        Role.objects.create(user=user, organisation=town.organisations[one.place], kind=ROLES[one.letter])
    name = secrets.new("token", home, owner=username, detail=username)
    _, token = make_token(user, name, SCOPES, 30)
    made = Person(username, held, kind, user, token)
    town.people[username] = made
    return made


def _round(town: Town, place: str, *, closed: bool) -> Round:
    year = 2023 if closed else 2024
    title = f"{year} {town.secrets.new('round', place, detail='title')}"
    return Round.objects.create(
        bureau=town.organisations[place], fiscal_year=year, title=title, form_title="财政项目支出绩效自评表",
        rulebook="cn-shanghai", layout="shanghai", opens=date(2000, 1, 1), unit_due=date(2999, 1, 31),
        department_due=date(2999, 2, 28), finance_due=date(2999, 3, 31), publish_due=date(2999, 6, 30),
        monitoring_due=None if closed else date(2999, 7, 31),
    )  # fmt: skip


def form_with_secrets(town: Town, place: str, state: str, number: int) -> Form:
    """A form of the seed whose texts name their place."""
    form, new = seed_forms()[number % 7], town.secrets.new
    first, *rest = form.indicators
    first = replace(first, name=f"{first.name}{new('form', place, state, detail='indicator')}")
    contact = Extra("联系人", new("withheld", place, state, detail="contact"))
    return replace(
        form, fiscal_year=2024, indicators=(first, *rest), extras=(*form.extras, contact),
        goal=replace(form.goal, expected=f"{form.goal.expected}{new('form', place, state, detail='goal')}",
                     actual=f"{form.goal.actual}{new('form', place, state, detail='achieved')}"),
    )  # fmt: skip


def hand(town: Town, name: str, place: str) -> User:
    """Who does an act of the straight way for a place: of the centre those who then meet the rules about hands."""
    department = place if KINDS[place] == "department" else TREE[place]
    usual = {
        "submit": f"clerk-{place}", "recall": f"clerk-{place}", "approve_unit": f"head-{place}",
        "approve_department": f"department-{department}", "approve_finance": f"finance-{root(place)}",
        "publish": f"publisher-{root(place)}",
    }  # fmt: skip
    centre = {"submit": "own-hand", "approve_department": "two-levels"}
    return town.user((centre if place == "centre" else {}).get(name, usual[name]))


def _thing(town: Town, place: str, state: str, *, closed: bool = False) -> Thing:
    """A filing that went its way by real acts, with evidence, a comment, a save, a version and an item."""
    number, clerk, new = len(town.things), town.user(f"clerk-{place}"), town.secrets.new
    name = f"项目{new('project', place, state, detail='project')}"
    project = make_project(town.organisations[place], name)
    form = form_with_secrets(town, place, state, number)
    form = replace(form, project=replace(form.project, name=name))
    filing = start_filing(town.rounds[root(place), closed], project, form, by=clerk)
    made = Thing(place, state, closed, filing)
    _attachments(town, made, clerk)
    filing = Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk)
    steps = WAY[: STATES.index(state)] or ("submit", "recall")
    for step in steps:
        said = Said(f"说明{new('decision', place, state, detail=step)}") if step == "submit" else Said()
        act(filing, step, hand(town, step, place), said)
    made.filing, made.version = filing, filing.versions.order_by("pk").values_list("pk", flat=True)[0]
    made.item = _item(town, made)
    town.things.append(made)
    return made


def _attachments(town: Town, made: Thing, clerk: User) -> None:
    new, place, state, filing = town.secrets.new, made.place, made.state, made.filing
    was, now = new("save", place, state, detail="was"), new("form", place, state, detail="deviation")
    for before, after in (("", was), (was, now)):
        held = Filing.objects.get(pk=filing.pk)
        save(clerk, filing.pk, Asked(held.version, (Change("k1/deviation", before or _deviation(held), after),)))
    made.save = filing.saves.order_by("pk").values_list("pk", flat=True)[0]
    for ending in ("pdf", "txt"):
        name = f"{new('evidence', place, state, detail='evidence')}.{ending}"
        upload = SimpleUploadedFile(name, new("note", place, state, detail="content").encode())
        piece = attach(clerk, filing.pk, "k1/actual", upload, new("note", place, state, detail="note"))
        made.piece = made.piece or piece.pk
    remove(clerk, filing.pk, piece.pk)
    made.thread = comment(clerk, filing.pk, "k1/actual", new("comment", place, state, detail="comment")).pk


def _deviation(held: Filing) -> str:
    return form_of(held.form).indicators[0].deviation


def _item(town: Town, made: Thing) -> int:
    """An item of rectification that was answered once and waits for the unit again."""
    new, place, state, filing = town.secrets.new, made.place, made.state, made.filing
    by, now = town.user(f"finance-{root(place)}"), timezone.now()
    item = Item.objects.create(
        filing=filing, project=filing.project, path=filing.path, level="finance", cell="k1/actual", raised=now,
        words=new("item", place, state, detail="item"), due=date(2999, 1, 1), raised_by=by,
    )  # fmt: skip
    words, seen = new("item", place, state, detail="reply"), new("item", place, state, detail="seen in")
    Reply.objects.create(item=item, kind="reply", words=words, evidence=seen, by=by, at=now)
    return int(item.pk)


def _rest(town: Town) -> None:
    name = town.secrets.new("project", "centre", "draft", detail="project without a form")
    town.loose.append(make_project(town.organisations["centre"], name))
    for place in ("centre", "science", "school", "centre2"):
        _batch(town, place)
    _line_of_a_unit(town)
    for place in ("science", "schools", "science2"):
        _inquiry(town, place)
    town.corpus = corpus_at(town.organisations["science"])
    for place in ("centre", "school", "centre2"):
        _targets_and_monitoring(town, place)
    _early_item(town)
    for place in ("bureau", "bureau2"):
        PeopleList.objects.create(
            by=town.user(f"system_admin-{place}"), sha256="", lists=NO_LINES,
            name=f"{town.secrets.new('list', place, owner=f'system_admin-{place}', detail='list')}.xlsx",
        )  # fmt: skip


def _batch(town: Town, place: str) -> None:
    where = town.organisations[place]
    by = town.user(f"{'department' if KINDS[place] == 'department' else 'clerk'}-{place}")
    batch = Batch.objects.create(
        round=town.rounds[root(place), False], organisation=where, path=where.path, what=FORMS, by=by,
        made=timezone.now(), read=timezone.now(),
    )  # fmt: skip
    town.batches[place], town.sources[place] = batch, _file(town, batch, place)
    sort(batch)


def _file(town: Town, batch: Batch, place: str, width: int = 0) -> Source:
    """A file of a batch with one form; its strings are of the place whose form it is."""
    new, number = town.secrets.new, list(TREE).index(place)
    stored = files.put([_picture(width or number)])
    name = f"{new('file', place, detail='file')}.pdf"
    source = Source.objects.create(batch=batch, name=name, sha256=stored.sha256, size=stored.size)
    form = seed_forms()[number % 7]
    form = replace(form, project=replace(form.project, name=new("line", place, detail="line")))
    take(batch, source, Reading(name, stored.sha256, (form,)), projects_of(batch, batch.by))
    Shown.objects.create(sha256=stored.sha256, number=1, page=1, width=1, height=1, picture=stored.sha256)
    return source


def _line_of_a_unit(town: Town) -> None:
    """In the batch of the department a form of its centre: the department's own clerk has nothing to do with it."""
    town.file_of_unit = _file(town, town.batches["science"], "centre", 20)
    town.line_of_unit = Entry.objects.get(source=town.file_of_unit)
    Entry.objects.filter(pk=town.line_of_unit.pk).update(project=town.free, how="person")
    sort(town.batches["science"])


def _picture(width: int) -> bytes:
    held = BytesIO()
    Image.new("1", (width + 1, 1)).save(held, "png")
    return held.getvalue()


def entry_of(town: Town, place: str) -> Entry:
    """The line of a place's batch."""
    return Entry.objects.get(source=town.sources[place])


def _inquiry(town: Town, place: str) -> None:
    by, round_ = town.user(f"department-{place}"), town.rounds[root(place), False]
    made = Inquiry(
        kind=RULES, round=round_, node=town.organisations[place], by=by, forms=1,
        asked=msgspec.json.encode(RulesAsked(base="initial")).decode(),
    )  # fmt: skip
    answer(made, lambda _done, _total: None)
    made.save()
    why = town.secrets.new("inquiry", place, detail="why not")
    Inquiry.objects.create(kind=REVIEW, round=round_, node=town.organisations[place], by=by, zh=why, en=why, asked="{}")
    town.inquiries[place] = made.pk


def _targets_and_monitoring(town: Town, place: str) -> None:
    """Of the project of the draft: targets with a secret of their own, and what mid-year monitoring said."""
    thing, new = town.at(place, "draft"), town.secrets.new
    form = seed_forms()[0]
    form = replace(form, goal=replace(form.goal, expected=new("target", place, detail="target")))
    town.targets[place] = approve_targets(
        thing.filing.project, 2024, form, by=town.user(f"finance-{root(place)}"), source="entered"
    ).pk
    _monitoring(town, town.at(place, "approved" if place != "centre" else "published"))
    _monitoring(town, thing)


def _monitoring(town: Town, thing: Thing) -> None:
    new, place = town.secrets.new, thing.place
    held = begin(thing.filing.round, thing.filing.project)
    said: dict[str, Any] = {name: new("monitoring", place, detail=name) for name in ("forecast", "reason", "measure")}
    held.rows, held.version, held.saved = msgspec.json.encode([said]).decode(), 1, timezone.now()
    held.form = form_text(seed_forms()[0])
    held.saved_by, held.handed_in, held.worst = town.user(f"clerk-{place}"), timezone.now(), "red"
    Monitoring.objects.bulk_create([held])


def _early_item(town: Town) -> None:
    """Of the year before, for the project of a form that is approved now: it comes back there."""
    thing = town.at("centre", "approved")
    early = start_filing(
        town.rounds["bureau", True], thing.filing.project, form_with_secrets(town, "centre", "draft", 0), by=None
    )
    words = town.secrets.new("item", "centre", "draft", detail="item of the year before")
    Item.objects.create(
        filing=early, project=thing.filing.project, path=early.path, level="finance", raised=timezone.now(),
        words=words, due=date(2999, 1, 1), raised_by=town.user("finance-bureau"),
    )  # fmt: skip
