"""What the template shows: the review laid out form by form, with nothing left to compute."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jixiao.form import Extra, plain
from jixiao.scoring.sheet import Line, ScoreSheet, Step, Text
from jixiao.writing.html.marks import Mark, cell_anchor, marks_of
from jixiao.writing.html.table import PrintedForm, printed_form
from jixiao.writing.naming import field_name
from jixiao.writing.report import FAMILIES, FileReport, FormReport, ReviewReport
from jixiao.writing.words import grade_text

BAR: Final = 200
"""Length of a full bar in the picture's own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: how far the supported, the recomputed and the claimed score reach, 0 to `BAR`; `None` where unknown."""

    low: int | None
    computed: int | None
    claimed: int | None


@dataclass(frozen=True, slots=True)
class Recount:
    """What stands beside a claimed value: the recomputed one, whether they agree, the low end, and the derivation."""

    computed: Text
    agrees: bool | None
    low: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derivation: what of, the claimed value beside it, its formula and its steps; back to the cell."""

    anchor: str
    cell: str
    name: Text
    claimed: Text
    recount: Recount
    formula: Text | None
    steps: tuple[Step, ...]
    needs: tuple[Text, ...]
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class FormView:
    """One form of the page. `number` is its place in the report from 1, `marked` are marks by the key of the cell."""

    anchor: str
    number: int
    file: FileReport
    report: FormReport
    printed: PrintedForm
    marks: tuple[Mark, ...]
    marked: dict[str, list[Mark]]
    recounts: dict[str, Recount]
    derivations: tuple[Derivation, ...]
    unread: frozenset[str]
    bar: Bar

    @property
    def book(self) -> str:
        """Id and day of the rulebook, as `jixiao explain` takes it."""
        return f"{self.report.sheet.rulebook}@{self.report.sheet.on}"

    @property
    def shown(self) -> frozenset[str]:
        """The keys of all cells."""
        return self.printed.keys()

    @property
    def extras(self) -> tuple[Extra, ...]:
        """The labelled cells that the printed table does not show."""
        shown = self.shown
        return tuple(extra for at, extra in enumerate(self.report.form.extras) if f"/extras/{at}" not in shown)

    @property
    def undecided(self) -> int:
        """How many checks could not decide."""
        return len(self.report.review.undecided)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many findings of each family."""
        return tuple(len(self.report.findings(family)) for family in FAMILIES)

    def cell(self, key: str) -> str:
        """The id of a cell."""
        return cell_anchor(self.anchor, key)

    def name(self, pointer: str) -> Text:
        """What people call a field."""
        return field_name(self.report.form, pointer)


def form_views(report: ReviewReport) -> tuple[FormView, ...]:
    """All forms in the order of the report, their bars on one scale from 0 to the greatest total."""
    forms = tuple(report.forms())
    top = _top(form for _, form in forms)
    return tuple(_view(number, file, form, top) for number, (file, form) in enumerate(forms, 1))


def ranked(views: Iterable[FormView]) -> list[FormView]:
    """Most findings first; of as many, the more certain first; then as in the report."""
    return sorted(views, key=lambda view: (-sum(view.counts), *(-count for count in view.counts), view.number))


def number(value: Decimal | None) -> str:
    """Digits as printed; a dash for nothing."""
    return "—" if value is None else plain(value)


def _top(forms: Iterable[FormReport]) -> Decimal:
    values = [Decimal(100)]
    for form in forms:
        sheet = form.sheet
        values += [value for value in (sheet.claimed_score, sheet.score, form.form.total.weight) if value is not None]
    return max(values)


def _view(at: int, file: FileReport, report: FormReport, top: Decimal) -> FormView:
    anchor = f"f{at}"
    printed = printed_form(report.form)
    marks = marks_of(report, printed, anchor)
    marked: dict[str, list[Mark]] = {}
    for mark in marks:
        marked.setdefault(mark.key, []).append(mark)
    derivations = tuple(_derivations(report, anchor))
    recounts = {derivation.cell: derivation.recount for derivation in derivations} | _grade(report.sheet, anchor)
    unread = frozenset(problem.pointer for problem in report.form.problems)
    bar = _bar(report.sheet, top)
    return FormView(anchor, at, file, report, printed, marks, marked, recounts, derivations, unread, bar)


def _bar(sheet: ScoreSheet, top: Decimal) -> Bar:
    values = (sheet.low, sheet.score, sheet.claimed_score)
    return Bar(*(None if value is None else max(0, min(BAR, int(value * BAR // top))) for value in values))


def _derivations(report: FormReport, anchor: str) -> list[Derivation]:
    lines = [_line(report, line, f"{anchor}-line-{at}") for at, line in enumerate(report.sheet.lines)]
    return [*lines, _total(report, f"{anchor}-line-total")]


def _line(report: FormReport, line: Line, anchor: str) -> Derivation:
    low = None if line.low is None or line.low == line.computed else plain(line.low)
    return Derivation(
        anchor=anchor,
        cell=f"{line.pointer}/score",
        name=field_name(report.form, line.pointer),
        claimed=_same(number(line.claimed)),
        recount=Recount(_same(number(line.computed)), line.agrees, low, anchor),
        formula=line.formula,
        steps=line.steps,
        needs=tuple(field_name(report.form, pointer) for pointer in line.needs),
        reason=line.reason,
    )


def _total(report: FormReport, anchor: str) -> Derivation:
    sheet = report.sheet
    agrees = None if sheet.score is None or sheet.claimed_score is None else sheet.score == sheet.claimed_score
    low = None if sheet.low is None or sheet.low == sheet.score else plain(sheet.low)
    return Derivation(
        anchor=anchor,
        cell="/total/score",
        name=Text(zh="总分与等级", en="Total and grade"),
        claimed=_graded(sheet.claimed_score, sheet.claimed_grade),
        recount=Recount(_same(number(sheet.score)), agrees, low, anchor),
        formula=None,
        steps=sheet.steps,
        needs=tuple(field_name(report.form, pointer) for pointer in sheet.needs),
        reason=sheet.unscored,
    )


def _grade(sheet: ScoreSheet, anchor: str) -> dict[str, Recount]:
    agrees = None if sheet.grade is None or sheet.claimed_grade is None else sheet.grade == sheet.claimed_grade
    return {"/grade": Recount(grade_text(sheet.grade), agrees, None, f"{anchor}-line-total")}


def _graded(score: Decimal | None, grade: str | None) -> Text:
    word = grade_text(grade)
    return Text(zh=f"{number(score)} {word.zh}", en=f"{number(score)} {word.en}")


def _same(text: str) -> Text:
    return Text(zh=text, en=text)
