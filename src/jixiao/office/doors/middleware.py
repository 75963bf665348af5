"""A request that holds the letter NUL is refused at the door: no text of people has it, and PostgreSQL keeps none."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_NUL: Final = "\x00"
_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class PlainTextMiddleware:
    """Refuses NUL in the path, in what is asked for and in forms; JSON keeps it escaped, and its readers judge it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._answer(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Look at the request once forms may be read.

        Raises:
            BadRequest: it holds the letter; the answer is 400.
        """
        is_form = request.method == "POST" and request.content_type in _FORMS
        if _NUL in request.path or _holds(request.GET) or (is_form and _holds(request.POST)):
            raise BadRequest("NUL in a request")


def _holds(given: Any) -> bool:
    return any(_NUL in name or any(_NUL in text for text in texts) for name, texts in given.lists())
