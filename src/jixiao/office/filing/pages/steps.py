"""How each score comes about: the derivation line by line, with the clause of every step; and the state as JSON."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jixiao.office.filing.cells import cell_of
from jixiao.office.filing.door import visible_filing
from jixiao.office.filing.judging import filings_beside, record_of
from jixiao.office.filing.pages.asking import as_json, call
from jixiao.office.filing.pages.form import family_of, page_data
from jixiao.office.filing.saving import judged
from jixiao.office.filing.showing import seen
from jixiao.office.look.words import told
from jixiao.review.naming import field_name
from jixiao.writing.words import by_clause, clause_text


@login_required
@require_safe
def steps(request: HttpRequest, number: int) -> HttpResponse:
    """The derivation of every line, or with `?line=k3` of one."""
    filing = visible_filing(request.user, number, filings_beside())
    held = record_of(filing)
    made, wanted = judged(filing, held), request.GET.get("line", "")
    derived = [
        {
            "row": cell_of(held, line.pointer),
            "name": told(field_name(made.form, line.pointer)),
            "line": line,
            "formula": told(line.formula),
            "reason": told(line.reason) if line.reason else "",
            "steps": _steps(line.steps),
        }
        for line in made.sheet.lines
    ]
    chosen = [line for line in derived if not wanted or line["row"] == wanted]
    context = {"filing": filing, "lines": chosen, "sheet": made.sheet, "made": made, "whole": _whole(made, wanted)}
    template = "filing/steps_part.html" if request.headers.get("HX-Request") else "filing/steps.html"
    return render(request, template, context)


def _whole(made: Any, wanted: str) -> list[dict[str, Any]]:
    supported = made.sheet.supported.steps if made.sheet.supported else ()
    return [] if wanted else _steps((*made.sheet.steps, *supported))


def _steps(found: Any) -> list[dict[str, Any]]:
    return [
        {"clause": told(clause_text(clause)) if clause else "", "steps": [told_step(step) for step in group]}
        for clause, group in by_clause(found)
    ]


def told_step(step: Any) -> str:
    """A step in the language of the page."""
    return told(step)


@require_safe
@call
def state(request: HttpRequest, number: int) -> HttpResponse:
    """What the page's script begins with, as it is now: after a save, or when another has changed rows."""
    filing = visible_filing(request.user, number, filings_beside())
    return as_json(page_data(seen(request.user, filing, family_of(filing))))
