"""A folder's review as JSON, contract `jixiao/folder/1`, written form by form, and its JSON Schema."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.form import digits, encode
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.priority import STEPS
from jixiao.review.folder.summary import Sums
from jixiao.review.folder.waivers import State, Waiver
from jixiao.review.folder.years import Changes
from jixiao.scoring.sheet import Text
from jixiao.writing.folder.report import Coverage, FolderReport, ScoredLine
from jixiao.writing.json_report import ErrorWire, FindingWire, UndecidedWire, error_wire, finding_wire

FOLDER_SCHEMA: Final = "jixiao/folder/1"


class WaivedWire(Struct, frozen=True):
    """What a waiver says of a finding: its number in the file from 1, and whether it holds."""

    waiver: int
    state: State


class FolderFinding(Struct, frozen=True):
    """A finding: as in a review, with the name of its field, what a waiver calls what was read, and its waiver."""

    finding: FindingWire
    field: Text
    where: Text
    read: str
    waived: WaivedWire | None


class FactorsWire(Struct, frozen=True):
    """The exact parts of a rank, as fractions; the weight is their product."""

    concern: str
    money: str
    points: str
    trust: str
    weight: str


class RankedForm(Struct, frozen=True):
    """A form in the order in which to open it.

    Attributes:
        position: from 1.
        step: "arithmetic", "clause", "doubt", or "none": the first family with an open finding.
        factors: what decided within the step.
        why: the same in sentences.
        brief: the form in brief; money in 元.
        probability: with which it was drawn for spot checks, as a fraction; `None` where no sample was asked for.
        sampled: whether it was drawn.
        lines: claimed beside recomputed.
        findings: open and waived.
        undecided: checks that could not decide.
        last_year: position of last year's form of the same project.
        changes: what changed since.
        supported: the total that the attached evidence bears out, in words; `None` where none was asked for.
        remarks: what was not found for it among the documents handed in, and evidence that could not be attached.
    """

    position: int
    step: Literal["arithmetic", "clause", "doubt", "none"]
    factors: FactorsWire
    why: tuple[Text, ...]
    brief: Brief
    probability: str | None
    sampled: bool
    lines: tuple[ScoredLine, ...]
    findings: tuple[FolderFinding, ...]
    undecided: tuple[UndecidedWire, ...]
    last_year: int | None
    changes: Changes | None
    supported: Text | None = None
    remarks: tuple[Text, ...] = ()


class FileErrorWire(Struct, frozen=True):
    """A file, or a form of it, that could not be read."""

    file: str
    error: ErrorWire


class SampleWire(Struct, frozen=True):
    """The sample: as asked for, and what it covers (in the sample, in all), exact."""

    asked: str
    seed: str
    each_unit: bool
    method: Literal["jixiao-sample/1"]
    forms: tuple[int, ...]
    coverage: dict[str, tuple[str, str]]


class SingleWire(Struct, frozen=True):
    """A form of two years without a partner, by its position, and why."""

    position: int
    why: Literal["new", "gone", "several", "unread"]


class WaiverWire(Struct, frozen=True):
    """A waiver, and of how many findings it said what; none where it met none."""

    waiver: Waiver
    states: dict[State, int]


class FolderDocument(Struct, frozen=True):
    """The whole document that `jixiao review` writes; sums are exact, means rounded half up to hundredths."""

    schema: Literal["jixiao/folder/1"]
    program: str
    day: str
    files: int
    trials_left_out: int
    errors: tuple[FileErrorWire, ...]
    whole: Sums
    units: tuple[Sums, ...]
    departments: tuple[Sums, ...]
    sample: SampleWire | None
    waivers: tuple[WaiverWire, ...]
    alone: tuple[SingleWire, ...]
    forms: tuple[RankedForm, ...]


def folder_schema() -> dict[str, Any]:
    """JSON Schema of the document, generated from the structures of this module."""
    return msgspec.json.schema(FolderDocument)


def write_folder_json(report: FolderReport) -> Iterator[bytes]:
    """The document piece by piece, a form a line."""
    positions = report.positions()
    head = {
        "schema": FOLDER_SCHEMA,
        "program": report.program,
        "day": report.day.isoformat(),
        "files": report.files,
        "trials_left_out": report.trials_left_out,
        "errors": [FileErrorWire(each.file, error_wire(each.error)) for each in report.errors],
        "whole": report.whole,
        "units": report.units,
        "departments": report.departments,
        "sample": _sample(report, positions),
        "waivers": [WaiverWire(each.waiver, each.states) for each in report.waivers],
        "alone": [SingleWire(positions[single.at], single.why) for single in report.pairing.singles],
    }
    lines = [f"{_json(name)}: ".encode() + _wire(value) for name, value in head.items()]
    yield b"{\n  " + b",\n  ".join(lines) + b',\n  "forms": ['
    last = {pair.now: positions[pair.then] for pair in report.pairing.pairs}
    for position, at in report.ranking():
        yield (b",\n    " if position > 1 else b"\n    ") + _wire(_form(report, position, at, last.get(at)))
    yield b"\n  ]\n}\n"


def _form(report: FolderReport, position: int, at: int, last: int | None) -> RankedForm:
    rank, detail = report.ranks[at], report.detail(at)
    parts = (rank.concern, rank.money, rank.points, rank.trust, rank.weight)
    findings = tuple(
        FolderFinding(
            finding=finding_wire(asked.finding),
            field=asked.field,
            where=asked.where,
            read=asked.read,
            waived=None if asked.waiver is None or asked.state is None else WaivedWire(asked.waiver + 1, asked.state),
        )
        for asked in detail.findings
    )
    return RankedForm(
        position=position,
        step=STEPS[rank.step] if rank.step < len(STEPS) else "none",
        factors=FactorsWire(*map(str, parts)),
        why=report.reasons(at),
        brief=report.briefs[at],
        probability=str(report.sample.probabilities[at]) if report.sample else None,
        sampled=at in report.sampled,
        lines=detail.lines,
        findings=findings,
        undecided=tuple(
            UndecidedWire(item.code, item.pointer, item.needs.zh, item.needs.en) for item in detail.undecided
        ),
        last_year=last,
        changes=detail.changes,
        supported=detail.supported,
        remarks=detail.remarks,
    )


def _sample(report: FolderReport, positions: dict[int, int]) -> SampleWire | None:
    sample = report.sample
    if sample is None:
        return None
    drawn = tuple(sorted(positions[at] for at in sample.chosen))
    return SampleWire(
        asked=sample.asked,
        seed=sample.seed,
        each_unit=sample.each_unit,
        method="jixiao-sample/1",
        forms=drawn,
        coverage=_coverage(sample.coverage),
    )


def _coverage(coverage: Coverage) -> dict[str, tuple[str, str]]:
    parts = {name: getattr(coverage, name) for name in ("forms", "money", "findings", "units")}
    return {name: (str(some), str(every)) for name, (some, every) in parts.items()}


def _wire(value: object) -> bytes:
    """JSON in which money and points are digits as printed."""
    return encode(digits(msgspec.to_builtins(value, builtin_types=(Decimal,)), _GEOMETRY))


_GEOMETRY: Final = frozenset({"box", "confidence"})


def _json(name: str) -> str:
    return msgspec.json.encode(name).decode()
