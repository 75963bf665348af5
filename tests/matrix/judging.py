"""Trying a cell and judging what came of it: the answer, the state, the rows, the journal."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import time_ns
from typing import Any, Final

from django.test import Client

from jixiao.office.api.tokens import make_token
from jixiao.office.filing.models import Filing
from jixiao.office.journal.models import Event
from matrix.cells import Cell
from matrix.secrets_of import lawful
from matrix.texts import text_of
from matrix.town import SCOPES, Person, Town
from matrix.watch import Watch, row_counts, taken_back
from office.doors.things import METHODS, METHODS_OF

STATUS: Final = {
    "sign in": {302, 401}, "missing": {404}, "refused": {403, 404, 410}, "ruled": {409, 410, 422}, "scope": {403},
    "seen": {200}, "done": {200, 201, 302},
}  # fmt: skip
"""What an answer may be. A place for a role is closed or looks missing to who has none; a filing that is read is
refused, never missing: see `_status`."""
_LOOKED_AT_ANYHOW: Final = 10
"""Where every statement was a SELECT, the rows are counted only each so many cells, to hold the watch itself to it."""
_HOUR: Final = 3600
_LOGIN: Final = "/accounts/login/"
_JSON: Final = "application/json"


@dataclass
class Judge:
    """Tries cells of a town, one by one; what each did is taken back."""

    town: Town
    faults: list[str] = field(default_factory=list)
    done: int = 0
    allowed: int = 0

    def __post_init__(self) -> None:
        """Let everybody sign in, and look at what there is."""
        self._client = Client(raise_request_exception=False)  # one: each loads the whole chain of middleware anew
        self._cookies = sign_in(self.town)
        self._counts = row_counts()
        self._rows = {one.filing.pk: _row(one.filing.pk) for one in self.town.things}
        self._last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._narrow: dict[tuple[str, str], str] = {}

    def judge(self, cell: Cell) -> None:
        """Try a cell; what is wrong goes to `faults`."""
        self.done += 1
        self.allowed += cell.expected in ("done", "seen")
        if not cell.scoped:
            self._narrow_token(cell)
        with taken_back() as watch:
            answer = self._ask(cell)
            wrong = [*_status(cell, answer), *self._effects(cell, watch), *self._shown(cell, answer)]
        self.faults += [f"{cell.name}: expected “{cell.expected}”, {one}" for one in wrong]

    def _shown(self, cell: Cell, answer: Any) -> Iterator[str]:
        """What stands in the answer that the person may not read."""
        username = cell.person.username if cell.expected != "sign in" else ""
        for secret in self.town.secrets.found_in(text_of(answer)):
            if not lawful(secret, cell.person.held, username):
                yield f"shows the {secret.name}"

    def _ask(self, cell: Cell) -> Any:
        tried, client = cell.tried, self._client
        given: dict[str, Any] = {"headers": self._headers(cell)} if tried.way == "api" else {}
        client.cookies.clear()
        client.cookies.update({} if tried.way == "api" else self._cookies[cell.person.username])
        if isinstance(tried.body, bytes):
            answer = client.generic(tried.method, tried.path, tried.body, content_type=_JSON, **given)
        elif tried.method == "POST":
            for upload in (tried.body or {}).values():
                if hasattr(upload, "seek"):
                    upload.seek(0)
            answer = client.post(tried.path, tried.body or {}, **given)
        else:
            answer = client.get(tried.path, **given)
        return answer

    def _headers(self, cell: Cell) -> dict[str, str]:
        version = cell.thing.filing.version if cell.thing else 1
        held = {"If-Match": f'"{version}"'} if cell.tried.method != "GET" else {}
        token = cell.person.token
        if not cell.scoped:
            token = self._narrow[cell.person.username, cell.tried.scope]
        return held | ({"Authorization": f"Bearer {token}"} if token else {})

    def _narrow_token(self, cell: Cell) -> None:
        """A token of the person for everything but what is needed."""
        key = (cell.person.username, cell.tried.scope)
        if key not in self._narrow:
            scopes = [scope for scope in SCOPES if scope != cell.tried.scope]
            _, self._narrow[key] = make_token(self.town.user(cell.person.username), "窄", scopes, 30)
            self._counts, self._last = row_counts(), Event.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def _effects(self, cell: Cell, watch: Watch) -> list[str]:
        if cell.expected == "done":
            return self._did(cell, watch)
        return self._nothing(cell, watch)

    def _nothing(self, cell: Cell, watch: Watch) -> list[str]:
        """What was changed where nothing may be: a refusal may leave an event that says so, looking a mark as seen."""
        if watch.has_only_read and self.done % _LOOKED_AT_ANYHOW:
            return []
        wrong = [f"{one.table} was written" for one in watch.effects() if one.table != "filing_mention"]
        now = row_counts()
        wrong += [f"{name} has {now[name]} rows, not {count}" for name, count in self._counts.items()
                  if now[name] != count and not name.startswith("journal_")]  # fmt: skip
        if cell.thing and _row(cell.thing.filing.pk) != self._rows[cell.thing.filing.pk]:
            wrong.append("the filing's row is another")
        told = self._told() if watch.events() else []
        return wrong + [f"the journal says {act}" for act in told if not act.endswith("refused")]

    def _did(self, cell: Cell, watch: Watch) -> list[str]:
        """What is wrong with something that was to be done: its state, its event, its transaction."""
        wrong, told = [], self._told()
        if sorted(told) != sorted(cell.tried.events):
            wrong.append(f"the journal says {told or 'nothing'}, not {list(cell.tried.events)}")
        if watch.effects() and not watch.is_one_transaction():
            wrong.append("the event was not written in the transaction of the act")
        if not watch.effects() and cell.tried.method != "GET" and cell.tried.act not in _MAY_CHANGE_NOTHING:
            wrong.append("nothing was changed")
        if cell.thing:
            state = Filing.objects.values_list("state", flat=True).get(pk=cell.thing.filing.pk)
            wrong += [f"the state is {state}, not {cell.leads}"] if state != cell.leads else []
        return wrong

    def _told(self) -> list[str]:
        return list(Event.objects.filter(pk__gt=self._last).order_by("pk").values_list("act", flat=True))


_MAY_CHANGE_NOTHING: Final = frozenset({"manage_people", "grant_roles"})
"""Ending sessions, unlocking, taking away a second factor: where there is none, only the event is left."""


def _row(number: int) -> tuple[Any, ...]:
    return tuple(Filing.objects.filter(pk=number).values_list().get())


def _status(cell: Cell, answer: Any) -> list[str]:
    status, leads = answer.status_code, answer.headers.get("Location", "")
    allowed = STATUS[cell.expected]
    if cell.expected == "refused" and cell.thing:
        allowed = {200} if cell.tried.way == "bulk" and status == 200 else {403, 410}
    if cell.expected == "ruled" and cell.tried.way == "bulk":
        allowed = {200}  # the verdict stands in the page
    to_sign_in = leads.startswith(_LOGIN) or status == 401
    wrong = status not in allowed or to_sign_in is not (cell.expected == "sign in")
    return [f"answered {status} {leads}".strip()] if wrong else []


def sign_in(town: Town) -> dict[str, dict[str, Any]]:
    """The cookies of everybody, who has signed in once."""
    for person in town.people.values():
        if person.user is not None and not person.cookies:
            person.cookies.update(signed_in(person).cookies)
    return {name: person.cookies for name, person in town.people.items()}


def signed_in(person: Person) -> Client:
    """The browser of a person who has signed in and confirmed it, or of nobody; good for an hour on a slow machine."""
    client = Client(raise_request_exception=False)
    if person.user is None:
        return client
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    session, later = client.session, time_ns() // 10**9 + _HOUR
    told = [{"method": "password", "at": later, "username": person.username}]
    session.update({"second_factor": True, "seen": later, METHODS: told, METHODS_OF: str(person.user.pk)})
    session.save()
    return client
