"""Errors of the API as problem details (RFC 9457): a code, a sentence in two languages, and what to do."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from jixiao.desk.errors import WrongUse
from jixiao.office.filing.door import NotNow
from jixiao.office.look.words import say

MEDIA: Final = "application/problem+json"

TITLES: Final = {
    400: ("请求读不懂", "The request cannot be read"),
    401: ("没有有效的令牌", "No valid token"),
    403: ("不能这样做", "Not allowed"),
    404: ("没有这一项", "No such thing"),
    405: ("此地址不接受这种方法", "This address does not take that method"),
    406: ("没有这种格式", "No such format"),
    409: ("与别人的修改冲突", "In conflict with somebody else's change"),
    410: ("已不能再改", "Cannot be changed any more"),
    412: ("版本已变", "The version has changed"),
    413: ("内容太大", "Too large"),
    415: ("请求的格式不对", "The request is of the wrong format"),
    422: ("内容不合约定", "Not of the contract"),
    428: ("缺少版本", "The version is missing"),
    429: ("请求太多", "Too many requests"),
    503: ("现在太忙", "Too busy now"),
    500: ("服务器出错", "The server failed"),
}


Failure = TypeVar("Failure", bound=Exception)
_UNREADABLE: Final = 400
_NO_TOKEN: Final = 401


class Problem(Exception):
    """A refusal of the API.

    Attributes:
        status: the HTTP status.
        code: a word for programs.
        detail: the sentence.
        more: further members of the answer.
    """

    def __init__(self, status: int, code: str, zh: str, en: str, **more: Any) -> None:
        """Take status, code and sentence in two languages."""
        super().__init__(code)
        self.status, self.code, self.detail, self.more = status, code, say(zh, en), more


def answer(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """A problem as a response."""
    zh, en = TITLES.get(status, TITLES[400])
    body = {"type": f"urn:jixiao:problem:{code}", "title": say(zh, en), "status": status, "detail": detail, **more}
    made = HttpResponse(msgspec.json.encode(body), status=status, content_type=MEDIA)
    if status == _NO_TOKEN:
        made["WWW-Authenticate"] = 'Bearer realm="jixiao"'
    return made


def not_found() -> HttpResponse:
    """What is not there, and what may not be seen."""
    return answer(
        404,
        "not-found",
        say("没有这一项，或者您无权查看。", "There is no such thing, or you may not see it."),
    )


def set_handlers(api: NinjaAPI) -> None:
    """Every error of the API becomes a problem."""
    _handle(api, Problem, lambda error: answer(error.status, error.code, error.detail, **error.more))
    _handle(api, Http404, lambda _: not_found())
    _handle(api, NotNow, _not_now)
    _handle(api, ValidationError, _invalid)
    _handle(api, WrongUse, lambda error: answer(422, "wrong-use", say(error.zh, error.en)))
    _handle(api, HttpError, _http)


def _handle(api: NinjaAPI, kind: type[Failure], told: Callable[[Failure], HttpResponse]) -> None:
    """Answer failures of one kind."""

    def handler(request: HttpRequest, error: Failure | type[Failure]) -> HttpResponse:
        if isinstance(error, kind):
            return told(error)
        raise TypeError(error)

    api.add_exception_handler(kind, handler)


def _not_now(error: NotNow) -> HttpResponse:
    zh = f"这张表现在是“{error.filing.get_state_display()}”，您的角色不能做“{error.act}”。"
    en = f"The form is in the state {error.filing.state!r}; your role may not do {error.act!r}."
    return answer(403, "not-now", say(zh, en), state=error.filing.state)


def _invalid(error: ValidationError) -> HttpResponse:
    faults = [{"where": "/".join(map(str, fault["loc"])), "what": str(fault["msg"])} for fault in error.errors]
    said = say("请求的内容不合约定，见 faults。", "The request is not of the contract; see faults.")
    return answer(422, "invalid", said, faults=faults)


def _http(error: HttpError) -> HttpResponse:
    if error.status_code == _NO_TOKEN:
        zh, en = "请在 Authorization 头里给出 Bearer 令牌。", "Give a bearer token in the header Authorization."
        return answer(_NO_TOKEN, "no-token", say(zh, en))
    if error.status_code == _UNREADABLE:
        zh, en = "请求体不是 JSON。", "The body is no JSON."
        return answer(_UNREADABLE, "not-json", say(zh, en))
    return answer(error.status_code, "refused", str(error))
