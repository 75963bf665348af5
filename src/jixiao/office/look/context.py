"""What every page knows: its language and whether this is a demo office."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from jixiao.office.demonstration import demo_accounts, is_demo
from jixiao.office.doors.ask import may_here
from jixiao.office.look.menu import menu
from jixiao.office.look.words import in_english


def page(request: HttpRequest) -> dict[str, Any]:
    """The variables `english`, `demo`, `menu`, and `idle`: seconds until somebody who does nothing is signed out."""
    user = getattr(request, "user", None)
    return {
        "english": in_english(),
        "demo": is_demo(),
        "demo_accounts": demo_accounts,
        "menu": menu(user, request.path, may_here),
        "idle": settings.IDLE_MINUTES * 60 if user is not None and user.is_authenticated else 0,
    }
