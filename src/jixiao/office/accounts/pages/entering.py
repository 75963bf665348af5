"""Coming in: invitations, the page of a lock-out, and what keeps a session alive."""

from typing import Any

from allauth.account import views as account
from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from jixiao.office.accounts.door import door
from jixiao.office.accounts.forms import NewPasswordForm, password_rules
from jixiao.office.accounts.middleware import idle_seconds, seconds_left
from jixiao.office.accounts.oidc import PROVIDER
from jixiao.office.look.words import say
from jixiao.office.people.accounts import accept_invitation, invited
from jixiao.office.people.refusal import Refusal


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """The page of somebody who typed too many wrong passwords or codes."""
    wait = get_cool_off(request)
    known = {"minutes": int(wait.seconds // 60), "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked_out.html", known, status=429)


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invited person sets a password; a link that is used, replaced or too old says so."""
    user = invited(token)
    if user is None:
        return render(request, "accounts/invitation_void.html", status=404)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(user, form.cleaned_data["password1"])
        except Refusal:
            return render(request, "accounts/invitation_void.html", status=404)
        messages.success(request, say("密码已设好，请登录。", "Your password is set. Sign in."))
        return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form, "invited": user, "rules": password_rules()})


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """How long the session lasts. A GET only looks; a POST is a sign of life and starts the time anew.

    The page code puts the new token into the forms of a page that was open while its person signed in again.
    """
    left = idle_seconds() if request.user.is_authenticated and request.method == "POST" else seconds_left(request)
    who = request.user.pk if request.user.is_authenticated else 0
    return JsonResponse({"left": left, "user": who, "token": get_token(request)})


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out; the browser is told to forget what it kept of the office, also texts that never reached the server."""
    answer: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@door()
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """For who has neither a password nor a code: by their provider once more, then back."""
    after = request.GET.get("next", "/")
    address = reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})
    return render(request, "accounts/sign_in_again.html", {"address": address, "after": after})
