"""Projects and budgets from a workbook: upload, every row's verdict, application."""

from collections import Counter
from typing import Any, Final

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jixiao.office.doors.ask import may_here
from jixiao.office.look.words import say
from jixiao.office.people.lists.sheet import LIMITS
from jixiao.office.year.lists.applying import apply, holdings
from jixiao.office.year.lists.judging import Opinion, judge
from jixiao.office.year.lists.reading import Rows, read_rows
from jixiao.reading.errors import Unreadable

_SHOWN: Final = 500
_AGE: Final = 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Take a workbook and show what it would do; confirmed, do it. The rows go along signed, nothing is kept."""
    if not may_here(request.user, "manage_projects"):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "year/lists.html")
    try:
        rows = _signed(request) if "rows" in request.POST else _uploaded(request)
    except Unreadable as error:
        words = say(f"{error.zh}{error.advice_zh}", f"{error.en} {error.advice_en}")
        return render(request, "year/lists.html", {"error": words}, status=422)
    except signing.BadSignature:
        words = say("预览已过期，请重新上传。", "The preview has expired; upload again.")
        return render(request, "year/lists.html", {"error": words}, status=422)
    if "rows" in request.POST:
        counts = Counter(one.opinion for one in apply(rows, request.user))
        messages.success(request, _told(counts))
        return redirect("projects")
    return _preview(request, rows)


def _preview(request: HttpRequest, rows: Rows) -> HttpResponse:
    verdicts = judge(rows, holdings(request.user))
    if not verdicts:
        words = say(
            "没有读到项目。表里要有一行列名，至少含“单位编码”和“项目名称”。",
            "No project was found. The table needs a row of labels with at least “unit code” and “project”.",
        )
        return render(request, "year/lists.html", {"error": words}, status=422)
    context = {
        "verdicts": sorted(verdicts, key=lambda one: one.opinion != "fault")[:_SHOWN],
        "counts": Counter(one.opinion for one in verdicts),
        "more": max(0, len(verdicts) - _SHOWN),
        "unread": rows.unread,
        "rows": signing.dumps(msgspec.to_builtins(rows), salt=_salt(request), compress=True),
    }
    return render(request, "year/lists.html", context)


def _uploaded(request: HttpRequest) -> Rows:
    file: Any = request.FILES.get("file")
    if file is None:
        return Rows(())
    return read_rows(file.read(LIMITS.file_bytes + 1), str(file.name or ""))


def _signed(request: HttpRequest) -> Rows:
    return msgspec.convert(signing.loads(request.POST["rows"], salt=_salt(request), max_age=_AGE), Rows)


def _salt(request: HttpRequest) -> str:
    return f"year.lists {request.user.pk}"


def _told(counts: "Counter[Opinion]") -> str:
    new, changed, fault = counts["new"], counts["changed"], counts["fault"]
    return say(
        f"已导入：新建 {new} 个，变更 {changed} 个，有误未导入 {fault} 行。",
        f"Applied: {new} new, {changed} changed, {fault} at fault and left out.",
    )
