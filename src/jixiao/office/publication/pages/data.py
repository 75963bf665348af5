"""Open data on the site: what there is, and the files of each package."""

from functools import partial
from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from jixiao.form import encode, json_schema
from jixiao.office.publication.opendata.folder import DESCRIPTION
from jixiao.office.publication.opendata.package import dictionary
from jixiao.office.publication.opendata.tables import NAMES, tables
from jixiao.office.publication.packages import about, count, is_small, kept, make, scopes, version
from jixiao.office.publication.pages.answering import Made, answer, html, public
from jixiao.office.publication.pages.lists import changed
from jixiao.office.publication.tasks import package

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/jsonl; charset=utf-8",
    "md": "text/markdown; charset=utf-8", "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
FILES: Final = (
    DESCRIPTION, "forms.json", "records.jsonl", *(f"{name}.{kind}" for name in NAMES for kind in ("csv", "parquet")),
    "form.schema.json", "dictionary.md",
)  # fmt: skip
"""The files of every package."""


@public
def data(request: HttpRequest) -> HttpResponse:
    """What there is to download, and what its columns mean."""
    return answer(request, changed(), partial(_data, request))


def _data(request: HttpRequest) -> Made:
    there = [{"scope": scope, "forms": forms} for scope in scopes() if (forms := count(scope))]
    return html(request, "data.html", scopes=there, files=FILES, tables=tables().values(), licence=about("all").licence)


@public
def file(request: HttpRequest, scope: str, name: str) -> HttpResponseBase:
    """One file of a package; a package that is out of date is made first, a large one by the queue."""
    if name not in FILES or scope not in scopes():
        raise Http404
    named = version(scope)
    if named is None:
        raise Http404
    tag = f'"{named}-{name}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": tag})
    folder = kept(scope, named)
    if folder is None and not is_small(named):
        package.using(unique=f"package {scope}").enqueue(scope)
        return _later(request)
    return _sent((folder or make(scope, named)) / name, tag)


def _later(request: HttpRequest) -> HttpResponse:
    body, media = html(request, "later.html")
    response = HttpResponse(body, content_type=media, status=503)
    response["Retry-After"] = "60"
    return response


def _sent(path: Path, tag: str) -> FileResponse:
    media = _TYPES[path.name.rpartition(".")[2]]
    response = FileResponse(path.open("rb"), content_type=media, as_attachment=False)  # closed by the response
    response["Content-Disposition"] = f'inline; filename="{path.name}"'
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a form."""
    return answer(request, changed(), lambda: (encode(json_schema()), "application/schema+json"))


@public
def words(request: HttpRequest) -> HttpResponse:
    """The dictionary of the tables."""
    return answer(request, changed(), lambda: (dictionary(), "text/markdown; charset=utf-8"))
