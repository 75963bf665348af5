"""The whole history of a form: every save with its changes, refused ones, too; the versions that were handed over."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jixiao.office.doors.ask import may
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Save, Version
from jixiao.office.filing.past import ON_A_PAGE, compared, record_of_version, told_changes
from jixiao.office.filing.saving import changes_of, closed


@login_required
@require_safe
def history(request: HttpRequest, number: int) -> HttpResponse:
    """Every save, the newest first, and the versions."""
    filing = open_filing(request.user, number)
    held = record_of(filing)
    saves = Save.objects.filter(filing=filing).select_related("by").order_by("-pk")
    page = Paginator(saves, ON_A_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "filing": filing,
        "page": page,
        "saves": [(save, told_changes(held, changes_of(save.changes))) for save in page],
        "versions": Version.objects.filter(filing=filing).select_related("by").defer("form", "review").order_by("-pk"),
        "may_edit": may(request.user, "edit", filing) and not closed(filing.round),
    }
    return render(request, "filing/history.html", context)


@login_required
@require_safe
def version(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """What a version differs in from the form as it is now, and from the version before it."""
    filing = open_filing(request.user, number)
    found = get_object_or_404(Version.objects.select_related("by"), pk=pk, filing=filing)
    before = Version.objects.filter(filing=filing, pk__lt=pk).order_by("-pk").first()
    here = record_of_version(found)
    context = {
        "filing": filing,
        "version": found,
        "before": before,
        "since": compared(record_of_version(before), here) if before else None,
        "until_now": compared(here, record_of(filing)),
    }
    return render(request, "filing/version.html", context)
