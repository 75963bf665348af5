"""Scoring and asking on the server 复算: the one that counts. The page's own figures are only its forecast."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from jixiao.desk.library import shelf
from jixiao.desk.reviewing import review_form
from jixiao.form import Form
from jixiao.form.wire import decode_form, encode, to_wire
from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import ApprovedTarget
from jixiao.review import Context
from jixiao.review.folder.brief import points_at_stake
from jixiao.review.verdict import Family
from jixiao.scoring import Attached
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
    form = form_of(filing.form)
    context = Context(last_year(filing), approved(filing), None, evidence)
    return review_form(form, context, rulebook=filing.round.rulebook)


def last_year(filing: Filing) -> Form | None:
    """The project's form of the year before, where it was approved in this office."""
    before = (
        Filing.objects.filter(
            project_id=filing.project_id,
            round__fiscal_year=filing.round.fiscal_year - 1,
            state__in=("approved", "published"),
        )
        .values_list("form", flat=True)
        .first()
    )
    return form_of(before) if before else None


def approved(filing: Filing) -> Form | None:
    """The project's approved targets of the year, where there are some."""
    found = (
        ApprovedTarget.objects.filter(
            project_id=filing.project_id, fiscal_year=filing.round.fiscal_year, replaced__isnull=True
        )
        .order_by("-pk")
        .values_list("form", flat=True)
        .first()
    )
    return form_of(found) if found else None


def note(filing: Filing, made: FormReport) -> None:
    """Put the figures of a report into the filing's columns; nothing is saved here."""
    sheet, total, families = made.sheet, made.form.funds.total, made.review.findings
    unit = IN_YUAN.get(made.form.currency_unit or filing.round.currency_unit, Decimal(1))
    filing.claimed, filing.computed, filing.low = sheet.claimed_score, sheet.score, sheet.low
    filing.supported = sheet.supported.score if sheet.supported else None
    filing.grade, filing.grade_computed = sheet.claimed_grade or "", sheet.grade or ""
    filing.initial, filing.adjusted, filing.executed = (
        None if amount is None else amount * unit for amount in (total.initial, total.adjusted, total.executed)
    )
    filing.arithmetic, filing.clause, filing.doubt = (
        sum(finding.family == family for finding in families) for family in _FAMILIES
    )
    filing.codes = " ".join(finding.code for finding in families)
    filing.at_stake = points_at_stake(made.form, families)
    filing.fingerprint = sheet.fingerprint


_FAMILIES: Final[tuple[Family, ...]] = ("arithmetic", "clause", "doubt")


def warm() -> None:
    """Read the law once, before the first request: rulebooks, checks and word lists."""
    shelf()
