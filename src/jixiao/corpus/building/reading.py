"""A batch of files → forms, or why there are none: a pure function of the files and the way, done in any process."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from jixiao.corpus.building.way import ARCHIVE, CHANGED, KILLER, READ, Line, Named, Way
from jixiao.corpus.formsfile import FormsFileFault, form_of
from jixiao.form import Form
from jixiao.reading import Limits, Unreadable
from jixiao.reading.cell import Cell, Reading

if TYPE_CHECKING:
    from jixiao.corpus.parts import Kept


class Taken(Struct, frozen=True):
    """What came of a file, or of a member of an archive: its line in `sources`, and its forms."""

    line: Line
    forms: tuple[Form, ...] = ()


def read_batch(
    files: Iterable[Named], paths: Mapping[str, Path], way: Way, killers: Container[str] = ()
) -> Iterator[Taken]:
    """Documents read in the limited child process, in order; an archive gives itself, then each member.

    Args:
        files: the files.
        paths: where each lies, by its name; one that lies nowhere any more has changed.
        way: how they are read.
        killers: names of files that are set aside unread, for each killed the worker that read it.
    """
    for file in files:
        path = paths.get(file.name)
        if file.name in killers:
            yield Taken(_killer_line(file))
        elif path is None:
            yield Taken(changed_line(file))
        else:
            yield from _document(file, path, _cell(way.limits))


def kept_forms(taken: Iterable[Taken], way: Way) -> "Iterator[Kept]":
    """Forms as a corpus keeps them, under the book in force, with features and findings."""
    for one in taken:
        for number, form in enumerate(one.forms, 1):
            yield kept_form(form, (one.line.file, one.line.sha256, number), way)


def kept_form(form: Form, where: tuple[str, str, int], way: Way) -> "Kept":
    """A form as a corpus keeps it.

    Args:
        form: the form.
        where: name and SHA-256 of its file, and which form of the file it is, from 1.
        way: the law it is put under.
    """
    from jixiao.corpus.parts import Kept

    found = way.review(form, way.rulebook)
    file, digest, number = where
    return Kept(form, file, digest, number, found.rulebook, found.in_force, found.rows, found.review)


def forms_in(texts: Sequence[bytes], first: int, file: Named, way: Way) -> "Iterator[Kept | Line]":
    """Forms as data, held to the contract; one at fault is a line of its own, named by its place in the file.

    Args:
        texts: JSON of some forms of a file, one after another.
        first: which form the first one is, from 0.
        file: the file.
        way: the law they are put under.
    """
    for number, text in enumerate(texts, first):
        try:
            form = form_of(text, number, file.name)
        except FormsFileFault as fault:
            yield line_of_fault(fault, file)
        else:
            yield kept_form(form, (file.name, file.sha256, number + 1), way)


def line_of_fault(fault: FormsFileFault, file: Named) -> Line:
    """What is said of one form of a file."""
    error = fault.error
    zh, en = error.message.zh + error.advice.zh, f"{error.message.en} {error.advice.en}"
    return Line(file.sha256, f"{file.name}#/{fault.number}", 0, 0, error.code, zh, en)


_CELLS: dict[Limits, Cell] = {}
"""The cell of this process, kept warm from batch to batch."""


def _cell(limits: Limits) -> Cell:
    if limits not in _CELLS:
        close_cells()
        _CELLS[limits] = Cell(limits, 1)
    return _CELLS[limits]


def close_cells() -> None:
    """End the children of this process."""
    while _CELLS:
        _CELLS.popitem()[1].close()


def _document(file: Named, path: Path, cell: Cell) -> Iterator[Taken]:
    if has_changed(file, path):
        yield Taken(changed_line(file))
        return
    packed = False
    for reading in cell.readings(path, file.name):
        below = str(reading.path).removeprefix(str(path))
        if below and not packed:
            yield Taken(Line(file.sha256, file.name, file.bytes, 0, ARCHIVE))
        packed = packed or bool(below)
        yield _taken(reading, file, below)


def has_changed(file: Named, path: Path | None) -> bool:
    """Whether a file is not, or no longer, what it was when the plan was made."""
    try:
        return path is None or (file.sha256 != "" and digest_and_size(path)[0] != file.sha256)
    except OSError:
        return True


def changed_line(file: Named) -> Line:
    """What is said of a file that is no longer what it was when the plan was made."""
    zh = f"{file.name}：建库期间文件变了。再建一次会读新的内容。"
    en = f"{file.name}: the file changed while the corpus was built. Build again, and what it holds now is read."
    return Line(file.sha256, file.name, file.bytes, 0, CHANGED, zh, en)


def _killer_line(file: Named) -> Line:
    zh = f"{file.name}：读它的工作进程每次都被终止，已放到一边，其余文件照读。可在本机单独检查它：jixiao check。"
    en = (
        f"{file.name}: the worker that reads it is killed each time; it is set aside, all other files were read."
        " To look into it on this machine: jixiao check."
    )
    return Line(file.sha256, file.name, file.bytes, 0, KILLER, zh, en)


def _taken(reading: Reading, file: Named, below: str) -> Taken:
    digest, size = (reading.sha256, 0) if below else (file.sha256, file.bytes)
    name, outcome = file.name + below, reading.outcome
    if isinstance(outcome, Unreadable):
        zh, en = outcome.zh + outcome.advice_zh, f"{outcome.en} {outcome.advice_en}"
        return Taken(Line(digest, name, size, 0, outcome.code, zh, en))
    return Taken(Line(digest, name, size, len(outcome), READ), outcome)


def digest_and_size(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file's bytes.

    Raises:
        OSError: they cannot be had.
    """
    from hashlib import file_digest

    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        return digest, file.tell()
