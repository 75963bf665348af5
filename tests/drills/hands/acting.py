"""People at random: each does what they may, and what they may not, to any form, by page, by API, by the acts."""

import json
from dataclasses import dataclass, field
from datetime import date
from random import Random
from time import time_ns
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client

from jixiao.office.api.tokens import SCOPES, make_token
from jixiao.office.doors.table import FILING
from jixiao.office.filing import saving
from jixiao.office.filing.cells import text_of
from jixiao.office.filing.commenting import comment
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.evidence import attach
from jixiao.office.filing.judging import form_of, record_of
from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Filing
from jixiao.office.intake.door import open_entry
from jixiao.office.intake.entering import enter
from jixiao.office.intake.received import NotTaken
from jixiao.office.people.accounts import switch_off, switch_on
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.people.refusal import Refusal
from jixiao.office.people.roles import grant, take_back
from jixiao.office.rounds.models import Round
from jixiao.office.workflow.acts import DONE, act
from jixiao.office.workflow.bulk import Chosen, decide_many
from jixiao.office.workflow.models import Item
from jixiao.office.workflow.rectify import Wanted, judge, raise_item, reply
from jixiao.office.workflow.refusals import Refused
from jixiao.office.workflow.said import Said
from jixiao.office.year.acts import close_round
from office.intake.lines_of import batch_of, line

WHY = "请核对。"
_WILD = 0.25
REFUSALS = (PermissionDenied, Http404, Refused, saving.Refused, Refusal, NotTaken)


