"""What is given out: the picture of a page, the original, the table of verdicts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from jixiao.office.filing import files
from jixiao.office.intake.door import open_batch, open_entry, open_source, visible_lines
from jixiao.office.intake.exporting import as_file
from jixiao.office.intake.models import Shown


@require_safe
@login_required
def picture(request: HttpRequest, number: int, page: int) -> HttpResponseBase:
    """A page of the source as PNG, which our own child made; it never changes."""
    entry = open_entry(request.user, number)
    open_source(request.user, entry.source_id)
    shown = get_object_or_404(Shown.objects.exclude(picture=""), sha256=entry.source.sha256, number=page)
    try:
        content = files.path_of(shown.picture).open("rb")  # closed by the response
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_safe
@login_required
def original(request: HttpRequest, number: int) -> HttpResponseBase:
    """A file as it was handed in, to be saved."""
    source = open_source(request.user, number)
    try:
        return files.download(source.sha256, source.name.rpartition("/")[2])
    except FileNotFoundError as error:
        raise Http404 from error


@require_safe
@login_required
def verdicts(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The table of verdicts as CSV or XLSX, all lines of it."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    batch = open_batch(request.user, number)
    entries: Any = visible_lines(request.user).filter(batch=batch).select_related("source").defer("form", "mended")
    return as_file(kind, f"import-{batch.pk}", entries)
