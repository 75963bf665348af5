"""Answering the public: one address in two languages, entity tags, and pages kept in memory until something changes."""

import os
from calendar import timegm
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import http_date

from jixiao import __version__

BASE: Final = "/open/"
ENGLISH_BASE: Final = "/open/en/"
_FRESH: Final = "public, max-age=300"
_MOST_BYTES: Final = 64 * 2**20

COPY: Final = "jixiao.copy"
"""Set in a request that is made to copy the site into files: the address at which the copy will be read."""

COPY_PAPERS: Final = "jixiao.copy.papers"
"""Set in such a request where the copy holds the official documents, too."""

Made = tuple[bytes, str]
"""A body and its media type."""


class Kept:
    """Answers kept in memory, the ones used last; an answer made from an older state is never given."""

    def __init__(self, most: int) -> None:
        """Keep at most so many bytes."""
        self._most, self._size = most, 0
        self._held: OrderedDict[str, tuple[str, Made]] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, version: str) -> Made | None:
        """What is kept for an address, if it is of this version."""
        with self._lock:
            held = self._held.get(address)
            if held is None or held[0] != version:
                return None
            self._held.move_to_end(address)
            return held[1]

    def put(self, address: str, version: str, made: Made) -> None:
        """Keep an answer; those that were not asked for longest go."""
        with self._lock:
            if address in self._held:
                self._size -= len(self._held.pop(address)[1][0])
            self._held[address] = (version, made)
            self._size += len(made[0])
            while self._size > self._most:
                self._size -= len(self._held.popitem(last=False)[1][1][0])

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._held.clear()
            self._size = 0


KEPT: Final = Kept(_MOST_BYTES)


def is_english(request: HttpRequest) -> bool:
    """Whether the address is one of the English pages."""
    return request.path.startswith(ENGLISH_BASE)


def absolute(request: HttpRequest, path: str) -> str:
    """A path as a whole address: of the site that answers, or of the copy that is made."""
    site = request.META.get(COPY) or os.environ.get("JIXIAO_OPEN_HOME", "").rstrip("/")
    return f"{site}{path}" if site else request.build_absolute_uri(path)


def base_of(request: HttpRequest) -> str:
    """The address below which all pages of the request's language lie."""
    return ENGLISH_BASE if is_english(request) else BASE


def answer(
    request: HttpRequest, changed: datetime, make: Callable[[], Made], *, keep: bool = True, status: int = 200
) -> HttpResponse:
    """The answer to a request: not modified, kept, or made now.

    Args:
        request: the request.
        changed: when what the page shows last changed: its version.
        make: makes body and media type.
        keep: whether the answer may be kept in memory (there are not endlessly many of its kind).
        status: of the answer.
    """
    address = absolute(request, request.get_full_path())
    version = f"{changed.isoformat()} {__version__}"
    tag = f'"{sha256(f"{address} {version}".encode()).hexdigest()[:24]}"'
    if status == 200 and tag in request.headers.get("If-None-Match", ""):
        return _headed(HttpResponseNotModified(), tag, changed)
    keep = keep and not request.META.get("QUERY_STRING") and COPY not in request.META
    made = KEPT.get(address, version) if keep else None
    if made is None:
        with translation.override("en" if is_english(request) else "zh-hans"):
            made = make()
        if keep:
            KEPT.put(address, version, made)
    return _headed(HttpResponse(made[0], content_type=made[1], status=status), tag, changed)


def _headed(response: HttpResponse, tag: str, changed: datetime) -> HttpResponse:
    response["ETag"] = tag
    response["Last-Modified"] = http_date(timegm(changed.utctimetuple()))
    response["Cache-Control"] = _FRESH
    return response


def html(request: HttpRequest, template: str, **told: Any) -> Made:
    """A page in the language of its address."""
    path = request.path
    english = is_english(request)
    twin = path.replace(ENGLISH_BASE, BASE, 1) if english else path.replace(BASE, ENGLISH_BASE, 1)
    query = request.META.get("QUERY_STRING", "")
    about = {
        "english": english,
        "base": base_of(request),
        "canonical": absolute(request, path),
        "twin": f"{twin}?{query}" if query else twin,
        "twin_canonical": absolute(request, twin),
        "copy": COPY in request.META,
        "with_papers": COPY not in request.META or COPY_PAPERS in request.META,
    }
    return render_to_string(f"publication/{template}", about | told).encode(), "text/html; charset=utf-8"


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A public page answers to GET and HEAD alone."""

    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return view(request, *given, **named)

    return answered
