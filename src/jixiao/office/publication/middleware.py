"""The short way to the public site: its requests pass no session, no sign-in and no cookie, so that none can matter."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import translation

from jixiao.office.publication.pages.answering import BASE, html, is_english


class PublicMiddleware:
    """Answers what lies below /open/ itself; all else goes on."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take what answers the rest."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a public request, or hand it on."""
        if not request.path.startswith(BASE):
            return self._answer(request)
        try:
            match = resolve(request.path)
            request.resolver_match = match
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        except Http404:
            response = missing(request)
        response["X-Frame-Options"] = "DENY"
        response["Content-Language"] = "en" if is_english(request) else "zh-CN"
        return response


def missing(request: HttpRequest) -> HttpResponse:
    """There is no such public page; nothing tells whether there is one that is not public."""
    with translation.override("en" if is_english(request) else "zh-hans"):
        body, kind = html(request, "missing.html")
    return HttpResponse(body, content_type=kind, status=404)
