"""Forms as data, reviewed: many files as one stream of batches, each file's forms together again at the end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import Final, Generic, TypeVar

from msgspec import Struct

from jixiao.corpus.formsfile import FormsFileFault, digest_of, elements, form_of, no_form
from jixiao.desk.working import in_order
from jixiao.form import Form
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FileStream, ReportError

Made = TypeVar("Made")

_BATCH: Final = 64
_BATCH_BYTES: Final = 2**20
_MOST_FAULTS: Final = 1000


class Sheet(Struct, frozen=True):
    """A form's text on its way to be reviewed; without one, the begin of a file.

    Attributes:
        at: which file, counted from 0.
        number: which form of it, from 0; -1 for the begin.
        data: its JSON text.
        error: why there is none.
    """

    at: int
    number: int = -1
    data: bytes = b""
    error: ReportError | None = None


class Outcome(Struct, Generic[Made], frozen=True):
    """What came of a form: what was made of it, or why nothing was."""

    at: int
    number: int
    made: Made | None = None
    error: ReportError | None = None


def stream_forms(paths: Iterable[Path], make: Callable[[Form], Made]) -> Iterator[FileStream[Made]]:
    """Files of forms in order, and what `make` makes of each form; forms at fault follow as files of their own.

    Args:
        paths: the files.
        make: a function at the top of a module, or a partial of one.
    """
    files = list(paths)
    labels = [str(path) for path in files]
    results = chain.from_iterable(in_order(partial(_batch_made, make, labels), _batches(_sheets(files))))
    for at, outcomes in groupby(results, key=lambda outcome: outcome.at):
        yield from _files(files[at], outcomes)


def _sheets(paths: list[Path]) -> Iterator[Sheet]:
    for at, path in enumerate(paths):
        yield Sheet(at)
        try:
            for number, data in enumerate(elements(path)):
                yield Sheet(at, number, data)
        except FormsFileFault as fault:
            yield Sheet(at, fault.number, error=fault.error)


def _batches(sheets: Iterable[Sheet]) -> Iterator[list[Sheet]]:
    batch: list[Sheet] = []
    size = 0
    for sheet in sheets:
        batch.append(sheet)
        size += len(sheet.data)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _batch_made(make: Callable[[Form], Made], labels: list[str], batch: list[Sheet]) -> list[Outcome[Made]]:
    return [_made(make, labels[sheet.at], sheet) for sheet in batch]


def _made(make: Callable[[Form], Made], label: str, sheet: Sheet) -> Outcome[Made]:
    if not sheet.data:
        return Outcome(sheet.at, sheet.number, error=sheet.error)
    try:
        return Outcome(sheet.at, sheet.number, make(form_of(sheet.data, sheet.number, label)))
    except FormsFileFault as fault:
        return Outcome(sheet.at, sheet.number, error=fault.error)


def _files(path: Path, outcomes: Iterator[Outcome[Made]]) -> Iterator[FileStream[Made]]:
    next(outcomes)  # the begin of the file
    first = next(outcomes, None)
    digest = digest_of(path)
    if first is None:
        yield FileStream(str(path), digest, no_form(path))
    elif first.error is not None and first.number == 0 and first.error.code in _WHOLE:
        yield FileStream(str(path), digest, first.error)
    else:
        faults = _Faults()
        numbers: list[int] = []
        good = _good(chain([first], outcomes), faults, numbers)
        yield FileStream(str(path), digest, forms=good, numbers=numbers)
        for number, error in faults.first:
            yield FileStream(f"{path}#/{number}", digest, error)
        if faults.more:
            yield FileStream(f"{path}#", digest, _many(path, faults.more))


@dataclass(slots=True)
class _Faults:
    """The first faults of a file by the number of the form, and how many more there are."""

    first: list[tuple[int, ReportError]] = field(default_factory=list)
    more: int = 0

    def add(self, number: int, error: ReportError) -> None:
        if len(self.first) < _MOST_FAULTS:
            self.first.append((number, error))
        else:
            self.more += 1


_WHOLE: Final = frozenset({"cannot-open", "not-forms"})
"""Faults of a file; at its first form, nothing of it was read."""


def _good(outcomes: Iterable[Outcome[Made]], faults: _Faults, numbers: list[int]) -> Iterator[Made]:
    for outcome in outcomes:
        if outcome.error is not None:
            faults.add(outcome.number, outcome.error)
        elif outcome.made is not None:
            numbers.append(outcome.number)
            yield outcome.made


def _many(path: Path, more: int) -> ReportError:
    said = Text(f"{path}：另有 {more} 张表不合约定。", f"{path}: {more} more forms are not of the contract.")
    return ReportError("not-of-the-contract", said, Text("请先改好前面列出的。", "Mend those listed first."))
