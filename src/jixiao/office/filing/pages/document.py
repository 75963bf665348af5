"""The official document of a filing: made from the form as it is now, in each format; PDF to look at, too."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from jixiao.desk.documents import KINDS, Wanted, document_file
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import safe_name
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.judging import form_of
from jixiao.office.filing.pages.form import family_of
from jixiao.office.look.words import say
from jixiao.writing.official import lay_out

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
}


@login_required
@require_safe
@xframe_options_sameorigin
def document(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The document to be saved, or with `?view=1` the PDF to be looked at."""
    filing = open_filing(request.user, number)
    if kind not in KINDS or kind not in _TYPES:
        raise Http404
    family = family_of(filing)
    wanted = Wanted(family.id, kind, timezone.localdate())
    try:
        content = b"".join(document_file([lay_out(form_of(filing.form), family).document], wanted))
    except WrongUse as fault:
        return render(request, "403.html", {"words": say(fault.zh, fault.en)}, status=422)
    name = f"{safe_name(filing.project.name) or filing.pk}.{kind}"
    is_shown = kind == "pdf" and request.GET.get("view") == "1"
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = _disposition(name, is_shown=is_shown)
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "private, no-store"
    return answer


def _disposition(name: str, *, is_shown: bool) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(not is_shown, name) or "attachment"
