"""Roles: what was asked for, who holds what, giving and taking back; and taking away a lost second factor."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jixiao.office.accounts.door import door, me, organisations_for, people_for, person_at
from jixiao.office.accounts.forms import RoleForm, as_typed
from jixiao.office.accounts.pages.people import end_sessions, linked, roles_of, state_of
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.people import roles as acts
from jixiao.office.people.accounts import place_of, subject
from jixiao.office.people.duties import ROLE_NAMES
from jixiao.office.people.models import Proposal, Role
from jixiao.office.people.refusal import Refusal

_PAGE = 50
_MOST_DIGITS = 18


@door("grant_roles")
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role, those first for whom one is asked."""
    asked, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    rows = people_for(request.user, "grant_roles").filter(is_active=True)
    if asked:
        place = Q(organisation__name__icontains=asked) | Q(roles__organisation__name__icontains=asked)
        rows = rows.filter(Q(username__icontains=asked) | Q(name__icontains=asked) | place).distinct()
    if kind in ROLE_NAMES:
        rows = rows.filter(roles__kind=kind).distinct()
    rows = rows.select_related("organisation").prefetch_related("roles__organisation").order_by("username")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    known = {
        "lines": [{"person": each, "roles": roles_of(each)} for each in page.object_list],
        "page": page, "q": asked, "kind": kind, "kinds": _kinds(), "proposals": _proposals(request),
    }  # fmt: skip
    return render(request, "accounts/roles.html", known)


def _kinds() -> list[tuple[str, str]]:
    return [(kind, say(*names)) for kind, names in ROLE_NAMES.items()]


def _proposals(request: HttpRequest) -> list[dict[str, Any]]:
    places = organisations_for(request.user, "grant_roles")
    found = Proposal.objects.filter(organisation__in=places).select_related("user", "organisation", "by")
    return [{"proposal": each, "kind": say(*ROLE_NAMES[each.kind])} for each in found]


@door("grant_roles", weighty=True)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person's roles, and giving one."""
    found = person_at(request.user, "grant_roles", number)
    places = organisations_for(request.user, "grant_roles")
    form = RoleForm(places, request.POST or None, initial={"organisation": as_typed(found.organisation)})
    if request.method == "POST" and form.is_valid():
        place, kind = form.cleaned_data["organisation"], form.cleaned_data["kind"]
        try:
            acts.grant(found, place, kind, by=me(request))
        except Refusal as refusal:
            form.add_error(None, say(refusal.zh, refusal.en))
        else:
            messages.success(request, say("已授予。", "Granted."))
            return redirect("roles-of", number=number)
    held = Role.objects.filter(user=found).select_related("organisation").order_by("pk")
    known = {
        "person": found, "form": form, "state": state_of(found),
        "held": [{"role": role, "kind": say(*ROLE_NAMES[role.kind])} for role in held],
        "asked": [each for each in _proposals(request) if each["proposal"].user_id == found.pk],
        "has_factor": Authenticator.objects.filter(user=found, type=Authenticator.Type.TOTP).exists(),
    }  # fmt: skip
    return render(request, "accounts/roles_of.html", known)


@never_cache
@require_POST
@door("grant_roles", weighty=True)
def new_link(request: HttpRequest, number: int) -> HttpResponse:
    """A new link of invitation, for an administrator whose password no system administrator may reset."""
    return linked(request, person_at(request.user, "grant_roles", number), "roles-of")


@require_POST
@door("grant_roles", weighty=True)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a role back."""
    places = organisations_for(request.user, "grant_roles")
    role = get_object_or_404(Role.objects.select_related("user", "organisation"), pk=number, organisation__in=places)
    _try(request, lambda: acts.take_back(role, by=me(request)))
    return redirect("roles-of", number=role.user_id)


@require_POST
@door("grant_roles", weighty=True)
def decide(request: HttpRequest) -> HttpResponse:
    """Accept, or decline, the proposals that were ticked."""
    given = request.POST.getlist("proposal")
    ticked = [int(each) for each in given if each.isascii() and each.isdigit() and len(each) <= _MOST_DIGITS]
    places = organisations_for(request.user, "grant_roles")
    found = Proposal.objects.filter(pk__in=ticked, organisation__in=places).select_related("user", "organisation", "by")
    accepting = request.POST.get("decision") == "accept"
    done = sum(_try(request, _decision(request, each, accepting=accepting)) for each in found)
    words = (f"已授予 {done} 项。", f"{done} granted.") if accepting else (f"已拒绝 {done} 项。", f"{done} declined.")
    messages.success(request, say(*words))
    return redirect("roles")


def _decision(request: HttpRequest, proposal: Proposal, *, accepting: bool) -> Callable[[], object]:
    if accepting:
        return lambda: acts.grant(proposal.user, proposal.organisation, proposal.kind, by=me(request))
    return lambda: acts.decline(proposal, by=me(request))


def _try(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do an act; where the rules refuse it, tell why. Tells whether it was done."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, say(refusal.zh, refusal.en))
        return False
    return True


@require_POST
@door("grant_roles", weighty=True)
def remove_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take away the second factor of somebody who has lost the phone; it ends their sessions."""
    found = person_at(request.user, "grant_roles", number)
    with transaction.atomic():
        Authenticator.objects.filter(user=found).delete()
        end_sessions(found)
        place = place_of(found)
        record(
            "user.second_factor_reset", subject(found), actor=me(request), organisation=place, username=found.username
        )
    messages.success(request, say("已移除；下次登录时重新设置。", "Removed; it is set up anew at the next sign-in."))
    return redirect("roles-of", number=number)
