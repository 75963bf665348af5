"""A foreign thing and a missing one: the same address twice, and whatever differs between the two answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from statistics import median
from time import perf_counter_ns
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.office.intake.models import Entry
from jixiao.office.journal.models import Event
from jixiao.office.people.models import PeopleList
from matrix.judging import sign_in
from matrix.rules import in_place, on_filing, root
from matrix.town import Person, Thing, Town, entry_of
from matrix.watch import taken_back

NEAR: Final = 5_000_000
"""Nanoseconds by which the medians of both may differ."""
_TIMES: Final = 9
_TOKENS: Final = re.compile(
    rb'(csrfmiddlewaretoken" value="|X-CSRFToken&quot;: ?&quot;|nonce[=-]["\']?)[A-Za-z0-9+/=_-]+'
)
_OWN: Final = frozenset({"Set-Cookie", "Date"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two addresses that differ in the thing they name, asked by somebody to whom neither may exist."""

    person: Person
    method: str
    foreign: str
    missing: str
    body: bytes | None = None
    by_token: bool = False

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.person.username}: {self.method} {self.foreign} and {self.missing}{' (API)' * self.by_token}"


def pairs(town: Town) -> Iterator[Pair]:
    """Every kind of address of every kind of thing, for everybody who may not see it."""
    for person in town.people.values():
        if person.kind in ("signed out", "off"):
            continue
        for thing in town.things:
            if not on_filing(person.held, "read", thing.place, thing.state):
                yield from _of_filing(person, thing)
        for place in ("centre", "school", "centre2"):
            yield from _of_place(town, person, place)
        yield from _of_bureaus(town, person)


_PAGES: Final = (
    "", "table", "state", "steps", "decide/", "rectify/", "earlier/", "monitoring/", "document.pdf", "cell", "history",
    "act/submit", "suggest?cell=k1/name", "evidence/{piece}", "versions/{version}",
)  # fmt: skip
_POSTS: Final = (
    "save", "evidence", "evidence/{piece}/remove", "comments", "comments/{thread}/resolve", "history/{save}/restore",
    "act/approve_unit", "rectify/",
)  # fmt: skip
_API: Final = ("", "/summary", "/review", "/history", "/versions", "/decisions", "/document")


def _of_filing(person: Person, thing: Thing) -> Iterator[Pair]:
    number, gone = thing.filing.pk, beside(thing.filing.pk)
    parts = {"piece": thing.piece, "version": thing.version, "thread": thing.thread, "save": thing.save}
    for method, pages in (("GET", _PAGES), ("POST", _POSTS)):
        for page in (one.format(**parts) for one in pages):
            yield Pair(person, method, f"/filings/{number}/{page}", f"/filings/{gone}/{page}")
    yield Pair(person, "GET", f"/rectification/{thing.item}/", f"/rectification/{beside(thing.item)}/")
    for page in _API:
        yield Pair(person, "GET", f"/api/v1/forms/{number}{page}", f"/api/v1/forms/{gone}{page}", by_token=True)
    for method, page, body in (("PATCH", "", b'{"changes": []}'), ("POST", "/decisions", b'{"act": "submit"}')):
        where = f"/api/v1/forms/{number}{page}", f"/api/v1/forms/{gone}{page}"
        yield Pair(person, method, *where, body, by_token=True)


def beside(number: int) -> int:
    """A number that nothing has, as long as this one where that can be."""
    return number + 9 * 10**6


def _of_place(town: Town, person: Person, place: str) -> Iterator[Pair]:
    """The things of an organisation that the person may come near to by no act at all."""
    known = place in town.batches
    if known and not any(
        in_place(person.held, act, place) for act in ("see_overview", "import_forms", "approve_targets")
    ):
        yield from _of_work(town, person, place)
    if place == "centre" and town.line_of_unit and not in_place(person.held, "import_forms", place):
        yield from _of_line(town.line_of_unit, person)
    if not in_place(person.held, "manage_people", place):
        node, user = town.organisations[place], town.user(f"clerk-{place}").pk
        yield Pair(person, "GET", f"/organisations/{node.uid}/", "/organisations/zzzzzzzzzz/")
        for method, page in (("GET", ""), ("POST", "invite/"), ("POST", "switch/")):
            yield Pair(person, method, f"/people/{user}/{page}", f"/people/{beside(user)}/{page}")
    if not in_place(person.held, "grant_roles", place):
        user = town.user(f"clerk-{place}").pk
        yield Pair(person, "GET", f"/roles/of/{user}/", f"/roles/of/{beside(user)}/")
        yield Pair(person, "POST", f"/roles/{user}/take-back/", f"/roles/{beside(user)}/take-back/")


def _of_bureaus(town: Town, person: Person) -> Iterator[Pair]:
    """Rounds, exchange and events of a bureau in which the person holds nothing; what is somebody else's own."""
    for (place, _), round_ in town.rounds.items():
        if any(root(held.place) == place for held in person.held):
            continue
        for page in ("", "edit/"):
            yield Pair(person, "GET", f"/rounds/{round_.pk}/{page}", f"/rounds/{beside(round_.pk)}/{page}")
        at, gone = f"/api/v1/exchange/{round_.pk}", f"/api/v1/exchange/{beside(round_.pk)}"
        yield Pair(person, "GET", at, gone, by_token=True)
        told = Event.objects.filter(organisation__startswith=town.organisations[place].path).order_by("pk")
        event = told.values_list("pk", flat=True)[0]
        yield Pair(person, "GET", f"/journal/{event}/proof.json", f"/journal/{beside(event)}/proof.json")
    yield from _own_things(town, person)


