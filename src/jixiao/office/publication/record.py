"""One published form as data 公开记录 (contract `jixiao/publication/1`): what is stored, shown and downloaded.

Every name here is public: a structure of its own, filled field by field, so that nothing of the office rides along.
"""

from decimal import Decimal
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.form import Form, encode, plain, to_wire
from jixiao.review.verdict import Family, Finding, Severity
from jixiao.scoring.sheet import Line, Text
from jixiao.writing.report import FormReport
from jixiao.writing.telling.told import Section
from jixiao.writing.words import clause_text

SCHEMA: Final[Literal["jixiao/publication/1"]] = "jixiao/publication/1"


class BookUsed(Struct, frozen=True):
    """The rulebook of the recomputation: id, the day for which it was in force, fingerprint, title."""

    id: str
    on: str
    fingerprint: str
    title: Text


class PublicLine(Struct, frozen=True):
    """One scored line; points are digit strings, `None` where there are none."""

    pointer: str
    claimed: str | None
    computed: str | None
    low: str | None
    high: str | None
    agrees: bool | None
    formula: Text


class PublicFinding(Struct, frozen=True):
    """One question: check, family, cell, what was read and expected, what is asked, the clause with its mark."""

    code: str
    name: str
    title: Text
    family: Family
    severity: Severity
    pointer: str
    read: Text
    expected: Text
    ask: Text
    clause: Text | None


class PublicReview(Struct, frozen=True):
    """What the rules give for a form, and what is asked about it.

    Attributes:
        rulebook: the book used.
        score: the recomputed total; `None` where it cannot be computed.
        low: the total with every line judged by words at the bottom of its band.
        grade: the grade of `score`.
        unscored: why there is no score, where the form is of a kind that is not scored.
        lines: execution first, then the indicators.
        needs: pointers of the fields that are missing for a score.
        findings: the questions.
    """

    rulebook: BookUsed
    score: str | None
    low: str | None
    grade: str | None
    unscored: Text | None
    lines: tuple[PublicLine, ...]
    needs: tuple[str, ...]
    findings: tuple[PublicFinding, ...]


class Record(Struct, frozen=True):
    """A published form with its address (the project's uid, the year), which edition, the day it was published."""

    uid: str
    year: int
    edition: int
    published: str
    form: Form
    review: PublicReview
    schema: Literal["jixiao/publication/1"] = SCHEMA

    @property
    def id(self) -> str:
        """The key of the record in the tables of the open data: "<uid>-<year>"."""
        return f"{self.uid}-{self.year}"


def review_of(report: FormReport) -> PublicReview:
    """The public part of a report."""
    sheet = report.sheet
    return PublicReview(
        rulebook=BookUsed(sheet.rulebook, sheet.on, sheet.fingerprint, report.rulebook_title),
        score=_digits(sheet.score),
        low=_digits(sheet.low),
        grade=sheet.grade,
        unscored=sheet.unscored,
        lines=tuple(_line(line) for line in sheet.lines),
        needs=sheet.needs,
        findings=tuple(_finding(report, finding) for finding in report.review.findings),
    )


def _line(line: Line) -> PublicLine:
    claimed, computed, low, high = (_digits(number) for number in (line.claimed, line.computed, line.low, line.high))
    return PublicLine(line.pointer, claimed, computed, low, high, line.agrees, line.formula)


def _finding(report: FormReport, finding: Finding) -> PublicFinding:
    return PublicFinding(
        code=finding.code,
        name=finding.name,
        title=report.title(finding.code),
        family=finding.family,
        severity=finding.severity,
        pointer=finding.pointer,
        read=finding.read,
        expected=finding.expected,
        ask=finding.ask,
        clause=None if finding.clause is None else clause_text(finding.clause),
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


_REVIEW: Final = msgspec.json.Decoder(PublicReview)
_TOLD: Final = msgspec.json.Decoder(tuple[Section, ...])


def encode_review(review: PublicReview) -> str:
    """A review as it is stored."""
    return msgspec.json.encode(review).decode()


def decode_review(text: str) -> PublicReview:
    """A review as it was stored."""
    return _REVIEW.decode(text)


def encode_told(told: tuple[Section, ...]) -> str:
    """Plain words as they are stored."""
    return msgspec.json.encode(told).decode()


def decode_told(text: str) -> tuple[Section, ...]:
    """Plain words as they were stored."""
    return _TOLD.decode(text)


def record_wire(record: Record) -> dict[str, Any]:
    """A record as plain JSON values, its form as the contract of forms says."""
    wire: dict[str, Any] = {"schema": record.schema, "id": record.id, "uid": record.uid, "year": record.year}
    wire |= {"edition": record.edition, "published": record.published, "form": to_wire(record.form)}
    return wire | {"review": msgspec.to_builtins(record.review)}


def encode_record(record: Record) -> bytes:
    """A record as one line of JSON, without its end."""
    return encode(record_wire(record))