@dataclass
class Actor:
    """One thread of people: its dice, its browsers and tokens by person."""

    dice: Random
    office: Any
    clients: dict[int, Client] = field(default_factory=dict)
    tokens: dict[int, str] = field(default_factory=dict)

    def step(self) -> None:
        """Somebody does something; what is refused is refused."""
        ways = [
            self.move, self.move, self.move, self.move, self.page, self.programme, self.save, self.save, self.many,
            self.talk, self.show, self.rectify, self.take_in,
        ]  # fmt: skip
        rare = [self.roles, self.round, self.account]
        way = self.dice.choice(rare if self.dice.random() < 0.03 else ways)
        try:
            way()
        except REFUSALS:
            return

    def person(self, kinds: tuple[str, ...] = ()) -> User:
        """Anybody, or somebody with one of these roles; as they are now."""
        held = Role.objects.filter(kind__in=kinds) if kinds else Role.objects.all()
        return User.objects.get(pk=self.dice.choice(list(held.values_list("user", flat=True)) or [1]))

    def filing(self) -> Filing:
        """Any form, as it is now."""
        number = self.dice.choice(list(Filing.objects.values_list("pk", flat=True)))
        return Filing.objects.select_related("round", "project", "unit").get(pk=number)

    def plausible(self) -> tuple[Filing, str, User]:
        """A form, an act of the table, a person: mostly such as go together."""
        filing = self.filing()
        if self.dice.random() < _WILD:
            return filing, self.dice.choice(sorted(DONE)), self.person()
        names = [name for name in sorted(DONE) if any(filing.state in states for states in FILING[name].roles.values())]
        name = self.dice.choice(names)
        return filing, name, self.person(tuple(FILING[name].roles))

    def move(self) -> None:
        """An act of the table."""
        filing, name, person = self.plausible()
        act(filing, name, person, Said(WHY))

    def page(self) -> None:
        """The same, through the page."""
        filing, name, person = self.plausible()
        if not person.is_active:
            return  # nobody signs in
        data = {"reason": WHY, "version": str(filing.version)}
        self.browser(person).post(f"/filings/{filing.pk}/act/{name}", data)

    def programme(self) -> None:
        """The same, or a change of a cell, through the API."""
        filing, name, person = self.plausible()
        if not person.is_active:
            return
        headers = {"Authorization": f"Bearer {self.token(person)}", "If-Match": f'"{filing.version}"'}
        address, method, body = f"/api/v1/forms/{filing.pk}", "PATCH", self.cells(filing)
        if self.dice.random() < 0.6:
            address, method, body = f"{address}/decisions", "POST", {"act": name, "reason": WHY}
        Client(raise_request_exception=True).generic(
            method, address, json.dumps(body), content_type="application/json", headers=headers
        )

    def cells(self, filing: Filing) -> dict[str, Any]:
        """A change of one cell."""
        cell = self.dice.choice(("goal/actual", "k1/deviation", "k2/deviation", "k1/score"))
        was = text_of(record_of(filing), cell)
        return {"changes": [{"cell": cell, "was": was, "now": str(self.dice.randrange(1, 10))}]}

    def save(self) -> None:
        """Cells changed, now and then against a version that is long past."""
        filing = self.filing()
        (change,) = self.cells(filing)["changes"]
        base = max(1, filing.version - self.dice.choice((0, 0, 1, 3)))
        saving.save(self.person(("clerk",)), filing.pk, Asked(base, (Change(**change),)))

    def many(self) -> None:
        """Some ticked and decided together."""
        person, some = self.person(("head", "department", "finance", "publisher")), []
        for _ in range(self.dice.randrange(1, 5)):
            filing = self.filing()
            some.append(Chosen(filing.pk, filing.version))
        decide_many(person, some, self.dice.choice(("on", "on", "back")), Said(WHY))

    def talk(self) -> None:
        """A comment."""
        comment(self.person(), self.filing().pk, "k1/actual", WHY)

    def show(self) -> None:
        """A piece of evidence."""
        upload = SimpleUploadedFile("附件.txt", str(self.dice.random()).encode())
        attach(self.person(("clerk",)), self.filing().pk, "k1/actual", upload, "")

    def rectify(self) -> None:
        """An item raised, answered or judged."""
        item = Item.objects.select_related("filing").order_by("-pk").first()
        way = self.dice.randrange(3)
        if item is None or way == 0:
            person = self.person(("department", "finance"))
            raise_item(open_filing(person, self.filing().pk, "rectify"), person, Wanted(WHY, date(2999, 1, 1)))
        elif way == 1:
            reply(item, self.person(("clerk", "head")), "已改。")
        else:
            judge(item, self.person(("department", "finance")), accepted=self.dice.random() < 0.5, words=WHY)

    def take_in(self) -> None:
        """A form read from a file and taken in."""
        person = self.person(("clerk", "department"))
        batch = batch_of(self.office, [form_of(self.filing().form)], place=self.dice.choice(("centre", "science")))
        enter(open_entry(person, line(batch).pk), by=person)

    def roles(self) -> None:
        """A role given or taken back."""
        security, person = self.person(("security_admin",)), self.person(("clerk", "head", "department"))
        held = list(Role.objects.filter(user=person).select_related("user", "organisation"))
        if held and self.dice.random() < 0.4:
            take_back(self.dice.choice(held), by=security)
        else:
            place = self.dice.choice(list(Organisation.objects.order_by("pk")))
            grant(
                person, place, {"unit": self.dice.choice(("clerk", "head"))}.get(place.kind, "department"), by=security
            )

    def round(self) -> None:
        """The round closed, or opened again at once or by somebody later."""
        held = self.dice.choice(list(Round.objects.select_related("bureau")))
        close_round(held, self.person(("finance",)), closed=not held.closed and self.dice.random() < 0.4)

    def account(self) -> None:
        """An account switched off, or on again."""
        person = self.dice.choice(list(User.objects.filter(username__endswith="2").order_by("pk")))
        (switch_off if person.is_active and self.dice.random() < 0.3 else switch_on)(
            person, by=self.office.people["system_admin"]
        )

    def browser(self, person: User) -> Client:
        """A browser in which the person has signed in."""
        if person.pk not in self.clients:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            session = client.session
            session.update({"second_factor": True, "seen": time_ns() // 10**9})
            session.save()
            self.clients[person.pk] = client
        return self.clients[person.pk]

    def token(self, person: User) -> str:
        """The person's token."""
        if person.pk not in self.tokens:
            self.tokens[person.pk] = make_token(person, "演练", list(SCOPES), 30)[1]
        return self.tokens[person.pk]
