"""What the rules give for a form, and what is asked about it: the three families apart, every question a question."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jixiao.form import Form
from jixiao.review.naming import field_name
from jixiao.review.verdict import Family, Finding
from jixiao.scoring.sheet import Line, ScoreSheet, Text
from jixiao.writing.telling.amounts import short
from jixiao.writing.telling.sentences import listed, tell
from jixiao.writing.telling.told import Section, section
from jixiao.writing.words import grade_text

_FAMILIES: Final[tuple[Family, ...]] = ("arithmetic", "clause", "doubt")


def recomputed(form: Form, sheet: ScoreSheet, book: Text) -> Section:
    """The total by the rules, how it compares with the claim, and the lines that differ."""
    told = [tell("recomputed.book", title=book, day=sheet.on), *_total(form, sheet)]
    return section("recomputed", told, [_line(form, line) for line in sheet.lines if line.agrees is False])


def _total(form: Form, sheet: ScoreSheet) -> Iterator[Text]:
    if sheet.unscored is not None:
        yield sheet.unscored
    elif sheet.score is None:
        yield _missing(form, sheet.needs)
    else:
        score = short(sheet.score)
        grade = grade_text(sheet.grade)
        yield (
            tell("recomputed.score_grade", score=score, grade=grade)
            if sheet.grade
            else tell("recomputed.score", score=score)
        )
        yield from _compared(sheet.score, sheet.claimed_score)
        if sheet.low is not None and sheet.low != sheet.score:
            yield tell("recomputed.low", low=short(sheet.low))


def _missing(form: Form, needs: tuple[str, ...]) -> Text:
    if not needs:
        return tell("recomputed.none_why")
    return tell("recomputed.none", fields=listed(field_name(form, pointer) for pointer in needs))


def _compared(score: Decimal, claimed: Decimal | None) -> Iterator[Text]:
    if claimed is None:
        return
    gap = score - claimed
    if not gap:
        yield tell("recomputed.same")
    else:
        yield tell("recomputed.higher" if gap > 0 else "recomputed.lower", gap=short(abs(gap)))


def _line(form: Form, line: Line) -> Text:
    claimed, computed = (tell("words.blank") if one is None else short(one) for one in (line.claimed, line.computed))
    return tell("recomputed.line", name=field_name(form, line.pointer), claimed=claimed, computed=computed)


def asked(findings: tuple[Finding, ...]) -> Iterator[Section]:
    """The questions, a section for each family; one that says so where there is none at all."""
    if not findings:
        yield section("questions", [tell("questions.none")])
    for family in _FAMILIES:
        items = [finding.ask for finding in findings if finding.family == family]
        if items:
            yield section(family, [tell(f"questions.{family}_means")], items)
