"""Scoring and asking on the server 复算: the one that counts. The page's own figures are only its forecast."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Final

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from msgspec.structs import replace

from jixiao.desk.library import reviewer, shelf
from jixiao.desk.reviewing import review_form
from jixiao.form import Form, Problem
from jixiao.form.wire import decode_form, encode, to_wire
from jixiao.office.filing.cells import Record, typed_texts
from jixiao.office.filing.models import Evidence, Filing
from jixiao.office.rounds.models import ApprovedTarget, Round
from jixiao.review import Context, Reviewer
from jixiao.review.folder.brief import points_at_stake
from jixiao.review.verdict import Family
from jixiao.scoring import Attached, Item
from jixiao.writing.report import FormReport

IN_YUAN: Final = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""How many 元 one of the unit is."""


def form_text(form: Form) -> str:
    """A form as the office keeps it: JSON of contract jixiao/form/1, without places and problems of reading."""
    wire = to_wire(form)
    wire["places"] = {}
    wire.pop("problems", None)
    return encode(wire).decode()


@lru_cache(maxsize=4096)
def form_of(text: str) -> Form:
    """The form of a text that `form_text` made; forms are frozen, so one is shared by all who read it."""
    return decode_form(text.encode())


def report(filing: Filing, *, evidence: Attached | None = None) -> FormReport:
    """The filing's form scored under the round's rulebook and asked about, beside last year's form and the targets."""
    context = Context(last_year(filing), approved(filing), None, evidence)
    return review_form(with_problems(form_of(filing.form)), context, rulebook=filing.round.rulebook)


def book_of(form: Form, rulebook: str) -> Reviewer:
    """The reviewer of the book that a form of a round is scored under."""
    choice = shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year, override=rulebook
    )
    return reviewer(choice.book)


def with_problems(form: Form) -> Form:
    """The form with a problem for each cell that holds what is no number, so that nothing asks why it is empty."""
    typed = typed_texts(form)
    problems = tuple(Problem(pointer, "unreadable", text) for pointer, text in typed.items())
    return replace(form, problems=problems) if problems else form


def attached(record: Record, pieces: Iterable[Evidence]) -> Attached | None:
    """The evidence of a filing, for the rows that are still there; `None` where none was attached so far."""
    standing = [(cell_row(record, piece.cell), piece) for piece in pieces]
    items = [Item(row, piece.name, "", piece.sha256, piece.note) for row, piece in standing if row]
    return Attached(tuple(items)) if items else None


def cell_row(record: Record, cell: str) -> str:
    """The pointer of the scored line that a cell stands in; empty for none."""
    row = cell.partition("/")[0]
    if row in record.keys:
        return f"/indicators/{record.keys.index(row)}"
    return f"/{row}" if row == "execution" else ""


def record_of(filing: Filing) -> Record:
    """The form of a filing with the keys of its rows."""
    return Record(form_of(filing.form), filing.row_keys())


def with_beside(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """Filings that bring last year's form and the approved targets along, in the same query."""
    before = Filing.objects.filter(
        project_id=OuterRef("project_id"), round__fiscal_year=OuterRef("round__fiscal_year") - 1, state__in=_SETTLED
    )
    targets = ApprovedTarget.objects.filter(
        project_id=OuterRef("project_id"), fiscal_year=OuterRef("round__fiscal_year"), replaced__isnull=True
    )
    return filings.annotate(
        last_text=Subquery(before.order_by("-pk").values("form")[:1]),
        approved_text=Subquery(targets.order_by("-pk").values("form")[:1]),
    )


@cache
def filings_beside() -> QuerySet[Filing]:
    """All filings with round, project and unit and what `with_beside` brings: built once, narrowed by who asks."""
    return with_beside(Filing.objects.select_related("round", "project", "unit"))


@cache
def filings_to_save() -> QuerySet[Filing]:
    """The same for a save, which asks for nothing of project and unit: a third of the columns less."""
    return with_beside(Filing.objects.select_related("round"))


def last_year(filing: Filing) -> Form | None:
    """The project's form of the year before, where it was approved in this office."""
    return _beside(filing, "last_text")


def approved(filing: Filing) -> Form | None:
    """The project's approved targets of the year, where there are some."""
    return _beside(filing, "approved_text")


def _beside(filing: Filing, name: str) -> Form | None:
    if not hasattr(filing, name):
        found = with_beside(Filing.objects.filter(pk=filing.pk)).values(*_BESIDE).first() if filing.pk else None
        for column in _BESIDE:
            setattr(filing, column, found[column] if found else _first_time(filing, column))
    text: str | None = getattr(filing, name)
    return form_of(text) if text else None


def _first_time(filing: Filing, column: str) -> str | None:
    """What stands beside a filing that is not in the database yet."""
    year, project = filing.round.fiscal_year, filing.project_id
    if column == "last_text":
        found = Filing.objects.filter(project_id=project, round__fiscal_year=year - 1, state__in=_SETTLED)
        return found.order_by("-pk").values_list("form", flat=True).first()
    targets = ApprovedTarget.objects.filter(project_id=project, fiscal_year=year, replaced__isnull=True)
    return targets.order_by("-pk").values_list("form", flat=True).first()


_BESIDE: Final = ("last_text", "approved_text")
_SETTLED: Final = ("approved", "published")


def note(filing: Filing, made: FormReport) -> None:
    """Put the figures of a report into the filing's columns; nothing is saved here."""
    sheet, total, families = made.sheet, made.form.funds.total, made.review.findings
    unit = IN_YUAN.get(made.form.currency_unit or filing.round.currency_unit, Decimal(1))
    filing.claimed, filing.computed, filing.low, filing.supported = (
        _held(points, *_POINTS)
        for points in (sheet.claimed_score, sheet.score, sheet.low, sheet.supported.score if sheet.supported else None)
    )
    filing.grade, filing.grade_computed = (sheet.claimed_grade or "")[:_LETTERS], (sheet.grade or "")[:_LETTERS]
    filing.initial, filing.adjusted, filing.executed = (
        _held(None if amount is None else amount * unit, *_MONEY)
        for amount in (total.initial, total.adjusted, total.executed)
    )
    filing.arithmetic, filing.clause, filing.doubt = (
        sum(finding.family == family for finding in families) for family in _FAMILIES
    )
    filing.codes = " ".join(finding.code for finding in families)
    filing.at_stake = _held(points_at_stake(made.form, families), *_POINTS) or Decimal(0)
    filing.fingerprint = sheet.fingerprint


def _held(number: Decimal | None, digits: int, decimals: int) -> Decimal | None:
    """A number as a column for lists holds it, half up; `None` for one that it cannot hold: the form has it all."""
    if number is None or number.adjusted() >= digits - decimals:
        return None
    made = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return made if made.adjusted() < digits - decimals else None


_POINTS: Final = (12, 4)
_MONEY: Final = (20, 2)
_LETTERS: Final = 8
"""Digits and decimals of the columns of `Filing`, and letters of its grades."""
_FAMILIES: Final[tuple[Family, ...]] = ("arithmetic", "clause", "doubt")


def warm() -> None:
    """Read the law before the first request: rulebooks, checks, word lists, the books of rounds that are open."""
    for year, rulebook in Round.objects.filter(closed=False).values_list("fiscal_year", "rulebook").distinct():
        book_of(Form(fiscal_year=year), rulebook)
    connection.close()
