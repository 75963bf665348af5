"""Suggestions for a cell, for the page's script."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jixiao.office.filing.judging import record_of
from jixiao.office.filing.pages.asking import as_json, call
from jixiao.office.filing.saving import editable
from jixiao.office.filing.suggesting import suggestions


@require_safe
@call
def suggest(request: HttpRequest, number: int) -> HttpResponse:
    """What may stand in `?cell=` where `?text=` is typed, for who fills the form in: it tells of the unit's drafts."""
    filing = editable(request.user, number)
    cell, text = request.GET.get("cell", "")[:200], request.GET.get("text", "")[:200]
    found = suggestions(filing, record_of(filing), cell, text)
    return as_json({"suggestions": msgspec.to_builtins(found)})
