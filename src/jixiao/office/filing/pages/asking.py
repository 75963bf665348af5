"""What every page and call of the room shares: who may ask, how much, and answers in JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

import msgspec
from django.http import HttpRequest, HttpResponse

from jixiao.office.filing.cells import UnknownCell
from jixiao.office.filing.saving import Met, Refused
from jixiao.office.look.words import say

MOST: Final = 1_000_000
"""Bytes that one save may be long."""
View = TypeVar("View", bound=Callable[..., HttpResponse])
_ENCODER: Final = msgspec.json.Encoder()


def as_json(value: Any, status: int = 200) -> HttpResponse:
    """An answer in JSON, kept by nobody."""
    return HttpResponse(
        _ENCODER.encode(value), status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def wrong(status: int, code: str, words: str, **more: Any) -> HttpResponse:
    """Why not, in JSON: a code, and the sentence for the person."""
    return as_json({"error": code, "words": words, **more}, status)


def call(view: View) -> View:
    """A view that a page's script calls: what goes wrong is told in JSON."""

    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            words = say(
                "登录已过期；请在新标签页登录后再保存，本页内容还在。",
                "Signed out; sign in in another tab, then save again.",
            )
            return wrong(401, "signed-out", words)
        try:
            return view(request, *given, **named)
        except Met as met:
            conflicts = msgspec.to_builtins(met.conflicts)
            return wrong(409, met.code, met.words, version=met.filing.version, conflicts=conflicts, kept=met.kept)
        except Refused as refused:
            return wrong(refused.status, refused.code, refused.words)
        except UnknownCell as unknown:
            return wrong(422, "cell", say(f"没有“{unknown}”这一格。", f"There is no cell {unknown}."))

    return cast("View", answered)


Read = TypeVar("Read")


def body(request: HttpRequest, kind: type[Read]) -> Read:
    """The JSON that was sent, of a known shape.

    Raises:
        Refused: it is too long (413), or not of that shape (422); the sentence says where.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST:
        raise Refused(413, "long", say("一次保存的内容太多。", "Too much for one save."))
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Refused(422, "shape", say(f"请求格式有误：{fault}", f"Not a save: {fault}")) from fault
