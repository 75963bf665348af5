"""Saving, as the page's script does it, and as the page does without a script."""

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jixiao.office.filing.answers import saved
from jixiao.office.filing.cells import UnknownCell
from jixiao.office.filing.merging import Asked
from jixiao.office.filing.pages.asking import as_json, body, call
from jixiao.office.filing.saving import Met, Refused, editable, save
from jixiao.office.filing.typed_form import asked_by_form
from jixiao.office.look.words import say

_DIRECT = ("submit", "recall")


@require_POST
def save_cells(request: HttpRequest, number: int) -> HttpResponse:
    """Save some cells: of JSON as a script sends it, or a whole page as it is posted without one."""
    return _by_script(request, number) if request.content_type == "application/json" else _by_form(request, number)


@call
def _by_script(request: HttpRequest, number: int) -> HttpResponse:
    return as_json(saved(save(request.user, number, body(request, Asked))))


@login_required
def _by_form(request: HttpRequest, number: int) -> HttpResponse:
    try:
        filing = editable(request.user, number)
        asked = msgspec.convert(msgspec.to_builtins(asked_by_form(filing, request.POST.dict())), Asked)
        done = save(request.user, number, asked)
    except Met as met:
        return render(request, "filing/conflict.html", {"met": met, "filing": met.filing}, status=409)
    except Refused as refused:
        return render(request, "403.html", {"words": refused.words}, status=refused.status)
    except (UnknownCell, msgspec.ValidationError) as fault:
        return render(request, "403.html", {"words": say(f"无法保存：{fault}", f"Not saved: {fault}")}, status=422)
    if request.POST.get("act") in _DIRECT:
        return redirect(f"/filings/{number}/act/{request.POST['act']}")
    words = say(f"已保存为第 {done.filing.version} 版。", f"Saved as version {done.filing.version}.")
    messages.success(request, words)
    return redirect("filing-form", number)
