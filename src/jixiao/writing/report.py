"""The result of a review as every writer takes it: files, forms, score sheets, findings. `desk` makes it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from jixiao.form import Form
from jixiao.review.verdict import Family, Finding, Review
from jixiao.scoring.sheet import ScoreSheet, Step, Text

Made = TypeVar("Made")

FAMILIES: tuple[Family, ...] = ("arithmetic", "clause", "doubt")
"""The three families in the order in which every report shows them, the certain one first."""


class ReportError(Struct, frozen=True):
    """Why a file could not be read: a code, the sentence, and what to do."""

    code: str
    message: Text
    advice: Text


class FormReport(Struct, frozen=True):
    """One form with what was computed and asked.

    Attributes:
        form: the form as read.
        sheet: its score sheet under the rulebook.
        review: the findings, and the checks that could not decide.
        rulebook_title: name of the rulebook.
        rulebook_why: why this book applies (place, day, or the caller's choice).
        titles: title of every check by its code, at least of those in `review`.
        remarks: what else must be said, such as that last year's form was not found among those given.
    """

    form: Form
    sheet: ScoreSheet
    review: Review
    rulebook_title: Text
    rulebook_why: Text
    titles: Mapping[str, Text]
    remarks: tuple[Text, ...] = ()

    def needs(self) -> tuple[tuple[tuple[str, ...], Text], ...]:
        """The checks that could not decide, those that need the same together: their codes, and what they need."""
        grouped: dict[Text, list[str]] = {}
        for item in self.review.undecided:
            grouped.setdefault(item.needs, []).append(item.code)
        return tuple((tuple(dict.fromkeys(codes)), needs) for needs, codes in grouped.items())

    def title(self, code: str) -> Text:
        """The title of a check; its code where the check has none."""
        return self.titles.get(code, Text(zh=code, en=code))

    def findings(self, family: Family) -> tuple[Finding, ...]:
        """The findings of one family, in the order of the review."""
        return tuple(finding for finding in self.review.findings if finding.family == family)


class FileReport(Struct, frozen=True):
    """One file: its forms, or the error that kept it from being read.

    Attributes:
        file: the file as the caller named it.
        sha256: hex digest of its bytes; empty where they could not be had.
        error: `None` when it was read.
        forms: in document order.
        remarks: what else must be said of the file, such as evidence that could not be attached.
    """

    file: str
    sha256: str
    error: ReportError | None = None
    forms: tuple[FormReport, ...] = ()
    remarks: tuple[Text, ...] = ()


class FileStream(Struct, Generic[Made], frozen=True):
    """A file whose forms come one by one, so that a file of a hundred thousand is never held whole.

    Attributes:
        file: as of a `FileReport`; a form of a file that could not be taken is a file of its own, "forms.json#/17".
        sha256: as of a `FileReport`.
        error: as of a `FileReport`.
        forms: what was made of each form; to be taken before the next file is.
        remarks: as of a `FileReport`.
        numbers: of forms as data, filled as they are taken: which form of the file each was, from 0, for those at fault
            are left out of `forms`.
    """

    file: str
    sha256: str
    error: ReportError | None = None
    forms: Iterable[Made] = ()
    remarks: tuple[Text, ...] = ()
    numbers: list[int] = []


class Told(Struct, frozen=True):
    """What stands behind a code of a check or an entry of a rulebook, to be shown beside a report.

    Attributes:
        id: code of the check, or id of the entry.
        book: id and day of the rulebook ("cn@2024-12-31"); "" for a check.
        title: its name.
        parts: what is said of it, each under its label.
        see: id of the entry of which a check cites the clause; "" for none.
    """

    id: str
    book: str
    title: Text
    parts: tuple[tuple[Text, Text], ...]
    see: str = ""


class ReviewReport(Struct, frozen=True):
    """A whole run.

    Attributes:
        program: the program's version.
        files: every file in the order given.
        trials_left_out: how many checks on trial were not asked.
        told: what stands behind the checks and entries of rulebooks that the report names, where it is to be shown.
    """

    program: str
    files: tuple[FileReport, ...] = ()
    trials_left_out: int = 0
    told: tuple[Told, ...] = ()

    def forms(self) -> Iterator[tuple[FileReport, FormReport]]:
        """Every form with its file."""
        return ((file, form) for file in self.files for form in file.forms)

    def errors(self) -> Iterator[tuple[FileReport, ReportError]]:
        """Every file that could not be read."""
        return ((file, file.error) for file in self.files if file.error is not None)

    def given(self) -> int:
        """How many files were given; forms of a file of data that are at fault (`forms.json#/3`) are no files."""
        return len({file.file.partition("#/")[0] for file in self.files})

    def count(self, family: Family) -> int:
        """How many findings of a family there are in all forms."""
        return sum(len(form.findings(family)) for _, form in self.forms())


def steps_of(sheet: ScoreSheet) -> Iterator[Step]:
    """Every step of every derivation of a score sheet."""
    for line in sheet.lines:
        yield from line.steps
    yield from sheet.steps
    if sheet.supported is not None:
        yield from sheet.supported.steps
