"""While nobody is there, the door and the sign-in page lead to the first page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jixiao.office.setup.first import nobody_yet


class FirstPageMiddleware:
    """Sends who comes to an empty office to the first page; asks nothing once there is a user."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the first page."""
        if request.path in ("/", reverse("account_login")) and nobody_yet():
            return HttpResponseRedirect(reverse("setup:first"))
        return self._answer(request)
