"""The public site as plain files 静态副本: any web server can hand them to any crowd, without us and a database."""

import shutil
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve

from jixiao.desk.errors import WrongUse
from jixiao.office.publication.models import PAPERS, Publication
from jixiao.office.publication.packages import scopes
from jixiao.office.publication.pages.answering import BASE, COPY, COPY_PAPERS, ENGLISH_BASE
from jixiao.office.publication.pages.data import FILES
from jixiao.office.publication.pages.lists import SHOWN, standing

MARK: Final = ".jixiao-site"
"""The file that tells a folder of ours from any other."""
_STATIC: Final = ("look/office.css", "look/mark.svg", "publication/public.css")
_MOST_PAGES: Final = 40
_ALONE: Final = ("sitemap.xml", "data/form.schema.json", "data/dictionary.md")
_JOURNAL: Final = ("journal/checkpoints.txt", "journal/key.pub")
"""The second place that everybody can read."""


def copy_site(out: Path, site: str, *, documents: bool = True) -> int:
    """Write every public page of both languages into a folder; what stood there of an older copy is replaced.

    Args:
        out: the folder, which becomes the root of a web server; new, empty, or an older copy.
        site: the address at which it will be read, "https://open.example".
        documents: whether the official documents are in it, too.

    Returns:
        How many files were written.

    Raises:
        WrongUse: the folder holds something else, or the address is none.
    """
    _check(out, site)
    written = {_write(out, address, pieces) for address, pieces in _everything(site, documents=documents)}
    written |= {_static(out, name) for name in _STATIC}
    _forget(out, written)
    return len(written)


def _check(out: Path, site: str) -> None:
    if urlsplit(site).scheme not in {"http", "https"} or not urlsplit(site).netloc:
        zh = f"--site 读到“{site}”，应为网站的地址，如 https://open.example。"
        raise WrongUse(zh, f"--site reads {site!r}; the address of the site is expected, like https://open.example.")
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).is_file())):
        zh = f"{out} 里有别的内容，没有动它。请给一个新的或空的文件夹，或以前的静态副本。"
        raise WrongUse(
            zh, f"{out} holds something else and was left alone. Name a new or empty folder, or an older copy."
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("jixiao copy of the public site\n", encoding="utf-8")


def _everything(site: str, *, documents: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    for address in addresses(documents=documents):
        request = _request(site, address)
        if documents:
            request.META[COPY_PAPERS] = "1"
        match = resolve(address)
        response = match.func(request, *match.args, **match.kwargs)
        yield address, _pieces(response)


def _pieces(response: HttpResponseBase) -> Iterator[bytes]:
    """The bytes of an answer; its file is closed, its request is no event, for it stands in the middle of a query."""
    if isinstance(response, FileResponse):
        yield from response
        if response.file_to_stream is not None:
            response.file_to_stream.close()
    elif isinstance(response, HttpResponse):
        yield response.content


def _request(site: str, address: str) -> HttpRequest:
    parts = urlsplit(site)
    about = {
        "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": "", "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or 0), "wsgi.url_scheme": parts.scheme, "wsgi.input": BytesIO(),
        COPY: site.rstrip("/"),
    }  # fmt: skip
    return WSGIRequest(about)


def addresses(*, documents: bool = True) -> Iterator[str]:
    """Every public address: pages in both languages, then files."""
    for page in _pages():
        yield f"{BASE}{page}"
        yield f"{ENGLISH_BASE}{page}"
    names = ("form.json", "record.json", *(f"official.{kind}" for kind in PAPERS if documents))
    for uid, year in standing().order_by("pk").values_list("uid", "year"):
        yield from (f"{BASE}projects/{uid}/{year}/{name}" for name in names)
    held = standing().count()
    yield from (f"{BASE}data/{scope}/{name}" for scope in scopes() if held for name in FILES)
    yield from (f"{BASE}{name}" for name in (*_ALONE, *_JOURNAL))
    yield from (f"{BASE}sitemap-{page}.xml" for page in range(1, max(1, -(-held // 10_000)) + 1))
    yield "/robots.txt"


def _pages() -> Iterator[str]:
    yield from ("", "about/", "search/", "departments/", "data/", "journal/", "feed.atom", "feed.rss")
    rows = standing().order_by()
    for year in rows.values_list("year", flat=True).distinct():
        yield from _list(f"years/{year}/", rows.filter(year=year).count())
    for kind in ("department", "unit"):
        for uid in rows.values_list(f"{kind}_uid", flat=True).distinct():
            of_place = rows.filter(**{f"{kind}_uid": uid})
            yield from _list(f"{kind}s/{uid}/", of_place.count())
            for year in of_place.values_list("year", flat=True).distinct():
                yield from _list(f"{kind}s/{uid}/{year}/", of_place.filter(year=year).count())
    for uid, year in Publication.objects.order_by("pk").values_list("uid", "year"):
        yield f"projects/{uid}/{year}/"


def _list(address: str, rows: int) -> Iterator[str]:
    yield address
    yield from (f"{address}page-{page}/" for page in range(2, min(_MOST_PAGES, -(-rows // SHOWN)) + 1))


def _write(out: Path, address: str, pieces: Iterable[bytes]) -> Path:
    path = out / address.lstrip("/")
    path = path / "index.html" if address.endswith("/") else path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    return path


def _static(out: Path, name: str) -> Path:
    path, found = out / "static" / name, finders.find(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(str(found), path)
    return path


def _forget(out: Path, written: set[Path]) -> None:
    """Take away what an older copy had and this one has not."""
    for path in [path for part in ("open", "static") for path in (out / part).rglob("*") if path.is_file()]:
        if path not in written:
            path.unlink()
