"""Watching for secrets in answers: whatever is asked, nobody reads a string of a place they may not see."""

from collections import Counter
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

from django.test import Client

from matrix.asking import API, Asker, Request, body_of
from matrix.judging import sign_in
from matrix.secrets_of import Secret, lawful
from matrix.texts import text_of
from matrix.town import Town
from matrix.watch import taken_back

_CSRF: Final = "csrftoken"


@dataclass
class Canary:
    """Sends requests and looks through the answers.

    Attributes:
        lawful: how often a string was read by somebody who may, by what it stands in.
        statuses: how often each status was answered.
    """

    town: Town
    seed: int = 1
    faults: list[str] = field(default_factory=list)
    lawful: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    done: int = 0

    def __post_init__(self) -> None:
        """Let everybody sign in; requests that change something carry the token that pages give."""
        self._client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self._cookies = sign_in(self.town)
        self._token = token_hex(16)

    @property
    def kinds(self) -> set[str]:
        """What the strings of the town stand in."""
        return {one.what for one in self.town.secrets.given.values()}

    def run(self, count: int) -> None:
        """Send so many."""
        asker = Asker(self.town, self.seed)
        for request in asker.requests(count):
            asker.learn(request, self.send(request))

    def send(self, request: Request) -> int:
        """Send one; what was read that may not be goes to `faults`. Tells the status."""
        self.done += 1
        with taken_back():
            answer = self._answer(request)
            text = text_of(answer)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            self.faults.append(f"{request.name}: answered {answer.status_code}")
        for secret in self.town.secrets.found_in(text):
            self._judge(request, secret)
        return int(answer.status_code)

    def _judge(self, request: Request, secret: Secret) -> None:
        person = request.person
        username = person.username if person.user and person.kind != "off" else ""
        if lawful(secret, person.held, username):
            self.lawful[secret.what] += 1
        else:
            self.faults.append(f"{request.name}: shows the {secret.name}")

    def _answer(self, request: Request) -> Any:
        client, person = self._client, request.person
        client.cookies.clear()
        where = f"{request.path}{request.query}"
        if request.path.startswith(f"/{API}"):
            held = {"If-Match": '"3"'} | ({"Authorization": f"Bearer {person.token}"} if person.token else {})
            return client.generic(request.method, where, body_of(request), "application/json", headers=held)
        client.cookies.update(self._cookies[person.username])
        client.cookies[_CSRF] = self._token
        if request.method == "GET":
            return client.get(where)
        return client.post(where, request.given, headers={"X-CSRFToken": self._token})
