"""Organisations and people from a workbook: upload, dry run with every row's verdict, application."""

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jixiao.office.accounts.door import door, me, organisations_for, people_for
from jixiao.office.accounts.forms import ListForm
from jixiao.office.look.words import in_english, say
from jixiao.office.people.duties import KIND_NAMES, ROLE_NAMES
from jixiao.office.people.lists import acts
from jixiao.office.people.lists.columns import KINDS
from jixiao.office.people.lists.sheet import LIMITS, read_lists
from jixiao.office.people.lists.template import template
from jixiao.office.people.lists.verdicts import Opinion, Verdict
from jixiao.office.people.models import PeopleList
from jixiao.office.people.refusal import Refusal
from jixiao.reading.errors import Unreadable

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN: Final = 500
_OPINIONS: Final[dict[Opinion, tuple[str, str, str]]] = {
    "new": ("新增", "new", "info"),
    "changed": ("变更", "changed", "warn"),
    "unchanged": ("不变", "unchanged", ""),
    "fault": ("有误", "at fault", "bad"),
}


@door("manage_people")
def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook and go on to its dry run."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _kept(request, form.cleaned_data["file"])
        except Unreadable as refusal:
            form.add_error("file", say(f"{refusal.zh}{refusal.advice_zh}", f"{refusal.en} {refusal.advice_en}"))
        else:
            return redirect("list", number=kept.pk)
    known = {"form": form, "megabytes": LIMITS.file_megabytes, "columns": _columns()}
    return render(request, "accounts/list_upload.html", known)


def _kept(request: HttpRequest, file: "UploadedFile[bytes]") -> PeopleList:
    name = str(file.name or "")
    data = file.read(LIMITS.file_bytes + 1)
    return acts.keep(read_lists(data, name), data, name, by=me(request))


def _reach(request: HttpRequest) -> acts.Reach:
    """What the person manages: a list tells and changes nothing beyond it."""
    return acts.Reach(organisations_for(request.user, "manage_people"), people_for(request.user, "manage_people"))


def _columns() -> list[dict[str, Any]]:
    return [
        {
            "title": say(*kind.title),
            "columns": [(say(*each.title), each.required, say(*each.hint)) for each in kind.columns],
        }
        for kind in KINDS
    ]


@door("manage_people")
def blank(request: HttpRequest) -> HttpResponse:  # Django hands it in
    """The template to fill in."""
    name = "people-template.xlsx" if in_english() else "renyuan-muban.xlsx"
    answer = HttpResponse(template("en" if in_english() else "zh"), content_type=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door("manage_people")
def dry_run(request: HttpRequest, number: int) -> HttpResponse:
    """Every row's verdict; nothing is changed yet."""
    kept = get_object_or_404(PeopleList, pk=number, by=me(request), applied=None)
    judgement = acts.judged(kept, _reach(request))
    wanted = request.GET.get("show", "")
    verdicts = [each for each in judgement.verdicts if wanted in ("", each.opinion)]
    known = {
        "list": kept, "judgement": judgement, "show": wanted, "more": len(verdicts) - _SHOWN,
        "lines": [_line(each) for each in verdicts[:_SHOWN]],
        "counts": [(name, say(zh, en), colour, judgement.count(name)) for name, (zh, en, colour) in _OPINIONS.items()],
    }  # fmt: skip
    return render(request, "accounts/list.html", known)


def _line(verdict: Verdict) -> dict[str, Any]:
    zh, en, colour = _OPINIONS[verdict.opinion]
    titles = next(kind for kind in KINDS if kind.name == verdict.list)
    return {
        "verdict": verdict, "opinion": say(zh, en), "colour": colour, "list": say(*titles.title),
        "changes": [
            (say(*titles.column(each.field).title), _word(each.field, each.before), _word(each.field, each.after))
            for each in verdict.changes
        ],
        "faults": [(each.where, each.read, say(*each.expected), say(*each.advice)) for each in verdict.faults],
        "says": [(say(*titles.column(name).title), _word(name, text)) for name, text in verdict.values.items() if text],
    }  # fmt: skip


def _word(field: str, text: str) -> str:
    """Kinds and roles as people call them; everything else as it is."""
    names = {"kind": KIND_NAMES, "roles": ROLE_NAMES}.get(field, {})
    return "、".join(say(*names[word]) for word in text.split()) if names else text


@require_POST
@door("manage_people", weighty=True)
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Put in what the dry run has shown."""
    kept = get_object_or_404(PeopleList, pk=number, by=me(request))
    seen = request.POST.get("acts", "")
    try:
        number_seen = int(seen) if seen.isascii() and seen.isdigit() else -1
        judgement = acts.apply(kept, number_seen, _reach(request), by=me(request))
    except Refusal as refusal:
        messages.error(request, say(refusal.zh, refusal.en))
        return redirect("people-lists") if kept.applied else redirect("list", number=number)
    new, changed, faults = (judgement.count(name) for name in ("new", "changed", "fault"))
    messages.success(
        request,
        say(
            f"已导入：新增 {new} 行，变更 {changed} 行，有误未导入 {faults} 行。角色待安全管理员授予；请逐人邀请。",
            f"Applied: {new} new, {changed} changed, {faults} at fault and left out. "
            "Roles wait for the security administrator; invite the people one by one.",
        ),
    )
    return redirect("people")
