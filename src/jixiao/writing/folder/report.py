"""A folder's review as every writer takes it. `desk` makes it; what is told of each form is fetched one by one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from jixiao.form import Form
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.priority import Rank, reasons
from jixiao.review.folder.summary import Sums
from jixiao.review.folder.waivers import State, Waiver
from jixiao.review.folder.years import Changes, Pairing
from jixiao.review.page import Check
from jixiao.review.verdict import Finding, Undecided
from jixiao.scoring.sheet import Text
from jixiao.writing.report import ReportError


class AskedFinding(Struct, frozen=True):
    """A finding of a form of the folder.

    Attributes:
        finding: the finding.
        field: what people call the field.
        where: where it stands in the source.
        read: what was read there, as a waiver names it.
        waiver: place of its waiver in the file, from 0; `None` where it has none.
        state: what the waiver says of it.
    """

    finding: Finding
    field: Text
    where: Text
    read: str
    waiver: int | None = None
    state: State | None = None

    @property
    def waived(self) -> bool:
        """Whether a waiver of it holds."""
        return self.state == "holds"


class ScoredLine(Struct, frozen=True):
    """A line of the score sheet: its name, digits as printed, whether claimed and recomputed agree."""

    field: Text
    claimed: str | None
    computed: str | None
    low: str | None
    agrees: bool | None


class Detail(Struct, frozen=True):
    """What is told of a form when it is opened.

    Attributes:
        lines: the lines of its score sheet.
        findings: what is asked, waived findings included.
        undecided: the checks that could not decide.
        rulebook, why: the book it was scored under, and why that one.
        changes: against last year's form; `None` without one.
        supported: the total that the attached evidence bears out; `None` where nobody was asked for evidence.
        remarks: what was not found for it among the documents handed in.
    """

    lines: tuple[ScoredLine, ...]
    findings: tuple[AskedFinding, ...]
    undecided: tuple[Undecided, ...]
    rulebook: Text
    why: Text
    changes: Changes | None = None
    supported: Text | None = None
    remarks: tuple[Text, ...] = ()


class FileError(Struct, frozen=True):
    """A file, or a form of it, that could not be read."""

    file: str
    error: ReportError


class Coverage(Struct, frozen=True):
    """What a sample covers: its part of the forms, of the money, of the open findings, of the units.

    Attributes:
        forms, money, findings, units: in the sample, and in all.
    """

    forms: tuple[Fraction, Fraction]
    money: tuple[Fraction, Fraction]
    findings: tuple[Fraction, Fraction]
    units: tuple[Fraction, Fraction]


class Sample(Struct, frozen=True):
    """A sample for spot checks.

    Attributes:
        asked: its size as asked for.
        seed: its seed.
        each_unit: whether each unit was to give one.
        chosen: the drawn forms, by their place among the briefs.
        probabilities: of every form.
        coverage: what it covers.
    """

    asked: str
    seed: str
    each_unit: bool
    chosen: tuple[int, ...]
    probabilities: tuple[Fraction, ...]
    coverage: Coverage


class UsedWaiver(Struct, frozen=True):
    """A waiver, and of how many findings it said what; none where it is unused."""

    waiver: Waiver
    states: dict[State, int]


class FolderReport(Struct, frozen=True):
    """The review of a folder.

    Attributes:
        program: the version.
        day: the day for which waivers were looked at.
        files: how many files were read or tried.
        errors: what could not be read.
        briefs: the forms, in the order of the folder.
        ranks: why each stands where it does.
        order: places of the briefs, the first to open first.
        checks: all checks by code.
        whole, units, departments: the sums.
        pairing: forms of two years beside each other.
        sample: drawn for spot checks, if asked for.
        waivers: those given.
        detail: fetches what is told of a form.
        form: fetches a form.
        trials_left_out: how many checks on trial were not asked.
    """

    program: str
    day: date
    files: int
    errors: Sequence[FileError]
    briefs: Sequence[Brief]
    ranks: Sequence[Rank]
    order: Sequence[int]
    checks: Mapping[str, Check]
    whole: Sums
    units: Sequence[Sums]
    departments: Sequence[Sums]
    pairing: Pairing
    sample: Sample | None
    waivers: Sequence[UsedWaiver]
    detail: Callable[[int], Detail]
    form: Callable[[int], Form]
    trials_left_out: int = 0

    def ranking(self) -> Iterator[tuple[int, int]]:
        """Position from 1, and the place among the briefs."""
        return enumerate(self.order, 1)

    def positions(self) -> dict[int, int]:
        """The position of each form by its place among the briefs."""
        return {at: position for position, at in self.ranking()}

    def reasons(self, at: int) -> tuple[Text, ...]:
        """Why a form stands where it stands."""
        return reasons(self.briefs[at], self.ranks[at], self.checks)

    @property
    def sampled(self) -> frozenset[int]:
        """The drawn forms."""
        return frozenset(self.sample.chosen) if self.sample else frozenset()

    @property
    def asks(self) -> bool:
        """Whether a finding is open."""
        return any(brief.asked for brief in self.briefs)
