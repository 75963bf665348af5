"""What every page knows: its language and whether this is a demo office."""

from typing import Any

from django.http import HttpRequest

from jixiao.office.demonstration import is_demo
from jixiao.office.doors.ask import may_here
from jixiao.office.look.menu import menu
from jixiao.office.look.words import in_english


def page(request: HttpRequest) -> dict[str, Any]:
    """The variables `english`, `demo` and `menu`."""
    return {
        "english": in_english(),
        "demo": is_demo(),
        "menu": menu(getattr(request, "user", None), request.path, may_here),
    }
