"""From the review of a folder to summary reports as data, one a department."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from jixiao.form import Form, Indicator, is_nothing, plain
from jixiao.review.folder.brief import Brief, exact_sum
from jixiao.review.folder.summary import sums_of
from jixiao.review.rounding import half_up
from jixiao.review.wording import squeeze
from jixiao.writing.folder.report import FolderReport
from jixiao.writing.letter.data import LetterForm, Means, Sending, amount_of, day_of, money_of
from jixiao.writing.letter.gather import books_of, counts_of, digits_of, faults_of, forms_of, groups_of, years_of
from jixiao.writing.letter.summary import LIST, SHORT, Execution, Graded, Level, Short, Summary, SummaryForm
from jixiao.writing.report import FAMILIES

_GRADES: Final = ("优", "良", "中", "差")
_HUNDRED: Final = 100


def summaries(report: FolderReport, sending: Sending, departments: Iterable[str] | None = None) -> Iterator[Summary]:
    """A summary for each department, in the order in which their forms stand in the folder.

    Args:
        report: the review; it must still be open.
        sending: what the sender says.
        departments: keys of the departments wanted; `None` for all.
    """
    groups = by_department(report.briefs)
    for key in groups if departments is None else departments:
        yield summary_of(report, groups[key], sending, faults=len(groups) == 1)


def by_department(briefs: Sequence[Brief]) -> dict[str, list[int]]:
    """Places of the briefs by the key of their department, of their unit where none is printed, "" for neither."""
    groups: dict[str, list[int]] = {}
    for at, brief in enumerate(briefs):
        groups.setdefault(squeeze(brief.department) or brief.key.unit, []).append(at)
    return groups


def summary_of(report: FolderReport, places: Sequence[int], sending: Sending, *, faults: bool = False) -> Summary:
    """The summary of some forms of a folder, by their places among the briefs.

    Args:
        report: the review.
        places: of the forms.
        sending: what the sender says.
        faults: whether the files that could not be read stand in it.
    """
    forms = forms_of(report, places)
    printed = [report.form(at) for at in places]
    briefs = [report.briefs[at] for at in places]
    sums = sums_of(briefs, report.checks)
    short = tuple(_short(forms, printed))
    broken = faults_of(report) if faults else ()
    units = tuple(dict.fromkeys(form.unit for form in forms if form.unit))
    correct, departs, ask = (groups_of(forms, family) for family in FAMILIES)
    return Summary(
        program=report.program,
        number=sending.number,
        day=day_of(sending.day),
        sender=sending.sender,
        department=next((form.department or form.unit for form in forms), ""),
        years=years_of(forms),
        units=units,
        unit_count=len(units),
        counts=counts_of(forms, briefs, len(broken)),
        money=money_of((sums.money.initial, sums.money.adjusted, sums.money.executed)),
        execution=_execution(briefs),
        grades=_grades(briefs),
        means=Means(digits_of(sums.claimed_mean), digits_of(sums.computed_mean), digits_of(sums.low_mean)),
        median=digits_of(sums.claimed_median),
        books=books_of(forms),
        levels=levels_of(line for form in printed for line in form.indicators),
        short=short,
        short_count=len(short),
        short_forms=len({one.form for one in short}),
        without_reason=sum(is_nothing(one.deviation) for one in short),
        correct=correct,
        departs=departs,
        ask=ask,
        forms=tuple(_listed(form, given) for form, given in zip(forms, printed, strict=True)),
        faults=broken,
        attachments=(LIST, SHORT) if short else (LIST,),
    )


def _execution(briefs: Iterable[Brief]) -> Execution:
    pairs = [(brief.money.adjusted, brief.money.executed) for brief in briefs]
    both = [(adjusted, executed) for adjusted, executed in pairs if adjusted is not None and executed is not None]
    if not both:
        return Execution(0, None, None, None)
    adjusted, executed = (exact_sum(column) for column in zip(*both, strict=True))
    return Execution(len(both), amount_of(adjusted), amount_of(executed), per_cent(executed, adjusted))


def per_cent(part: Decimal, whole: Decimal) -> str | None:
    """A part in per cent of the whole, rounded half up to hundredths; `None` of nothing or less."""
    return plain(half_up(Fraction(part) * _HUNDRED / Fraction(whole))) if whole > 0 else None


def _grades(briefs: Sequence[Brief]) -> tuple[Graded, ...]:
    claimed = Counter(brief.claimed_grade for brief in briefs)
    computed = Counter(brief.grade for brief in briefs)
    others = sorted((claimed.keys() | computed.keys()) - {*_GRADES, ""})
    last = [""] if claimed[""] or computed[""] else []
    return tuple(Graded(grade, claimed[grade], computed[grade]) for grade in (*_GRADES, *others, *last))


def levels_of(lines: Iterable[Indicator]) -> tuple[Level, ...]:
    """The indicators by first-level heading, in the order in which they are met."""
    held: dict[str, list[Indicator]] = {}
    for line in lines:
        held.setdefault(line.level1, []).append(line)
    return tuple(_level(number, name, some) for number, (name, some) in enumerate(held.items(), 1))


def _level(number: int, name: str, lines: Sequence[Indicator]) -> Level:
    pairs = [(line.weight, line.score) for line in lines]
    both = [(weight, score) for weight, score in pairs if weight is not None and score is not None]
    full, short = sum(score == weight for weight, score in both), sum(score < weight for weight, score in both)
    points, score = (exact_sum(column) for column in zip(*both, strict=True)) if both else (None, None)
    return Level(
        number=number,
        name=name,
        lines=len(lines),
        full=full,
        short=short,
        other=len(lines) - full - short,
        points=digits_of(points),
        score=digits_of(score),
        rate=None if points is None or score is None else per_cent(score, points),
    )


def _short(forms: Sequence[LetterForm], printed: Sequence[Form]) -> Iterator[Short]:
    number = 0
    for form, given in zip(forms, printed, strict=True):
        for line in given.indicators:
            if line.weight is None or line.score is None or line.score >= line.weight:
                continue
            number += 1
            yield _below(number, form, line, plain(line.weight), plain(line.score))


def _below(number: int, form: LetterForm, line: Indicator, points: str, score: str) -> Short:
    return Short(
        number=number,
        form=form.number,
        project=form.project,
        unit=form.unit,
        level1=line.level1,
        level2=line.level2,
        name=line.name,
        target=line.target.text,
        actual=line.actual.text,
        points=points,
        score=score,
        deviation=line.deviation,
    )


def _listed(form: LetterForm, given: Form) -> SummaryForm:
    return SummaryForm(
        number=form.number,
        file=form.file,
        place=form.place,
        project=form.project,
        code=form.code,
        unit=form.unit,
        year=form.year,
        money=form.money,
        rate=digits_of(given.execution.rate),
        claimed=form.claimed,
        claimed_grade=form.claimed_grade,
        computed=form.computed,
        grade=form.grade,
        items=len(form.items),
    )
