"""How often one may ask: signing in, the API, public search, uploads. Whoever asks more is told when to come again.

Each limit is a setting, so many a minute (0 for none); docs/howto/run-the-office.md names them. Fixed windows: at their
border twice as many can come. Reading pages and saving a form have no limit; what they may cost is measured elsewhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from jixiao.office.journal.record import record
from jixiao.office.shield.counters import Count, Counters

SECONDS: Final = 60
_SIGNING_IN: Final = (
    "/accounts/login/",
    "/accounts/2fa/",
    "/accounts/reauthenticate/",
    "/accounts/invitation/",
    "/setup/",
)
_API: Final = "/api/v1/"
_PUBLIC: Final = "/open/"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit for one visitor: its name in `settings.LIMITS`, who is counted."""

    name: str
    who: str

    @property
    def most(self) -> int:
        """How many a minute; 0 for no limit."""
        return int(settings.LIMITS[self.name])


class LimitsMiddleware:
    """Counts what has a limit; answers 429 with Retry-After (RFC 6585) beyond it."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take what answers."""
        self._inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse; below the API each answer says how much is left."""
        counted = [(limit, counters().add(f"{limit.name} {limit.who}", SECONDS)) for limit in limits_of(request)]
        over = next(((limit, count) for limit, count in counted if count.number > limit.most), None)
        answer = self._inner(request) if over is None else _refused(request, *over)
        if counted and request.path.startswith(_API):
            tell(answer, *(over or counted[0]))
        return answer


@cache
def counters() -> Counters:
    """The counters of this office."""
    return Counters(Path(settings.DATA) / "limits.sqlite3")


def limits_of(request: HttpRequest) -> Iterator[Limit]:
    """The limits that a request counts for, the narrowest first."""
    if not settings.LIMITS:
        return
    found = _found(request)
    yield from (limit for limit in found if limit.most)


def _found(request: HttpRequest) -> Iterator[Limit]:
    address, path = str(request.META.get("REMOTE_ADDR", "")), request.path
    if path.startswith(_API):
        shown = request.headers.get("Authorization", "")
        if shown:
            yield Limit("api", shown)
        yield Limit("api_address", address)
    elif path.startswith(_PUBLIC):
        if path.endswith("/search/"):
            yield Limit("search", address)
    elif request.method == "POST" and path.startswith(_SIGNING_IN):
        yield Limit("sign_in", address)
    elif request.method == "POST" and request.content_type == "multipart/form-data":
        yield Limit("upload", request.COOKIES.get(settings.SESSION_COOKIE_NAME, "") or address)


def tell(answer: HttpResponseBase, limit: Limit, count: Count) -> None:
    """The fields of draft-ietf-httpapi-ratelimit-headers: the limit, what is left of it and for how long."""
    answer.headers["RateLimit-Policy"] = f'"{limit.name}";q={limit.most};w={SECONDS}'
    answer.headers["RateLimit"] = f'"{limit.name}";r={max(0, limit.most - count.number)};t={count.left}'


def _refused(request: HttpRequest, limit: Limit, count: Count) -> HttpResponseBase:
    """The page of who asks too often; the journal is told once in each window."""
    if count.number == limit.most + 1:
        with transaction.atomic():
            record("limit.reached", f"limit/{limit.name}", actor=None, most=str(limit.most), path=request.path[:100])
    with translation.override(translation.get_language_from_request(request)):
        answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = str(count.left)
    answer.headers["Cache-Control"] = "no-store"
    return answer
