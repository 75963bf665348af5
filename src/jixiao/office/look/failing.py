"""The answer when the office fails: what failed, in words, as a page or as JSON; made without disk or database."""

import sys
from html import escape
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

from jixiao.office.look.words import say, told
from jixiao.office.trouble import Trouble, trouble_of
from jixiao.scoring.sheet import Text

_UNKNOWN: Final = Trouble(
    500, "inner",
    Text(
        "本系统出了问题，已记入服务器日志；您的数据没有改动。请稍后再试，或把时间告诉管理员。",
        "The office failed; it is in the server's log, and your data was not changed. Try again later, or tell your"
        " administrator the time.",
    ),
)  # fmt: skip
_PAGE: Final = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>出错了 · Something failed</title></head>\n'
    '<body><h1>出错了 Something failed</h1><p>{}</p>\n<p lang="en">{}</p></body></html>\n'
)


def failed(request: HttpRequest) -> HttpResponse:
    """What is answered in place of an exception that nobody caught; of its own words none is shown."""
    return _told(request, trouble_of(sys.exc_info()[1]) or _UNKNOWN)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is answered in place of a request that cannot be read; a session that a disk would not take is none."""
    trouble = trouble_of(exception)
    return bad_request(request, exception) if trouble is None else _told(request, trouble)


def _told(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    if request.path.startswith("/api/"):
        made = _problem(trouble)
    elif request.content_type == "application/json":
        made = _answer({"error": trouble.code, "words": told(trouble.words)}, "application/json", trouble.status)
    else:
        page = _PAGE.format(escape(trouble.words.zh), escape(trouble.words.en))
        made = HttpResponse(page, status=trouble.status)
    made["Cache-Control"] = "no-store"
    return made


def _problem(trouble: Trouble) -> HttpResponse:
    """As the API tells every error (RFC 9457)."""
    body = {
        "type": f"urn:jixiao:problem:{trouble.code}", "title": say("服务器出错", "The server failed"),
        "status": trouble.status, "detail": told(trouble.words),
    }  # fmt: skip
    return _answer(body, "application/problem+json", trouble.status)


def _answer(body: dict[str, object], kind: str, status: int) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=kind)
