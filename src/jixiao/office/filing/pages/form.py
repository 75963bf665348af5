"""The form page: the official table, filled in or read, with what is asked beside its cells."""

from typing import Any, Final

import msgspec
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from jixiao.desk.documents import printed_layouts
from jixiao.layout.families import Family
from jixiao.office.doors.ask import acts_on, may
from jixiao.office.filing import answers
from jixiao.office.filing.changing import faults
from jixiao.office.filing.door import visible_filing
from jixiao.office.filing.judging import book_of, filings_beside, with_problems
from jixiao.office.filing.live.state import page_evidence, page_features, page_form
from jixiao.office.filing.models import Comment, Decision, Filing
from jixiao.office.filing.showing import Seen, beside, seen
from jixiao.office.filing.steps import steps
from jixiao.office.look.words import say, told

_ESCAPES: Final = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&"}
_ADDRESSES: Final = ("save", "table", "state", "steps", "history", "cell", "attach", "comment", "suggest")
_DIRECT: Final = frozenset({"submit", "recall"})
"""Acts that need no words: their buttons stand on this page; the others lead to the page where one decides."""


@login_required
@require_safe
def form_page(request: HttpRequest, number: int) -> HttpResponse:
    """The form of a filing."""
    filing = visible_filing(request.user, number, filings_beside())
    return render(request, "filing/form.html", page(request, seen(request.user, filing, family_of(filing))))


@login_required
@require_safe
def form_table(request: HttpRequest, number: int) -> HttpResponse:
    """The table alone, as it is now: for a page that has learned of other rows."""
    filing = visible_filing(request.user, number, filings_beside())
    return render(request, "filing/table.html", page(request, seen(request.user, filing, family_of(filing))))


def family_of(filing: Filing) -> Family:
    """The layout of the round; the first that can be printed, where that one is not there any more."""
    known = {family.id: family for family in printed_layouts()}
    return known.get(filing.round.layout) or next(iter(known.values()))


def page(request: HttpRequest, shown: Seen) -> dict[str, Any]:
    """What the template shows."""
    filing = shown.filing
    acts = acts_on(request.user, filing)
    returned = _returned(filing)
    return {
        "shown": shown,
        "filing": filing,
        "table": shown.table,
        "sheet": shown.made.sheet,
        "marks": answers.by_cell(shown.findings),
        "lines": answers.lines(shown.record, shown.made.sheet),
        "faults": {cell: told(words) for cell, words in faults(shown.record).items()},
        "beside": beside(shown.record, shown.context),
        "with_last": request.GET.get("last") == "1",
        "papers": _count(piece.cell for piece in shown.pieces),
        "talks": _count(_open_threads(filing)),
        "returned": returned,
        "pointed": pointed(returned),
        "steps": steps(filing.state),
        "direct": [(name, say(act.zh, act.en)) for name, act in acts.items() if name in _DIRECT],
        "deciding": any(name not in _DIRECT for name in acts),
        "may_comment": may(request.user, "comment", filing),
        "kinds": ("pdf", "docx", "xlsx", "ofd"),
        "data": as_data({**page_data(shown), "person": request.user.pk}),
    }


def _open_threads(filing: Filing) -> Any:
    return Comment.objects.filter(filing=filing, parent=None, resolved=None).values_list("cell", flat=True)


def _count(cells: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        found[cell] = found.get(cell, 0) + 1
    return found


def _returned(filing: Filing) -> Decision | None:
    """The decision by which the form came back, while it has not been handed in again."""
    if not filing.returned:
        return None
    return Decision.objects.filter(filing=filing, after="draft").exclude(reason="").select_related("by").last()


def pointed(returned: Decision | None) -> dict[str, str]:
    """The cells that a return is about, with what is asked there."""
    rows = msgspec.json.decode(returned.cells, type=list[dict[str, str]]) if returned else []
    return {row["cell"]: row.get("words") or say("请核对", "look again") for row in rows}


def page_data(shown: Seen) -> dict[str, Any]:
    """What the page's script begins with."""
    filing, form = shown.filing, with_problems(shown.record.form)
    judge = book_of(form, filing.round.rulebook)
    addresses = {name: reverse(f"filing-{name}", args=[filing.pk]) for name in _ADDRESSES}
    return {
        "id": filing.pk,
        "version": filing.version,
        "editable": shown.editable,
        "rows": list(shown.record.keys),
        "addresses": addresses | book_addresses(shown.made.sheet.fingerprint),
        "state": {
            "form": page_form(form),
            "features": page_features(judge, form, shown.context),
            "evidence": page_evidence(shown.context),
        },
        "faults": answers.fault_words(shown.record),
        "anchors": answers.ANCHORS,
        **answers.judgement(shown.record, shown.made),
    }


def book_addresses(fingerprint: str) -> dict[str, str]:
    """Where the page's script finds the compiled rules, the checks, and how texts are read."""
    return {
        "rules": reverse("filing-rules", args=[fingerprint]),
        "book": reverse("filing-book", args=[fingerprint]),
        "words": reverse("filing-words"),
        "login": reverse("account_login"),
    }


def as_data(value: Any) -> SafeString:
    """JSON that may stand in a page: nothing in it ends the element."""
    text = msgspec.json.encode(value).decode()
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 -- the letters that end an element are escaped
