"""The page of one's tokens: make one, see which there are, end one; and where the description of the API is."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jixiao.office.api.models import Token
from jixiao.office.api.tokens import SCOPES, make_token, revoke
from jixiao.office.look.words import say

DAYS: Final = (30, 90, 180, 366)
_LONGEST_NAME: Final = 60


@login_required
@require_GET
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens, and a form for a new one."""
    return _page(request)


@login_required
@require_POST
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown on the answer and never again."""
    name = request.POST.get("name", "").strip()
    scopes = [scope for scope in request.POST.getlist("scopes") if scope in SCOPES]
    days = request.POST.get("days", "")
    if not name or len(name) > _LONGEST_NAME or not scopes or days not in map(str, DAYS):
        messages.error(
            request, say("请写明用途，并至少选一项权限。", "Say what it is for, and choose a scope at least.")
        )
        return _page(request)
    assert request.user.is_authenticated  # noqa: S101 -- login_required
    token, secret = make_token(request.user, name, scopes, int(days))
    return _page(request, token, secret)


@login_required
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a token of one's own."""
    assert request.user.is_authenticated  # noqa: S101 -- login_required
    found = Token.objects.filter(pk=number, user=request.user, revoked__isnull=True).first()
    if found is None:
        raise Http404
    revoke(found, request.user)
    messages.success(request, say(f"令牌“{found.name}”已停用。", f"The token {found.name!r} was ended."))
    return redirect("api-tokens")


def _page(request: HttpRequest, made: Token | None = None, secret: str = "") -> HttpResponse:
    assert request.user.is_authenticated  # noqa: S101 -- login_required
    held = Token.objects.filter(user=request.user)
    scopes = [(scope, say(*words)) for scope, words in SCOPES.items()]
    seen = {"tokens": held, "scopes": scopes, "days": DAYS, "made": made, "secret": secret}
    return render(request, "api/tokens.html", seen)
