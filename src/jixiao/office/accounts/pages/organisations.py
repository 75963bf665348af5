"""The tree of organisations: the list, one of them, adding, moving, closing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jixiao.office.accounts.door import door, me, organisation_at, organisations_for
from jixiao.office.accounts.forms import MoveForm, OrganisationForm, as_typed
from jixiao.office.look.words import say
from jixiao.office.people import tree
from jixiao.office.people.duties import KIND_NAMES, ROLE_NAMES
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.people.refusal import Refusal

_PAGE = 100
_SUGGESTED = 20


@door("manage_people")
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree as a list, each below what it belongs to."""
    asked, closed = request.GET.get("q", "").strip(), request.GET.get("closed") == "1"
    rows = organisations_for(request.user, "manage_people").order_by("path")
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(code__startswith=asked))
    if not closed:
        rows = rows.filter(closed=False)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    nodes = list(page.object_list)
    people = dict(_counted(User.objects.filter(is_active=True), nodes))
    tops = min((node.path.count("/") for node in nodes), default=0)
    lines = [
        {
            "node": node,
            "depth": min(8, node.path.count("/") - tops),
            "people": people.get(node.pk, 0),
            "kind": _kind(node),
        }
        for node in nodes
    ]
    return render(request, "accounts/organisations.html", {"lines": lines, "page": page, "q": asked, "closed": closed})


def _counted(people: Any, nodes: list[Organisation]) -> Any:
    return people.filter(organisation__in=nodes).order_by().values_list("organisation").annotate(Count("pk"))


def _kind(node: Organisation) -> str:
    return say(*KIND_NAMES[node.kind])


@door("manage_people", "grant_roles")
def find(request: HttpRequest) -> HttpResponse:
    """Suggestions for a field that takes an organisation, as options."""
    typed = next((str(value).strip() for value in request.GET.values() if str(value).strip()), "")
    rows = organisations_for(request.user, "manage_people", "grant_roles").filter(closed=False).order_by("path")
    if typed:
        rows = rows.filter(Q(name__icontains=typed) | Q(code__startswith=typed.split(maxsplit=1)[0]))
    return render(request, "accounts/places.html", {"places": [as_typed(node) for node in rows[:_SUGGESTED]]})


@door("manage_people")
def add(request: HttpRequest) -> HttpResponse:
    """A new organisation below another; at the top only a bureau."""
    uid = request.GET.get("below", "")
    parent = organisation_at(request.user, "manage_people", uid) if uid else None
    usual = {"bureau": "department", "department": "unit", "unit": "unit"}[parent.kind] if parent else "bureau"
    form = OrganisationForm(request.POST or None, initial={"kind": usual})
    if request.method == "POST" and form.is_valid():
        try:
            made = tree.add_organisation(parent, by=me(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, say(refusal.zh, refusal.en))
        else:
            messages.success(request, say(f"已增加“{made}”。", f"“{made}” was added."))
            return redirect("organisation", uid=made.uid)
    return render(request, "accounts/organisation_add.html", {"form": form, "parent": parent})


@door("manage_people")
def organisation(request: HttpRequest, uid: str) -> HttpResponse:
    """One organisation: what it is, what is below, who belongs there."""
    node = organisation_at(request.user, "manage_people", uid)
    was = {name: getattr(node, name) for name in ("name", "kind", "code", "name_en")}
    form = OrganisationForm(request.POST or None, initial=was)
    if request.method == "POST" and form.is_valid():
        try:
            tree.change_organisation(node, by=me(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, say(refusal.zh, refusal.en))
        else:
            messages.success(request, say("已保存。", "Saved."))
            return redirect("organisation", uid=uid)
    return _shown(request, node, form, MoveForm(_places(request), initial={"parent": as_typed(node.parent)}))


def _shown(request: HttpRequest, node: Organisation, form: OrganisationForm, move: MoveForm) -> HttpResponse:
    known = {
        "node": node,
        "kind": _kind(node),
        "form": form,
        "move": move,
        "above": Organisation.objects.filter(pk__in=[int(each) for each in node.path.split("/")[1:-2]]).order_by(
            "path"
        ),
        "below": Organisation.objects.filter(parent=node).order_by("closed", "code", "name"),
        "members": User.objects.filter(organisation=node).order_by("-is_active", "username"),
        "roles": [
            (role.user, say(*ROLE_NAMES[role.kind]))
            for role in Role.objects.filter(organisation=node).select_related("user").order_by("kind")
        ],
    }
    return render(request, "accounts/organisation.html", known)


@require_POST
@door("manage_people", weighty=True)
def move(request: HttpRequest, uid: str) -> HttpResponse:
    """Hang a subtree somewhere else."""
    node = organisation_at(request.user, "manage_people", uid)
    form = MoveForm(_places(request), request.POST)
    if form.is_valid():
        try:
            moved = tree.move_organisation(node, form.cleaned_data["parent"], by=me(request))
        except Refusal as refusal:
            form.add_error(None, say(refusal.zh, refusal.en))
        else:
            if moved:
                messages.success(
                    request, say(f"已移到“{form.cleaned_data['parent']}”下。", "Moved, with all below it.")
                )
            return redirect("organisation", uid=uid)
    was = {name: getattr(node, name) for name in ("name", "kind", "code", "name_en")}
    return _shown(request, node, OrganisationForm(initial=was), form)


@require_POST
@door("manage_people", weighty=True)
def close(request: HttpRequest, uid: str) -> HttpResponse:
    """Close an organisation, or open it again."""
    node = organisation_at(request.user, "manage_people", uid)
    act = tree.open_organisation if node.closed else tree.close_organisation
    try:
        act(node, by=me(request))
    except Refusal as refusal:
        messages.error(request, say(refusal.zh, refusal.en))
    return redirect("organisation", uid=uid)


def _places(request: HttpRequest) -> Any:
    return organisations_for(request.user, "manage_people")
