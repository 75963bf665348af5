"""Random requests: any person, any address of all there are, any parts and questions, GET and POST."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from jixiao.office.api.models import Token
from jixiao.office.intake.models import Entry, Source
from jixiao.office.people.models import Role
from jixiao.office.publication.pages.data import FILES
from matrix.rules import TREE, root
from matrix.secrets_of import LOOK
from matrix.town import Person, Town
from office.doors.addresses import THING, routes

_PART: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_MISSING: Final = (0, 10**9)
_KINDS: Final = ("csv", "xlsx", "json", "docx", "pdf", "ofd", "html")
_STATIC: Final = ("/static/look/office.css", "/static/look/", "/robots.txt", "/favicon.ico", "/nowhere/")
_FOLLOWING: Final = ("/account/logout", "accounts/logout/", "language/")
"""Addresses that would end the session or change the language; both are tried elsewhere."""
_NO_SUCH_METHOD: Final = 405
_OFTEN: Final = 4
"""An address that names a thing has many answers; one that names none has one for each person."""
API: Final = "api/v1/"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and by whom."""

    person: Person
    method: str
    path: str
    query: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    route: str = ""

    @property
    def name(self) -> str:
        """For people; what is sent is told without its files."""
        return f"{self.person.username}: {self.method} {self.path}{self.query} {self.given or ''}".strip()


class Asker:
    """Draws requests; the same seed draws the same ones."""

    def __init__(self, town: Town, seed: int) -> None:
        """Look at what there is to be asked for."""
        self._chance = random.Random(f"requests {seed}")  # noqa: S311 -- which request
        self._people = list(town.people.values())
        self._idle: set[tuple[str, str]] = set()
        self.routes = sorted(one for one in routes() if "^" not in one and not one.startswith(_FOLLOWING))
        self._weights = [_OFTEN if one in THING else 1 for one in self.routes]
        self._pools = _pools(town)
        self._sets = _sets(town)
        self._words = _words(town)
        self._cells = ("k1/name", "k1/actual", "k1/deviation", "k2/name", "goal/expected", "execution", "")

    def learn(self, request: Request, status: int) -> None:
        """An address that takes no such method is asked so again one time in twenty."""
        if status == _NO_SUCH_METHOD:
            self._idle.add((request.route, request.method))

    def requests(self, count: int) -> Iterator[Request]:
        """So many of them."""
        return (self.draw() for _ in range(count))

    def draw(self) -> Request:
        """One."""
        chance = self._chance
        person, route = chance.choice(self._people), chance.choices(self.routes, self._weights)[0]
        if chance.randrange(100) == 0:
            return Request(person, "GET", chance.choice(_STATIC))
        together = self._together(route)
        path = "/" + _PART.sub(lambda part: str(together.get(part[1]) or self._part(route, part[1])), route)
        method = chance.choice(("GET", "GET", "POST"))
        if route.startswith(API):
            method = chance.choice(("GET", "GET", "GET", "POST", "PATCH", "PUT"))
        if (route, method) in self._idle and chance.randrange(20):
            return self.draw()
        given = self._given() if method == "POST" else {}
        return Request(person, method, path, self._query(), given, route)

    def _together(self, route: str) -> dict[str, object]:
        """Values for several parts of an address that belong together; none one time in four, and where none do."""
        known = next((many for begin, many in self._sets.items() if route.startswith(begin)), [])
        return self._chance.choice(known) if known and self._chance.randrange(4) else {}

    def _part(self, route: str, name: str) -> object:
        """A value for a part of an address: mostly one that there is."""
        fitting = sorted((one for one in self._pools if route.startswith(one)), key=len, reverse=True)
        pool = next((self._pools[one][name] for one in fitting if name in self._pools[one]), ())
        if not pool or self._chance.randrange(20) == 0:
            return self._chance.choice(_MISSING)
        return self._chance.choice(pool)

    def _query(self) -> str:
        if self._chance.randrange(2):
            return ""
        names = self._chance.sample(sorted(self._words), self._chance.randrange(1, 4))
        return "?" + "&".join(f"{name}={self._chance.choice(self._words[name])}" for name in names)

    def _given(self) -> dict[str, Any]:
        names = self._chance.sample(sorted(self._words), self._chance.randrange(0, 6))
        return {name: self._chance.choice(self._words[name]) for name in names}


