"""Remembers the network address of each request for the journal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jixiao.office.journal.record import address


class AddressMiddleware:
    """Sets `record.address` while a request is answered."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the address known."""
        token = address.set(str(request.META.get("REMOTE_ADDR", ""))[:45])
        try:
            return self._answer(request)
        finally:
            address.reset(token)
