"""The use case of the corrected copy: read, score, correct, write a copy; never in place, never silently."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from jixiao import __version__
from jixiao.corpus.formsfile import FORMS_FILES
from jixiao.desk.files import made_folder, replace_file
from jixiao.desk.fixed_copy import corrected_copy
from jixiao.desk.library import known_rulebook, reviewer, shelf
from jixiao.desk.reviewing import stream_files
from jixiao.desk.spool import Spool
from jixiao.form import Form, decode_form, encode, to_wire
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.review.context import NOTHING, Context
from jixiao.review.corrections import correct
from jixiao.scoring.sheet import Text
from jixiao.writing.fixing.as_job import By, Language, job_of
from jixiao.writing.fixing.report import Fixed, FixedForm
from jixiao.writing.report import FileStream, ReportError


class Asked(Struct, frozen=True):
    """How files are to be corrected.

    Attributes:
        day: ISO day that the notes carry.
        author: whose name they carry.
        language: of their words.
        rulebook: id of the book for every form; `None` recognises the place.
        limits: what each file may cost.
    """

    day: str
    author: str = "Jixiao"
    language: Language = "zh"
    rulebook: str | None = None
    limits: Limits = DEFAULT_LIMITS


def fix_files(targets: Mapping[Path, Path | None], asked: Asked) -> Iterator[Fixed]:
    """Correct every file, and write each copy whole or not at all.

    A file with nothing to correct gets no copy: one like the original would mislead.

    Args:
        targets: each file with where its copy goes; `None` only lists.
        asked: how.

    Raises:
        WrongUse: there is no such rulebook; a copy cannot be written.
    """
    if asked.rulebook is not None:
        known_rulebook(asked.rulebook)
    for path, target in targets.items():
        yield _fixed(path, target, asked)


def _fixed(path: Path, target: Path | None, asked: Asked) -> Fixed:
    streams = stream_files([path], partial(fix_form, rulebook=asked.rulebook), limits=asked.limits)
    with Spool() as spool:
        fixed = _taken(path, streams, spool)
        if fixed.error is not None or target is None or not fixed.corrections:
            return fixed
        made_folder(target.parent, above=True)
        if is_data(target):
            replace_file(target, _pieces(spool, lines=target.suffix.lower() != ".json"))
            return replace(fixed, out=str(target))
        forms = [decode_form(spool.get(at)) for at in range(len(spool))]
    job = job_of(fixed, By(asked.author, asked.day, __version__), asked.language)
    copy = corrected_copy(fixed, forms, job, asked.limits)
    if isinstance(copy, ReportError):
        return replace(fixed, error=copy)
    replace_file(target, copy)
    return replace(fixed, out=str(target))


def is_data(path: Path) -> bool:
    """Whether a file holds forms as data, by its name."""
    return path.suffix.lower() in FORMS_FILES


def _taken(path: Path, streams: Iterator[FileStream[FixedForm]], spool: Spool) -> Fixed:
    """The forms of one file taken together: those put right into the spool, those with something to say kept.

    A form of a file of data that is at fault would be lost in the copy, so it keeps the copy from being written.
    """
    fixed = Fixed(str(path), "")
    read: list[FixedForm] = []
    for stream in streams:
        if stream.file != str(path):
            error = stream.error if stream.file.startswith(f"{path}#") else _IN_AN_ARCHIVE
            fixed = replace(fixed, error=fixed.error or error or _IN_AN_ARCHIVE)
        else:
            fixed = replace(fixed, sha256=stream.sha256, error=stream.error)
        for form in stream.forms:
            spool.add(encode(to_wire(form.corrected.form)))
            read += [] if form.is_silent else [replace(form, number=len(spool))]
    return replace(fixed, read=len(spool), forms=tuple(read))


def _pieces(spool: Spool, *, lines: bool) -> Iterator[bytes]:
    """The forms as one JSON array, or a form a line."""
    last = len(spool) - 1
    yield b"" if lines else b"[\n"
    for at in range(len(spool)):
        yield spool.get(at) + (b"\n" if lines or at == last else b",\n")
    yield b"" if lines else b"]\n"


def fix_form(form: Form, context: Context = NOTHING, *, rulebook: str | None = None) -> FixedForm:  # noqa: ARG001
    """Correct one form under the book in force.

    Args:
        form: the form.
        context: not used: what is missing beside a form does not keep its arithmetic from being put right.
        rulebook: id of a book to use instead of the recognised one.
    """
    choice = shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year, override=rulebook
    )
    book = choice.book
    return FixedForm(
        number=0,
        form=form,
        corrected=correct(form, reviewer(book)),
        book=f"{book.id} {book.on}",
        fingerprint=book.fingerprint,
        title=Text(book.zh, book.en),
    )


_IN_AN_ARCHIVE: Final = ReportError(
    "unsupported_format",
    Text("压缩包里的文件不能直接改正。", "A file in an archive cannot be corrected there."),
    Text("请先解压，再改正其中的文件或文件夹。", "Unpack the archive, then correct the files or the folder."),
)