def _pools(town: Town) -> dict[str, dict[str, tuple[object, ...]]]:
    """Values for the parts of addresses, by how the address begins; the longest beginning holds."""
    things, nodes = town.things, list(town.organisations.values())
    filing: dict[str, tuple[object, ...]] = {
        "number": tuple(one.filing.pk for one in things),
        "piece": tuple(one.piece + more for one in things for more in (0, 1)),
        "thread": tuple(one.thread for one in things), "save": tuple(one.save for one in things),
        "pk": tuple(one.version for one in things), "kind": _KINDS,
        "name": ("submit", "approve_unit", "return_unit", "publish", "reopen", "nothing"),
    }  # fmt: skip
    rounds = tuple(one.pk for one in town.rounds.values())
    people = tuple(one.user.pk for one in town.people.values() if one.user)
    projects = tuple(one.filing.project_id for one in things)
    uids = tuple(one.uid for one in nodes)
    batches = tuple(one.pk for one in town.batches.values())
    sources = tuple(Source.objects.order_by("pk").values_list("pk", flat=True))
    lines = tuple(Entry.objects.order_by("pk").values_list("pk", flat=True))
    public: dict[str, tuple[object, ...]] = {
        "uid": (*uids, *(one.filing.project.uid for one in things)), "year": (2023, 2024), "page": (1, 2),
        "kind": _KINDS, "scope": ("2023", "2024", "all"), "name": FILES,
    }  # fmt: skip
    found: dict[str, dict[str, tuple[object, ...]]] = {
        "": {"code": ("JX204", "JX101"), "identifier": ("cn", "cn-shanghai"), "day": ("2020-01-01",),
             "fingerprint": tuple(one.filing.fingerprint for one in things), "token": ("x",)},
        "filings/": filing, "rectification/": {"number": tuple(one.item for one in things)},
        "overview/": {"round_id": rounds, "node_id": tuple(one.pk for one in nodes),
                      "number": tuple(number + more for number in town.inquiries.values() for more in (0, 1)),
                      "name": ("forms", "moves", "findings", "review", "ranking"), "kind": ("csv", "xlsx", "json")},
        "intake/": {"number": batches, "kind": ("csv", "xlsx"), "page": (1, 2)}, "intake/form/": {"number": lines},
        "intake/file/": {"number": sources}, "rounds/": {"number": rounds},
        "projects/": {"number": projects}, "targets/": {"number": tuple(town.targets.values())},
        "monitoring/": {"number": rounds, "project": projects}, "people/": {"number": people},
        "people/lists/": {"number": (1, 2)}, "organisations/": {"uid": uids}, "roles/of/": {"number": people},
        "roles/": {"number": tuple(Role.objects.values_list("pk", flat=True))},
        "api/tokens/": {"number": tuple(Token.objects.values_list("pk", flat=True))},
        "account/sessions/": {"number": (1, 2, 3)}, "open/": public,
        f"{API}forms": {"number": filing["number"]}, f"{API}exchange": {"number": rounds},
        f"{API}publications": public,
    }  # fmt: skip
    return found


def _sets(town: Town) -> dict[str, list[dict[str, object]]]:
    """Parts that belong together: a form with what hangs on it, a node with what was asked there, a project's sheet."""
    filings: list[dict[str, object]] = [
        {"number": one.filing.pk, "piece": one.piece, "thread": one.thread, "save": one.save, "pk": one.version}
        for one in town.things
    ]
    inquiries: list[dict[str, object]] = [
        {
            "round_id": town.rounds[root(place), False].pk,
            "node_id": town.organisations[place].pk,
            "number": number + more,
        }
        for place, number in town.inquiries.items()
        for more in (0, 1)
    ]
    sheets: list[dict[str, object]] = [
        {"number": one.filing.round_id, "project": one.filing.project_id} for one in town.things if not one.closed
    ]
    return {"filings/": filings, "overview/<int:round_id>/": inquiries, "monitoring/": sheets}


def _words(town: Town) -> dict[str, tuple[object, ...]]:
    """Names of questions and of fields, with values that lead somewhere; none is a secret: it would be echoed."""
    numbers: dict[str, list[object]] = {
        "round": [one.pk for one in town.rounds.values()], "unit": [one.pk for one in town.organisations.values()],
        "project": [one.filing.project_id for one in town.things], "filing": [one.filing.pk for one in town.things],
        "place": [one.pk for one in town.organisations.values()],
        "below": [one.uid for one in town.organisations.values()],
    }  # fmt: skip
    texts: dict[str, tuple[object, ...]] = {
        "q": ("qz", "项目", "unit", "department", "clerk", ""), "cell": ("k1/name", "k1/actual", "k1/deviation", ""),
        "state": ("draft", "approved", "published", "mine", "open", "replied"), "finding": ("JX204", "doubt"),
        "family": ("doubt", "clause"), "page": (1, 2),
        "sort": ("project", "-unit"), "last": ("1",), "view": ("1",),
        "line": ("k1",), "text": ("", "项"), "who": ("clerk", "e"), "subject": ("filing/1", "user/3"),
        "room": ("user", "filing"),
        "kind": ("docx", "xlsx", "json", "reply", "accept"), "order": ("stake",), "way": ("on", "back"),
        "words": ("请看 @clerk-centre",), "reason": ("请核对",), "version": (1, 3),
        "act": ("submit", "hand_in"),
        "show": ("new",), "verdict": ("good", "doubtful"), "what": ("forms",), "year": ("2024",), "name": ("改名",),
        "source": ("approved", "last"), "confirmed": ("1",), "closed": ("1",), "decision": ("accept",),
        "going": ("all",),
        "out": ("1",), "pointer": ("/project/name",), "since": ("2000-01-01",), "stage": ("draft",), "after": (0,),
        "limit": (200,), "check": ("JX204",), "evidence": ("见附件",), "scopes": ("forms:read",), "days": ("30",),
        "proposal": (1, 2), "thread": (1,), "light": ("red", "none"), "HX": ("1",),
    }  # fmt: skip
    assert not any(LOOK.search(str(value)) for values in texts.values() for value in values)
    assert set(TREE) == set(town.organisations)
    return texts | {name: tuple(values) for name, values in numbers.items()}


def body_of(request: Request) -> bytes:
    """What the API is sent."""
    return msgspec.json.encode({"act": "submit", "changes": [], **request.given})
