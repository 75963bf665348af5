"""Who asks: the token in the header, and whether it covers what is asked."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from jixiao.office.api.models import Token
from jixiao.office.api.problems import Problem
from jixiao.office.api.tokens import token_of
from jixiao.office.people.models import User


class Bearer(HttpBearer):
    """A token with one scope."""

    def __init__(self, scope: str) -> None:
        """Take the scope that is needed."""
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's record; `None` where it does not hold.

        Raises:
            Problem: it holds, but not for this.
        """
        found = token_of(token)
        if found is None:
            return None
        if self.scope not in found.scopes.split():
            zh, en = f"这个令牌没有 {self.scope} 权限。", f"This token does not cover {self.scope}."
            raise Problem(403, "scope", zh, en, scope=self.scope)
        request.user = found.user
        return found


READ = Bearer("forms:read")
WRITE = Bearer("forms:write")
DECIDE = Bearer("decisions:write")


def user_of(request: HttpRequest) -> User:
    """The person whose token was shown."""
    return token_shown(request).user


def token_shown(request: HttpRequest) -> Token:
    """The token that was shown."""
    shown: Token = request.auth  # type: ignore[attr-defined]  # the library sets it
    return shown
