"""What must hold before any page is shown: somebody still there, a password not too old, a second factor where needed.

Page code that saves in the background must not be led to a sign-in page that it cannot show: it gets 401.
"""

from collections.abc import Callable
from time import time_ns
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from jixiao.office.accounts.factors import has_second_factor, must_have_second_factor
from jixiao.office.accounts.passwords import is_too_old
from jixiao.office.look.words import say
from jixiao.office.people.models import User

Answer = Callable[[HttpRequest], HttpResponse]
SEEN: Final = "seen"
"""Where a session keeps when its person was last there, in seconds since 1970."""
BEGAN: Final = "began"
"""Where a session keeps when its person was first seen in it, in seconds since 1970."""
SURE: Final = "second_factor"
"""Where a session keeps that its person has a second factor."""
_GRAIN: Final = 60
"""Seconds within which being there is not written again: a save in the page must not cost a write of the session."""
_PUBLIC: Final = ("/static/", "/open/", "/robots.txt")
_FREE: Final = ("/accounts/", "/account/alive/", "/language/", "/api/v1/")
"""Where nobody is led away from."""


def idle_seconds() -> int:
    """After how long without a sign of life a person is signed out."""
    return int(settings.IDLE_MINUTES) * 60


def seconds_left(request: HttpRequest) -> int:
    """For how long the session still lasts without a sign of life; 0 for none."""
    if not request.user.is_authenticated:
        return 0
    since = _now() - int(request.session.get(SEEN, 0))
    return max(0, idle_seconds() - since)


class IdleMiddleware:
    """Signs out who has not been there for too long, and answers page code that comes too late with 401."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, as whoever is still there."""
        late = self._look(request)
        answer = self._answer(request)
        sent_to_sign_in = answer.status_code == 302 and answer.headers.get("Location", "").startswith(_sign_in())
        if sent_to_sign_in and _from_page_code(request):
            return JsonResponse({"signed_out": True, "idle": late}, status=401)
        return answer

    def _look(self, request: HttpRequest) -> bool:
        """Sign out who is late, note who is there; tells whether it was too late."""
        if not _may_be_somebody(request) or not request.user.is_authenticated:
            return False
        now, seen = _now(), request.session.get(SEEN)
        words = _over(now, seen, request.session.get(BEGAN, now))
        if words:
            logout(request)
            messages.info(request, say(*words))
            return True
        peeking = request.path == reverse("alive") and request.method == "GET"
        if not peeking and (seen is None or now - seen >= min(_GRAIN, idle_seconds() // 2)):
            request.session[SEEN] = now
            request.session.setdefault(BEGAN, now)
        return False


class SoundMiddleware:
    """Leads who must change a password or set up a second factor there, before anything else."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead away."""
        first = ""
        if _may_be_somebody(request) and not request.path.startswith(_FREE) and isinstance(request.user, User):
            first = self._first(request, request.user)
        if first and _from_page_code(request):
            return JsonResponse({"first": first}, status=403)
        return HttpResponseRedirect(first) if first else self._answer(request)

    def _first(self, request: HttpRequest, user: User) -> str:
        """Where the person has to go first; empty for nowhere."""
        if is_too_old(user):
            return reverse("account_change_password")
        if request.session.get(SURE) or not must_have_second_factor(user):
            return ""
        if not has_second_factor(user):
            return reverse("mfa_activate_totp")
        request.session[SURE] = True
        return ""


def _over(now: int, seen: int | None, began: int) -> tuple[str, str] | None:
    """Why a session is over, in words; none while it lasts."""
    if seen is not None and now - seen >= idle_seconds():
        return (
            f"您有 {settings.IDLE_MINUTES} 分钟没有操作，已自动退出。",
            f"You were signed out after {settings.IDLE_MINUTES} minutes.",
        )
    if now - began >= int(settings.SESSION_HOURS) * 3600:
        hours = settings.SESSION_HOURS
        return f"登录已满 {hours} 小时，请重新登录。", f"A sign-in lasts {hours} hours at most; please sign in again."
    return None


def _may_be_somebody(request: HttpRequest) -> bool:
    """Whether there can be a person behind a request; what has no session, or is public, is not asked for one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(_PUBLIC)


def _now() -> int:
    return time_ns() // 10**9


def _sign_in() -> str:
    return resolve_url(settings.LOGIN_URL)


def _from_page_code(request: HttpRequest) -> bool:
    """Whether a script asks, not a person who goes to a page."""
    mode = request.headers.get("Sec-Fetch-Mode", "")
    return "HX-Request" in request.headers or (mode not in ("", "navigate"))