def _own_things(town: Town, person: Person) -> Iterator[Pair]:
    """A token and an uploaded list: whose own they are, they alone see them."""
    token, kept = town.user("clerk-centre").tokens.get().pk, PeopleList.objects.order_by("pk").first()
    if person.username != "clerk-centre":
        yield Pair(person, "POST", f"/api/tokens/{token}/end/", f"/api/tokens/{beside(token)}/end/")
    if kept is not None and person.user != kept.by:
        at, gone = f"/people/lists/{kept.pk}/", f"/people/lists/{beside(kept.pk)}/"
        yield Pair(person, "GET", at, gone)
        yield Pair(person, "POST", f"{at}apply/", f"{gone}apply/")


def _of_work(town: Town, person: Person, place: str) -> Iterator[Pair]:
    project, batch, source = town.at(place, "draft").filing.project, town.batches[place], town.sources[place]
    line = entry_of(town, place).pk
    for kind, number in (("projects", project.pk), ("intake", batch.pk), ("intake/file", source.pk),
                         ("intake/form", line), ("targets", town.targets[place])):  # fmt: skip
        yield Pair(person, "GET", f"/{kind}/{number}/", f"/{kind}/{beside(number)}/")
    for page in ("verdicts.csv", "lines/"):
        yield Pair(person, "GET", f"/intake/{batch.pk}/{page}", f"/intake/{beside(batch.pk)}/{page}")
    yield Pair(person, "GET", f"/intake/form/{line}/page/1.png", f"/intake/form/{beside(line)}/page/1.png")
    node, round_ = town.organisations[place].pk, town.at(place, "draft").filing.round_id
    for page in ("", "forms/", "tables/forms.csv", "rules/"):
        yield Pair(person, "GET", f"/overview/{round_}/{node}/{page}", f"/overview/{round_}/{beside(node)}/{page}")
    for page in ("edit/", "targets/new/"):
        yield Pair(person, "GET", f"/projects/{project.pk}/{page}", f"/projects/{beside(project.pk)}/{page}")
    at = f"/monitoring/{round_}"
    yield Pair(person, "GET", f"{at}/{project.pk}/", f"{at}/{beside(project.pk)}/")


def _of_line(line: Entry, person: Person) -> Iterator[Pair]:
    """A line of the place in the batch of the organisation above it."""
    at, gone = f"/intake/form/{line.pk}", f"/intake/form/{beside(line.pk)}"
    for page in ("", "pages/", "page/1.png"):
        yield Pair(person, "GET", f"{at}/{page}", f"{gone}/{page}")
    for page in ("field", "confirm", "project", "leave", "file"):
        yield Pair(person, "POST", f"{at}/{page}/", f"{gone}/{page}/")
    yield Pair(person, "GET", f"/intake/file/{line.source_id}/", f"/intake/file/{beside(line.source_id)}/")


@dataclass
class Twins:
    """Asks pairs and tells what differs."""

    town: Town
    faults: list[str] = field(default_factory=list)
    widest: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        """Let everybody sign in."""
        self._client = Client(raise_request_exception=False)
        self._cookies = sign_in(self.town)

    def compare(self, pair: Pair, *, timed: bool = False) -> None:
        """Ask both; what differs goes to `faults`, the time only where it is to be judged."""
        self.done += 1
        one, other = self._seen(pair, pair.foreign), self._seen(pair, pair.missing)
        wrong = [f"{name} {one[name]!r} and {other[name]!r}" for name in one if one[name] != other[name]]
        if one["status"] not in (403, 404, 405):
            wrong.append(f"answered {one['status']}")
        self.faults += [f"{pair.name}: {what}" for what in wrong]
        if timed:
            self._time(pair)

    def _seen(self, pair: Pair, where: str) -> dict[str, Any]:
        with taken_back(), CaptureQueriesContext(connection) as asked:
            answer = self._ask(pair, where)
        body = _TOKENS.sub(rb"\1", answer.content).replace(where.partition("?")[0].encode(), b"")
        headers = {name: text for name, text in answer.headers.items() if name not in _OWN}
        headers["Content-Length"] = ""  # the echoed path is as long as its number
        return {
            "status": answer.status_code,
            "body": sha256(body).hexdigest()[:12],
            "headers": str(sorted(headers.items())),
            "cookies": str(sorted(answer.cookies)),
            "writes": sum("SELECT" not in one["sql"][:10] for one in asked),
        }

    def _ask(self, pair: Pair, where: str) -> Any:
        client = self._client
        client.cookies.clear()
        client.cookies.update({} if pair.by_token else self._cookies[pair.person.username])
        held = {"If-Match": '"1"'} | ({"Authorization": f"Bearer {pair.person.token}"} if pair.by_token else {})
        if pair.by_token:
            return client.generic(pair.method, where, pair.body or b"", "application/json", headers=held)
        return client.get(where) if pair.method == "GET" else client.post(where, {})

    def _time(self, pair: Pair) -> None:
        spent = {pair.foreign: [0] * _TIMES, pair.missing: [0] * _TIMES}
        for turn in range(_TIMES):
            for where, times in spent.items():
                with taken_back():
                    start = perf_counter_ns()
                    self._ask(pair, where)
                    times[turn] = perf_counter_ns() - start
        apart = int(abs(median(spent[pair.foreign]) - median(spent[pair.missing])))
        self.widest = max(self.widest, apart)
        if apart > NEAR:
            self.faults.append(f"{pair.name}: the medians are {apart // 1000} µs apart")
