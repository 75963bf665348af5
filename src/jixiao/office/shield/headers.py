"""Headers of every answer, whoever made it: page, file, error, static file, API, public site.

`django-csp` and Django's own middleware set what they know; here the rest is made sure of.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""The methods that anything here answers; TRACE, which would show a request's own headers, is none."""
NOT_USED: Final = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), browsing-topics=()"
"""What no page of ours ever asks a browser for."""
_OPEN: Final = ("/static/", "/open/", "/robots.txt")
"""Where nothing depends on who asks: these say themselves how long they keep."""


class HeadersMiddleware:
    """Sets what an answer has not said itself; the first but for Django's own."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take what answers."""
        self._inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with all headers."""
        answer = self._inner(request) if request.method in METHODS else _no_such_method()
        for_all = "Access-Control-Allow-Origin" in answer
        answer.headers.setdefault("X-Frame-Options", "DENY")
        answer.headers.setdefault("Permissions-Policy", NOT_USED)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if for_all else "same-origin")
        if not request.path.startswith(_OPEN):
            answer.headers.setdefault("Cache-Control", "no-store")
        kind = answer.headers.get("Content-Type", "")
        if _is_text(kind) and "charset" not in kind:
            answer.headers["Content-Type"] = f"{kind}; charset=utf-8"
        return answer


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or kind.endswith(("+xml", "/xml"))


def _no_such_method() -> HttpResponse:
    answer = HttpResponse(status=405)
    answer.headers["Allow"] = ", ".join(sorted(METHODS))
    return answer
