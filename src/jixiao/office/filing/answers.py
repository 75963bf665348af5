"""What a page is told after a save or at its start: figures, lines, findings by cell, in the reader's language."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from jixiao.form import plain
from jixiao.office.filing.cells import KEY, Record, cell_of
from jixiao.office.filing.changing import faults
from jixiao.office.filing.judging import approved, book_of, last_year
from jixiao.office.filing.live.state import page_features
from jixiao.office.look.words import told
from jixiao.review import Context
from jixiao.review.naming import field_name
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import Line, ScoreSheet
from jixiao.writing.report import FormReport
from jixiao.writing.words import EVIDENCE, FAMILY, FAMILY_MEANS, SEVERITY, clause_source

if TYPE_CHECKING:
    from jixiao.office.filing.models import Filing
    from jixiao.office.filing.saving import Saved

ANCHORS: Final = {
    "execution": "execution/rate", "funds": "funds/total/adjusted", "funds/total": "funds/total/adjusted",
    "funds/current_year": "funds/current_year/adjusted", "funds/carryover": "funds/carryover/adjusted",
    "funds/other": "funds/other/adjusted", "goal": "goal/expected", "total": "total/score", "project": "project/name",
    "indicators": "",
}  # fmt: skip
"""Rows and parts of a form → the cell at which a finding about them is shown."""
ORDER: Final = {"arithmetic": 0, "clause": 1, "doubt": 2}


def figures(sheet: ScoreSheet) -> dict[str, str | None]:
    """The totals, as digits."""
    return {
        "claimed": digits(sheet.claimed_score),
        "computed": digits(sheet.score),
        "low": digits(sheet.low),
        "supported": digits(sheet.supported.score) if sheet.supported else None,
        "grade": sheet.claimed_grade,
        "grade_computed": sheet.grade,
    }


def lines(record: Record, sheet: ScoreSheet) -> dict[str, dict[str, Any]]:
    """The scored lines, by row: `execution`, `k1`, `k2` and so on."""
    unsupported = set(sheet.supported.unsupported) if sheet.supported else set()
    return {
        cell_of(record, line.pointer): _line(line, supported=line.pointer not in unsupported) for line in sheet.lines
    }


def _line(line: Line, *, supported: bool) -> dict[str, Any]:
    return {
        "claimed": digits(line.claimed),
        "computed": digits(line.computed),
        "low": digits(line.low),
        "high": digits(line.high),
        "agrees": line.agrees,
        "formula": told(line.formula),
        "reason": told(line.reason) if line.reason else "",
        "supported": supported,
    }


def findings(record: Record, made: FormReport) -> list[dict[str, Any]]:
    """The findings, the certain ones first, each with its cell, where that is in words, and its clause."""
    ranked = sorted(made.review.findings, key=lambda finding: ORDER[finding.family])
    return [_finding(record, made, finding) for finding in ranked]


def _finding(record: Record, made: FormReport, finding: Finding) -> dict[str, Any]:
    clause, cell = finding.clause, cell_of(record, finding.pointer)
    return {
        "code": finding.code,
        "family": finding.family,
        "family_name": told(FAMILY[finding.family]),
        "family_means": told(FAMILY_MEANS[finding.family]),
        "severity": finding.severity,
        "severity_name": told(SEVERITY[finding.severity]),
        "cell": cell,
        "at": anchor(cell),
        "pointer": finding.pointer,
        "where": told(field_name(made.form, finding.pointer)),
        "title": told(made.title(finding.code)),
        "read": told(finding.read),
        "expected": told(finding.expected),
        "ask": told(finding.ask),
        "clause": clause_source(clause) if clause else "",
        "evidence": told(EVIDENCE[clause.evidence]) if clause else "",
    }


def fault_words(record: Record) -> dict[str, str]:
    """What is wrong with texts that are no numbers, by cell."""
    return {cell: told(text) for cell, text in faults(record).items()}


def anchor(cell: str) -> str:
    """The cell at which a finding about a row or a part is shown; empty for one about the whole form."""
    if KEY.fullmatch(cell):
        return f"{cell}/name"
    return ANCHORS.get(cell, cell)


def by_cell(found: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Findings by the cell they are shown at."""
    made: dict[str, list[dict[str, Any]]] = {}
    for finding in found:
        made.setdefault(finding["at"], []).append(finding)
    return made


def digits(value: Decimal | None) -> str | None:
    """A number as digits; none for none."""
    return None if value is None else plain(value)


def saved(done: "Saved") -> dict[str, Any]:
    """What the page is told after a save."""
    filing, held = done.filing, done.record
    return {
        "version": filing.version,
        "saved": timezone.localtime(filing.saved).strftime("%H:%M:%S") if filing.saved else "",
        "keys": done.keys,
        "rows": list(held.keys),
        "cells": done.cells,
        "faults": fault_words(held),
        "state": known(filing, done.made),
        **judgement(held, done.made),
    }


def known(filing: "Filing", made: FormReport) -> dict[str, Any]:
    """What only the server knows of a form, for the page that goes on by itself: features of words, evidence."""
    judge, context = book_of(made.form, filing.round.rulebook), Context(last_year(filing), approved(filing))
    supported = made.sheet.supported
    return {
        "features": page_features(judge, made.form, context),
        "evidence": None if supported is None else sorted({item.pointer for item in supported.evidence}),
    }


def judgement(held: Record, made: FormReport) -> dict[str, Any]:
    """Figures, lines and findings together."""
    return {
        "figures": figures(made.sheet),
        "lines": lines(held, made.sheet),
        "findings": findings(held, made),
    }
