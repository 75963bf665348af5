"""The two use cases of the desk: read files, and review them. One file that fails never stops the rest."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jixiao.corpus.formsfile import digest_of, is_forms_file
from jixiao.desk.errors import WrongUse
from jixiao.desk.evidence import beside
from jixiao.desk.forms import stream_forms
from jixiao.desk.library import checks, known_rulebook, reviewer, shelf
from jixiao.form import Form
from jixiao.layout.shown import Sheet
from jixiao.reading import DEFAULT_LIMITS, LIMIT_NAMES, Limits, Unreadable, changed_limits, read_all, show_file
from jixiao.review import Context, Review
from jixiao.review.context import NOTHING
from jixiao.scoring.sheet import Text
from jixiao.writing.forms_report import FileForms
from jixiao.writing.json_report import EncodedForm, encode_form
from jixiao.writing.report import FileReport, FileStream, FormReport, ReportError

if TYPE_CHECKING:
    from jixiao.desk.known import Known

Made = TypeVar("Made")


def read_files(paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> Iterator[FileForms]:
    """Read every file, in the order given; what could not be read carries its error.

    Args:
        paths: the files; each member of a zip is a file of its own.
        limits: what each may cost.
    """
    for reading in read_all(paths, limits=limits):
        file, digest, outcome = str(reading.path), reading.sha256 or digest_of(Path(reading.path)), reading.outcome
        if isinstance(outcome, Unreadable):
            yield FileForms(file, digest, _error(outcome))
        else:
            yield FileForms(file, digest, forms=outcome)


def show_files(results: Iterable[FileForms]) -> Iterator[tuple[FileForms, tuple[Sheet, ...]]]:
    """Files as read, each with its pages as pictures, or its tables and lines; none where it cannot be opened."""
    for result in results:
        try:
            yield result, show_file(result.file)
        except Unreadable:
            yield result, ()


def limits_of(settings: Iterable[str]) -> Limits:
    """The limits with some changed, such as "pages=500".

    Raises:
        WrongUse: there is no such limit, or its value is no whole number from 1 on.
    """
    try:
        return changed_limits(tuple(settings))
    except ValueError as error:
        names = ", ".join(LIMIT_NAMES)
        zh = f"“{error}”不是上限。请写成“名称=整数”，如 pages=500。名称有：{names}。"
        raise WrongUse(zh, f"{error} sets no limit. Write NAME=NUMBER, like pages=500. Names: {names}.") from error


def review_files(
    paths: Iterable[Path],
    *,
    rulebook: str | None = None,
    asking: bool = True,
    trial: bool = False,
    known: "Known | None" = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[FileReport]:
    """Read every file, score each form under the book in force at its place and year, and ask.

    Args:
        paths: the files, documents or forms as data.
        rulebook: id of the book to use for every form; `None` recognises the place.
        asking: whether findings are kept; without them it is a score sheet only.
        trial: whether checks on trial ask, too.
        known: what was handed in beside the forms.
        limits: what each file may cost.

    Raises:
        WrongUse: there is no such rulebook, said before any file is read; or a list of evidence cannot be used.
    """
    make = partial(review_form, rulebook=rulebook, asking=asking, trial=trial, known=known)
    for file in stream_files(paths, make, rulebook, limits):
        yield FileReport(file.file, file.sha256, file.error, tuple(file.forms), file.remarks)


def encode_files(
    paths: Iterable[Path],
    *,
    rulebook: str | None = None,
    asking: bool = True,
    trial: bool = False,
    known: "Known | None" = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[FileStream[EncodedForm]]:
    """What `review_files` gives, form by form as JSON; the forms of a file are to be taken before the next file.

    Raises:
        WrongUse: as for `review_files`.
    """
    make = partial(_encoded, rulebook=rulebook, asking=asking, trial=trial, known=known)
    return stream_files(paths, make, rulebook, limits)


def _encoded(form: Form, context: Context = NOTHING, **given: Any) -> EncodedForm:
    return encode_form(review_form(form, context, **given))


def stream_files(
    paths: Iterable[Path], make: Callable[..., Made], rulebook: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[FileStream[Made]]:
    """Read every file, documents or forms as data, and make something of each form.

    Args:
        paths: the files.
        make: takes a form and its `Context`; a function at the top of a module, or a partial of one, for forms as data
            are made in several processes.
        rulebook: id of a book that must exist.
        limits: what each file may cost.

    Raises:
        WrongUse: there is no such rulebook, said before any file is read; or a list of evidence cannot be used.
    """
    if rulebook is not None:
        known_rulebook(rulebook)
    named = list(paths)
    documents = documents_of([path for path in named if not is_forms_file(path)], limits)
    for as_data, run in groupby(named, key=is_forms_file):
        if as_data:
            yield from stream_forms(run, make)
            continue
        for path in run:
            for result in documents.of(path):
                yield _stream(result, make)


def _stream(result: FileForms, make: Callable[..., Made]) -> FileStream[Made]:
    """A document's forms, each made with the evidence that stands beside the document."""
    evidence = beside(result.file, result.forms)
    numbered = enumerate(result.forms, 1)
    forms = (make(form, Context(evidence=evidence.of(number))) for number, form in numbered)
    return FileStream(result.file, result.sha256, result.error, forms, evidence.problems)


def documents_of(paths: Iterable[Path], limits: Limits) -> "Documents":
    """Documents to be read, some ahead of the one asked for."""
    return Documents(read_files(paths, limits))


class Documents:
    """What was read of documents, asked for one document after another; an archive gives one for each member."""

    def __init__(self, readings: Iterator[FileForms]) -> None:
        """Take the readings, in the order of the documents."""
        self._readings = readings
        self._next: FileForms | None = None

    def of(self, path: Path) -> Iterator[FileForms]:
        """What was read of the next document."""
        held = self._next or next(self._readings)
        yield held
        for held in self._readings:
            if not held.file.startswith(f"{path}/"):
                self._next = held
                return
            yield held
        self._next = None


def review_form(
    form: Form,
    context: Context = NOTHING,
    *,
    rulebook: str | None = None,
    asking: bool = True,
    trial: bool = False,
    known: "Known | None" = None,
) -> FormReport:
    """Score one form under the book in force, and ask about it."""
    remarks: tuple[Text, ...] = ()
    if known is not None:
        context, remarks = known.beside(form, context)
    choice = shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year, override=rulebook
    )
    sheet, review = reviewer(choice.book, trial=trial).review(form, context)
    return FormReport(
        form=form,
        sheet=sheet,
        review=review if asking else Review(),
        rulebook_title=Text(zh=choice.book.zh, en=choice.book.en),
        rulebook_why=Text(zh=choice.zh, en=choice.en),
        titles=checks().titles,
        remarks=remarks,
    )


def trials_left_out(*, asking: bool, trial: bool) -> int:
    """How many checks on trial a run leaves out."""
    return len(checks().trials) if asking and not trial else 0


def _error(error: Unreadable) -> ReportError:
    return ReportError(error.code, Text(error.zh, error.en), Text(error.advice_zh, error.advice_en))
