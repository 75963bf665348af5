"""The findings of some filings in their own words, with the cells they are about: forms are reviewed again, as stored.

The overview keeps codes only; sentences are made when somebody reads them, for a page of forms at a time.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from msgspec import Struct

from jixiao.office.filing.cells import cell_of
from jixiao.office.filing.judging import attached, record_of, report, with_beside
from jixiao.office.filing.models import Evidence, Filing
from jixiao.office.overview.links import form_link
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import field_name
from jixiao.writing.report import FormReport


class Sentence(Struct, frozen=True):
    """A finding with the words for its field and the address of its cell in the form's page."""

    finding: Finding
    field: Text
    href: str


class Told(Struct, frozen=True):
    """A filing and its findings."""

    filing: Filing
    href: str
    sentences: tuple[Sentence, ...]


def beside(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """Filings that bring along all they are reviewed beside; two queries, however many there are."""
    standing = Prefetch("evidence", Evidence.objects.filter(removed__isnull=True), to_attr="standing_evidence")
    return with_beside(filings.select_related("round", "project", "unit")).prefetch_related(standing)


def reviewed(filing: Any) -> FormReport:
    """A filing of `beside` reviewed as when it was saved."""
    return report(filing, evidence=attached(record_of(filing), filing.standing_evidence))


def told(filings: Iterable[Filing], check: str = "", family: str = "") -> Iterator[Told]:
    """The findings of each filing, of one check or family where asked for."""
    for filing in filings:
        made = reviewed(filing)
        wanted = (
            one
            for one in made.review.findings
            if (not check or one.code == check) and (not family or one.family == family)
        )
        yield Told(filing, form_link(filing.pk), tuple(_sentence(filing, made, one) for one in wanted))


def _sentence(filing: Filing, report: FormReport, finding: Finding) -> Sentence:
    cell = cell_of(record_of(filing), finding.pointer)
    return Sentence(finding, field_name(report.form, finding.pointer), form_link(filing.pk, cell))
