"""The plan as pieces of work, the same whoever asks: stored parts, lines, documents, pieces of files of forms."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from msgspec import Struct

from jixiao.corpus.building.chunk import Chunk, chunk_of, packed
from jixiao.corpus.building.parts import Gone, stored_forms, stored_tables
from jixiao.corpus.building.plan import Plan
from jixiao.corpus.building.reading import changed_line, forms_in, has_changed, kept_forms, line_of_fault, read_batch
from jixiao.corpus.building.way import READ, Line, Named, Way
from jixiao.corpus.formsfile import FormsFileFault, elements, is_forms_file, no_form
from jixiao.corpus.parts import Kept
from jixiao.corpus.storage import Storage

_DOCUMENTS: Final = 8
_DOCUMENT_BYTES: Final = 2**22
_TEXTS: Final = 256
_TEXT_BYTES: Final = 2**20
_AGAIN: Final = 1_000
"""Stored forms that are put under the law again in one piece."""


class Stored(Struct, frozen=True):
    """A part of the corpus as it was: its tables, or a span of its forms to be put under the law again."""

    part: int
    span: tuple[int, int] | None = None


class Documents(Struct, frozen=True):
    """Files to be read, and where each lies; one that lies nowhere any more has changed.

    Attributes:
        files: in order.
        paths: by name.
        killers: names of those that killed the worker that read them: they are set aside unread.
    """

    files: tuple[Named, ...]
    paths: Mapping[str, Path]
    killers: frozenset[str] = frozenset()


class Texts(Struct, frozen=True):
    """Forms of a file of forms as JSON, which form of the file the first one is, and lines that follow them."""

    file: Named
    first: int = 0
    texts: tuple[bytes, ...] = ()
    lines: tuple[Line, ...] = ()


Batch = Stored | Documents | Texts | tuple[Line, ...]


def size_of(batch: Batch) -> int:
    """Bytes of the files that a batch works through."""
    if isinstance(batch, Documents):
        return sum(file.bytes for file in batch.files)
    return sum(map(len, batch.texts)) if isinstance(batch, Texts) else 0


def batches(plan: Plan, paths: Mapping[str, Path]) -> Iterator[Batch]:
    """All pieces of work in order.

    Args:
        plan: the plan.
        paths: where each file lies, by its name.
    """
    for part, forms in plan.stored:
        if plan.again:
            yield from (Stored(part, (low, low + _AGAIN)) for low in range(0, max(forms, 1), _AGAIN))
        else:
            yield Stored(part)
    if plan.lines:
        yield plan.lines
    for as_data, run in groupby(plan.files, key=lambda file: is_forms_file(Path(file.name))):
        if as_data:
            for file in run:
                yield from _texts(file, paths.get(file.name))
        else:
            yield from _documents(run, paths)


def _documents(files: Iterable[Named], paths: Mapping[str, Path]) -> Iterator[Documents]:
    held: list[Named] = []
    size = 0
    for file in files:
        held.append(file)
        size += file.bytes
        if len(held) >= _DOCUMENTS or size >= _DOCUMENT_BYTES:
            yield _lying(held, paths)
            held, size = [], 0
    if held:
        yield _lying(held, paths)


def _lying(files: list[Named], paths: Mapping[str, Path]) -> Documents:
    return Documents(tuple(files), {file.name: paths[file.name] for file in files if file.name in paths})


def _texts(file: Named, path: Path | None) -> Iterator[Texts]:
    """The pieces of a file of forms; the last one says what came of the file."""
    if path is None:
        yield Texts(file, lines=(changed_line(file),))
        return
    held: list[bytes] = []
    size = first = 0
    fault: FormsFileFault | None = None
    try:
        for text in elements(path, file.name):
            held.append(text)
            size += len(text)
            if len(held) >= _TEXTS or size >= _TEXT_BYTES:
                yield Texts(file, first, tuple(held))
                first, held, size = first + len(held), [], 0
    except FormsFileFault as found:
        fault = found
    yield Texts(file, first, tuple(held), tuple(_end(file, path, first + len(held), fault)))


def _end(file: Named, path: Path, count: int, fault: FormsFileFault | None) -> Iterator[Line]:
    """What is said of a file of forms at its end; a fault that ends it is a line of its own after forms that were."""
    if has_changed(file, path):
        yield changed_line(file)
    elif count:
        yield Line(file.sha256, file.name, file.bytes, count, READ)
        if fault is not None:
            yield line_of_fault(fault, file)
    else:
        error = no_form(file.name) if fault is None else fault.error
        zh, en = error.message.zh + error.advice.zh, f"{error.message.en} {error.advice.en}"
        yield Line(file.sha256, file.name, file.bytes, 0, error.code, zh, en)


def done(batch: Batch, way: Way, storage: Storage, gone: Gone) -> Chunk:
    """Do a piece of work.

    Args:
        batch: the piece.
        way: how files are read.
        storage: where the corpus lies, for stored parts.
        gone: files whose forms leave.

    Raises:
        CorpusFault: a stored part cannot be read.
    """
    if isinstance(batch, Stored) and batch.span is None:
        return packed(stored_tables(storage, batch.part, gone))
    return chunk_of(_found(batch, way, storage, gone))


def _found(batch: Batch, way: Way, storage: Storage, gone: Gone) -> Iterator[Kept | Line]:
    if isinstance(batch, Stored):
        assert batch.span is not None  # noqa: S101 -- whole tables are not put under the law
        yield from stored_forms(storage, batch.part, gone, batch.span, way)
    elif isinstance(batch, Documents):
        for taken in read_batch(batch.files, batch.paths, way, batch.killers):
            yield taken.line
            yield from kept_forms([taken], way)
    elif isinstance(batch, Texts):
        yield from forms_in(batch.texts, batch.first, batch.file, way)
        yield from batch.lines
    else:
        yield from batch
