"""The two use cases of the desk: read files, and review them. One file that fails never stops the rest."""

from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path

from jixiao.desk.library import checks, known_rulebook, reviewer, shelf
from jixiao.form import Form
from jixiao.layout.shown import Sheet
from jixiao.reading import Unreadable, read_many, show_file
from jixiao.review import Review
from jixiao.scoring.sheet import Text
from jixiao.writing.forms_report import FileForms
from jixiao.writing.report import FileReport, FormReport, ReportError


def read_files(paths: Iterable[Path]) -> Iterator[FileForms]:
    """Read every file, in the order given; what could not be read carries its error."""
    for path, outcome in read_many(paths):
        if isinstance(outcome, Unreadable):
            yield FileForms(str(path), _digest(Path(path)), _error(outcome))
        else:
            yield FileForms(str(path), _digest(Path(path)), forms=outcome)


def show_files(results: Iterable[FileForms]) -> Iterator[tuple[FileForms, tuple[Sheet, ...]]]:
    """Files as read, each with its pages as pictures, or its tables and lines; none where it cannot be opened."""
    for result in results:
        try:
            yield result, show_file(result.file)
        except Unreadable:
            yield result, ()


def review_files(paths: Iterable[Path], *, rulebook: str | None = None, asking: bool = True) -> Iterator[FileReport]:
    """Read every file, score each form under the book in force at its place and year, and ask.

    Args:
        paths: the files.
        rulebook: id of the book to use for every form; `None` recognises the place.
        asking: whether findings are kept; without them it is a score sheet only.

    Raises:
        WrongUse: there is no such rulebook; said before any file is read.
    """
    if rulebook is not None:
        known_rulebook(rulebook)
    for result in read_files(paths):
        forms = tuple(review_form(form, rulebook=rulebook, asking=asking) for form in result.forms)
        yield FileReport(result.file, result.sha256, result.error, forms)


def review_form(form: Form, *, rulebook: str | None = None, asking: bool = True) -> FormReport:
    """Score one form under the book in force, and ask about it."""
    choice = shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year, override=rulebook
    )
    sheet, review = reviewer(choice.book).review(form)
    return FormReport(
        form=form,
        sheet=sheet,
        review=review if asking else Review(),
        rulebook_title=Text(zh=choice.book.zh, en=choice.book.en),
        rulebook_why=Text(zh=choice.zh, en=choice.en),
        titles=checks().titles,
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _error(error: Unreadable) -> ReportError:
    return ReportError(error.code, Text(error.zh, error.en), Text(error.advice_zh, error.advice_en))
