"""Accounts: the list of people, one of them, adding, inviting, switching off and on."""

from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jixiao.office.accounts.door import door, me, organisations_for, people_for, person_at
from jixiao.office.accounts.forms import PersonForm, as_typed
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.people import accounts
from jixiao.office.people.duties import ROLE_NAMES
from jixiao.office.people.models import User
from jixiao.office.people.refusal import Refusal

_PAGE = 50
_STATES: Final = {
    "": Q(),
    "active": Q(is_active=True),
    "invited": Q(is_active=True) & ~Q(invitation=""),
    "never": Q(is_active=True, last_login=None),
    "off": Q(is_active=False),
}


@door("manage_people")
def people(request: HttpRequest) -> HttpResponse:
    """The list of accounts."""
    asked, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows = people_for(request.user, "manage_people").filter(_STATES.get(state, Q()))
    if asked:
        place = Q(organisation__name__icontains=asked) | Q(organisation__code=asked)
        rows = rows.filter(Q(username__icontains=asked) | Q(name__icontains=asked) | place)
    rows = rows.select_related("organisation").prefetch_related("roles__organisation").order_by("username")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    lines = [{"person": each, "roles": roles_of(each), "state": state_of(each)} for each in page.object_list]
    return render(request, "accounts/people.html", {"lines": lines, "page": page, "q": asked, "state": state})


def roles_of(person: User) -> list[str]:
    """A person's roles in words, each with where it is held; asks nothing where they were prefetched."""
    return [f"{say(*ROLE_NAMES[role.kind])} · {role.organisation.name}" for role in person.roles.all()]


def state_of(person: User) -> tuple[str, str]:
    """Where an account stands, in a word, and the colour of it."""
    if not person.is_active:
        return say("已停用", "Off"), "bad"
    if person.invitation:
        return say("已邀请", "Invited"), "info"
    return (say("在用", "In use"), "good") if person.last_login else (say("未登录过", "Never in"), "warn")


@door("manage_people")
def add(request: HttpRequest) -> HttpResponse:
    """A new account, and the link of its invitation."""
    form = PersonForm(organisations_for(request.user, "manage_people"), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(request, form)
        except Refusal as refusal:
            form.add_error("username", say(refusal.zh, refusal.en))
        else:
            return linked(request, made, "person")
    return render(request, "accounts/person_add.html", {"form": form})


@transaction.atomic
def _made(request: HttpRequest, form: PersonForm) -> User:
    fields = dict(form.cleaned_data)
    username, name, place = fields.pop("username"), fields.pop("name"), fields.pop("organisation")
    return accounts.add_account(username, name, place, by=me(request), **fields)


def linked(request: HttpRequest, person: User, back: str) -> HttpResponse:
    """Invite a person and show the link, once; mail it too where mail is set up and an address is known."""
    try:
        token = accounts.invite(person, by=me(request))
    except Refusal as refusal:
        messages.error(request, say(refusal.zh, refusal.en))
        return redirect(back, number=person.pk)
    link = request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))
    known = {"person": person, "link": link, "days": settings.INVITATION_DAYS, "mailed": _mailed(person, link)}
    answer = render(request, "accounts/invited.html", known)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _mailed(person: User, link: str) -> bool:
    if not settings.EMAIL_HOST or not person.email:
        return False
    words = say(
        f"{person.name}：\n\n请在 {settings.INVITATION_DAYS} 天内打开下面的链接设置密码。"
        f"用户名是 {person.username}。\n\n{link}\n",
        f"{person.name},\n\nopen this link within {settings.INVITATION_DAYS} days to set a password; "
        f"your user name is {person.username}.\n\n{link}\n",
    )
    return (
        send_mail(say("绩效自评系统邀请", "Invitation to Jixiao"), words, None, [person.email], fail_silently=True) == 1
    )


@door("manage_people")
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One account."""
    found = person_at(request.user, "manage_people", number)
    was = {name: getattr(found, name) for name in ("name", "email", "phone")}
    was["organisation"] = as_typed(found.organisation)
    form = PersonForm(organisations_for(request.user, "manage_people"), request.POST or None, known=True, initial=was)
    if request.method == "POST" and form.is_valid():
        accounts.change_account(found, by=me(request), **form.cleaned_data)
        messages.success(request, say("已保存。", "Saved."))
        return redirect("person", number=number)
    return render(request, "accounts/person.html", {"form": form} | _known(found))


def _known(found: User) -> dict[str, Any]:
    return {
        "person": found,
        "state": state_of(found),
        "roles": roles_of(User.objects.prefetch_related("roles__organisation").get(pk=found.pk)),
        "sessions": UserSession.objects.filter(user=found).count(),
        "has_factor": Authenticator.objects.filter(user=found, type=Authenticator.Type.TOTP).exists(),
        "locked": AccessAttempt.objects.filter(
            username=found.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
        ).exists(),
    }


@never_cache
@require_POST
@door("manage_people", weighty=True)
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """A new link of invitation; it also serves who has forgotten the password."""
    return linked(request, person_at(request.user, "manage_people", number), "person")


@require_POST
@door("manage_people", weighty=True)
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """Switch an account off, which ends its sessions, or on again."""
    found = person_at(request.user, "manage_people", number)
    try:
        with transaction.atomic():
            if found.is_active:
                accounts.switch_off(found, by=me(request))
                end_sessions(found)
            else:
                accounts.switch_on(found, by=me(request))
    except Refusal as refusal:
        messages.error(request, say(refusal.zh, refusal.en))
    return redirect("person", number=number)


@require_POST
@door("manage_people", weighty=True)
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Forget the wrong passwords of an account."""
    found = person_at(request.user, "manage_people", number)
    with transaction.atomic():
        AccessAttempt.objects.filter(username=found.username).delete()
        place = accounts.place_of(found)
        record("user.unlocked", accounts.subject(found), actor=me(request), organisation=place, username=found.username)
    messages.success(request, say("已解除锁定。", "Unlocked."))
    return redirect("person", number=number)


@require_POST
@door("manage_people", weighty=True)
def sign_out(request: HttpRequest, number: int) -> HttpResponse:
    """End all sessions of an account."""
    found = person_at(request.user, "manage_people", number)
    with transaction.atomic():
        ended = end_sessions(found)
        place = accounts.place_of(found)
        record("user.sessions_ended", accounts.subject(found), actor=me(request), organisation=place, count=str(ended))
    messages.success(request, say(f"已结束 {ended} 个会话。", f"{ended} sessions ended."))
    return redirect("person", number=number)


def end_sessions(user: User) -> int:
    """End all sessions of a person; tells how many."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
