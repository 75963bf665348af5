"""The official document of a published form, to be saved."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from jixiao.desk.errors import WrongUse
from jixiao.desk.files import safe_name
from jixiao.office.filing.files import path_of
from jixiao.office.publication.models import PAPERS
from jixiao.office.publication.pages.answering import html, public
from jixiao.office.publication.pages.project import standing
from jixiao.office.publication.papers import MEDIA_TYPES, paper


@public
def official(request: HttpRequest, uid: str, year: int, kind: str) -> HttpResponseBase:
    """The official document in one format; its entity tag is the hash of its bytes."""
    if kind not in PAPERS:
        raise Http404
    held = standing(uid, year)
    try:
        made = paper(held.editions.get(number=held.edition), kind)
    except WrongUse as fault:
        body, media = html(request, "unprintable.html", held=held, zh=fault.zh, en=fault.en)
        return HttpResponse(body, content_type=media, status=404)
    tag = f'"{made.sha256[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": tag})
    name = f"{held.year}-{safe_name(held.name) or held.uid}.{kind}"
    response = FileResponse(path_of(made.sha256).open("rb"), content_type=MEDIA_TYPES[kind])  # closed by the response
    response["Content-Disposition"] = (
        f"attachment; filename=\"{held.uid}-{held.year}.{kind}\"; filename*=UTF-8''{quote(name)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=3600"
    response["ETag"] = tag
    return response
