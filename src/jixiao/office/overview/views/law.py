"""Explanations: every check (what it asks, why, on which clause) and every rulebook, value by value."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jixiao.desk import library
from jixiao.office.overview.explained import by_family, days_of, index_of, indexes, parts_of
from jixiao.writing.pages import check_parts


@login_required
@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """All checks by family."""
    return render(request, "overview/checks.html", {"families": list(by_family())})


@login_required
@require_GET
def check(request: HttpRequest, code: str) -> HttpResponse:
    """One check.

    Raises:
        Http404: there is no check of that code.
    """
    found = library.checks().get(code.upper())
    if found is None:
        raise Http404
    books = [(one.book, entry) for one in indexes() for entry in one.entries if entry.id == found.clause_of]
    return render(request, "overview/check.html", {"check": found, "parts": check_parts(found), "books": books})


@login_required
@require_GET
def rulebooks(request: HttpRequest) -> HttpResponse:
    """All rulebooks with the days on which they changed."""
    books = [(one.book, days_of(one.book.id)) for one in indexes()]
    return render(request, "overview/rulebooks.html", {"books": books})


@login_required
@require_GET
def rulebook(request: HttpRequest, identifier: str, day: str) -> HttpResponse:
    """One rulebook on a day; with `?entry=` what stands behind one of its entries."""
    index = index_of(identifier, day)
    wanted = request.GET.get("entry", "")
    told = [(entry, parts_of(index, entry)) for entry in index.entries if wanted and entry.id == wanted]
    if wanted and not told:
        raise Http404
    return render(
        request, "overview/rulebook.html", {"book": index.book, "day": day, "entries": index.entries, "told": told}
    )
