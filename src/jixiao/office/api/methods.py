"""Answers below /api/ that no address of the API gave: a method that is not taken, a body too large."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from jixiao.office.api.problems import MEDIA, TITLES, answer
from jixiao.office.look.words import say

_OURS: Final = "/api/v1/"
_KEPT: Final = ("Allow", "Retry-After", "RateLimit", "RateLimit-Policy")


class ProblemMiddleware:
    """Turns errors that are pages into problem details, for whoever asks the API."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an error of the API is always a problem."""
        given = self._inner(request)
        told = given.status_code in TITLES and given.get("Content-Type", "") != MEDIA
        if not request.path.startswith(_OURS) or not told:
            return given
        made = answer(given.status_code, "refused", say(*TITLES[given.status_code]))
        for name in _KEPT:
            if name in given:
                made[name] = given[name]
        return made
