"""What came of correcting files, as every writer takes it. `desk` makes it."""

from msgspec import Struct

from jixiao.form import Form
from jixiao.review.corrections import Corrected, Correction
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text
from jixiao.writing.report import ReportError


class FixedForm(Struct, frozen=True):
    """One form with what was corrected and what was left.

    Attributes:
        number: which form of its file, from 1.
        form: as read.
        corrected: what came of it.
        book: id and day of the rulebook, "cn-shanghai 2024-12-31", and its fingerprint.
        fingerprint: of the rulebook.
        title: name of the rulebook.
    """

    number: int
    form: Form
    corrected: Corrected
    book: str
    fingerprint: str
    title: Text

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to say of it."""
        return not self.corrected.corrections and not self.corrected.left

    @property
    def is_open(self) -> bool:
        """Whether something is left that the form does not decide."""
        return any(left.why == "undecided" for left in self.corrected.left)

    def name_of(self, pointer: str) -> Text:
        """What people call a field of the form."""
        return field_name(self.form, pointer)


class Fixed(Struct, frozen=True):
    """One file.

    Attributes:
        file: as the caller named it.
        sha256: hex digest of its bytes; empty where they could not be had.
        read: how many forms were read.
        forms: those of which there is something to say.
        out: where the corrected copy was written; `None` where none was.
        error: why the file could not be read, or no copy be written.
        remarks: what else must be said.
    """

    file: str
    sha256: str
    read: int = 0
    forms: tuple[FixedForm, ...] = ()
    out: str | None = None
    error: ReportError | None = None
    remarks: tuple[Text, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every correction of every form."""
        return tuple(each for form in self.forms for each in form.corrected.corrections)

    @property
    def finds(self) -> bool:
        """Whether anything was corrected, or left undecided."""
        return bool(self.corrections) or any(form.is_open for form in self.forms)


class FixReport(Struct, frozen=True):
    """A whole run.

    Attributes:
        program: the program's version.
        files: every file in the order given.
        writes: whether copies were asked for; without it the run only lists.
    """

    program: str
    files: tuple[Fixed, ...] = ()
    writes: bool = True
