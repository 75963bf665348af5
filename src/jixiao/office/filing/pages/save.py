"""Saving, as the page's script does it, and as the page does without a script."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from jixiao.office.filing.answers import saved
from jixiao.office.filing.merging import Asked
from jixiao.office.filing.pages.asking import as_json, body, call
from jixiao.office.filing.saving import save


@require_POST
@call
def save_cells(request: HttpRequest, number: int) -> HttpResponse:
    """Save some cells: 200 with the new version, figures and findings, or why not."""
    return as_json(saved(save(request.user, number, body(request, Asked))))
