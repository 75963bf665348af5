"""Projects: the list, a new one, one with its years, changing, ending and moving it."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jixiao.office.doors.ask import may_here
from jixiao.office.filing.door import visible_filings
from jixiao.office.look.words import say
from jixiao.office.rounds.models import ApprovedTarget, Budget
from jixiao.office.year.acts import add_project, change_project, end_project
from jixiao.office.year.door import own_units, the_project, visible_projects
from jixiao.office.year.forms import ProjectForm

PER_PAGE: Final = 50


@login_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects that a person sees, narrowed by words and by whether they go on."""
    found, text = visible_projects(request.user), request.GET.get("q", "").strip()[:60]
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(unit__name__icontains=text))
    going = request.GET.get("going", "on")
    if going in ("on", "ended"):
        found = found.filter(ended__isnull=going == "on")
    page = Paginator(found.order_by("unit__path", "name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page, "projects": list(page.object_list), "asked": request.GET, "going": going,
        "query": kept.urlencode(), "may_manage": may_here(request.user, "manage_projects"),
    }  # fmt: skip
    return render(request, "year/projects.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """A new project of a unit that the person manages."""
    if not may_here(request.user, "manage_projects"):
        raise PermissionDenied
    form = ProjectForm(request.POST or None, units=own_units(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = add_project(given["unit"], given["name"], given["code"].strip(), request.user)
        messages.success(request, say("项目已建立。", "The project is made."))
        return redirect("project", made.pk)
    return render(request, "year/project_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def project(request: HttpRequest, number: int) -> HttpResponse:
    """One project through the years: filings, targets with their history, budgets."""
    found = the_project(request.user, number)
    filings = visible_filings(request.user).filter(project=found).select_related("round")
    context = {
        "project": found,
        "filings": list(filings.order_by("-round__fiscal_year")),
        "targets": list(ApprovedTarget.objects.filter(project=found).select_related("approved_by").order_by("-pk")),
        "budgets": list(Budget.objects.filter(project=found).order_by("-fiscal_year")),
        "may_manage": may_here(request.user, "manage_projects", found.unit),
        "may_approve": may_here(request.user, "approve_targets", found.unit),
    }
    return render(request, "year/project.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Another name, code or unit."""
    found = the_project(request.user, number, "manage_projects")
    initial = {"unit": found.unit, "name": found.name, "code": found.code}
    form = ProjectForm(request.POST or None, units=own_units(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        change_project(found, form.cleaned_data, request.user)
        messages.success(request, say("已保存。", "Saved."))
        return redirect("project", number)
    context = {"form": form, "project": found}
    return render(request, "year/project_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def project_end(request: HttpRequest, number: int) -> HttpResponse:
    """End a project with a year, or let it go on again."""
    found = the_project(request.user, number, "manage_projects")
    text = request.POST.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
    if year is None and not request.POST.get("resume"):
        messages.error(
            request,
            say(
                f"年度读到“{text[:10]}”，应为四位数的年份。", f"The year reads “{text[:10]}”; four digits are expected."
            ),
        )
        return redirect("project", number)
    end_project(found, None if request.POST.get("resume") else year, request.user)
    messages.success(request, say("已记录。", "Recorded."))
    return redirect("project", number)
