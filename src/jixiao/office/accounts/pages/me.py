"""One's own account: what it says, where one is signed in, second factor, language."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jixiao.office.accounts.door import door, me
from jixiao.office.accounts.factors import must_have_second_factor
from jixiao.office.accounts.forms import MeForm
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.people.accounts import change_account, place_of, subject
from jixiao.office.people.duties import ROLE_NAMES
from jixiao.office.people.models import User

_YEAR = 365 * 24 * 3600


@door()
def my_account(request: HttpRequest) -> HttpResponse:
    """Show and change one's own account."""
    user = User.objects.select_related("organisation").get(pk=me(request).pk)
    was = {name: getattr(user, name) for name in ("email", "phone", "language")}
    form = MeForm(request.POST or None, initial=was)
    if request.method == "POST" and form.is_valid():
        change_account(user, by=user, **form.cleaned_data)
        answer = redirect("my-account")
        messages.success(request, say("已保存。", "Saved."))
        if user.language:
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, max_age=_YEAR, samesite="Lax", httponly=True
            )
        return answer
    return render(request, "accounts/me.html", {"form": form, "person": user} | _state(request, user))


def _state(request: HttpRequest, user: User) -> dict[str, Any]:
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {
        "sessions": list(UserSession.objects.filter(user=user).order_by("-created_at")),
        "here": request.session.session_key,
        "has_factor": Authenticator.Type.TOTP in kinds,
        "must_factor": must_have_second_factor(user),
        "roles": [
            (say(*ROLE_NAMES[role.kind]), role.organisation) for role in user.roles.select_related("organisation")
        ],
    }


@require_POST
@door()
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign oneself out somewhere else."""
    session = get_object_or_404(UserSession, pk=number, user_id=request.user.pk)
    with transaction.atomic():
        session.end()
        place = place_of(me(request))
        record(
            "user.session_ended", subject(me(request)), actor=me(request), organisation=place,
            address_of_session=str(session.ip),
        )  # fmt: skip
    messages.success(request, say("已在那里退出。", "Signed out there."))
    return redirect("my-account")
