"""Running a kernel over frames: tile by tile of whole forms, columns read and written where they lie."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

import numpy as np
import polars as pl

from jixiao.language.columns.batch import Batch, Pair
from jixiao.language.columns.frames import FORM, ROW, TRUTHS, Frames
from jixiao.language.columns.results import OUTSIDE
from jixiao.language.columns.steps import FALSE
from jixiao.language.columns.vocabulary import SAYS_SOMETHING, Vocabulary
from jixiao.language.ir import Node
from jixiao.language.kernel.compiled import VERSIONS, Home, at_home, names_of
from jixiao.language.kernel.lanes import LANES
from jixiao.language.kernel.layout import SIZES, Answered, Layout, Place
from jixiao.language.kernel.loops import OF
from jixiao.language.kernel.memory import Memory
from jixiao.language.kernel.source import key_of, source_of
from jixiao.language.kernel.texts import Coder

TILE: Final = 256
"""Forms in a tile: what passes between the loops then stays in the cache of one core."""
_CELLS: Final = {"full": np.int64, "half": np.int32, "byte": np.uint8}
_ALIGNED: Final = 64
_MARGIN: Final = 2 * LANES
"""Rows beyond the last of a tile that may be read."""
_ENDLESS: Final = 2**40
"""Rows of a frame from which nothing is read."""
_PIECES: Final = 64
"""A frame in more pieces is joined first."""
_COPIED: Final = 64
"""Forms computed from a copy at the end of a piece."""
_ONES: Final = 255
Numbers = Any
"""An array of whole numbers."""


class Kernel(Batch):
    """Some outputs of a program as one fused loop; compiled when it is first run.

    Attributes:
        layout: where every value stands.
        key: the same for the same nodes and versions.
        source: the text of the function that goes through the tiles.
    """

    def __init__(
        self,
        outputs: Mapping[str, Node],
        per_row: Iterable[str] = (),
        answers: Mapping[str, str | None] | None = None,
        home: Home | None = None,
    ) -> None:
        """Lay the outputs out; see `Batch`.

        Args:
            outputs: as for `Batch`.
            per_row: as for `Batch`.
            answers: as for `Batch`.
            home: where compiled functions are kept; by default they are compiled for this process alone.
        """
        super().__init__(outputs, per_row, answers)
        given = self._given()
        rows = self.per_row & given.keys()
        self.layout = Layout(given, rows, self.inputs.asked_whether_blank)
        vocabulary = self.vocabulary()
        self.key = key_of(given, rows, VERSIONS)
        self.source = source_of(self.layout, self.key)
        codes = {word: vocabulary.code(word) for word in self._words}
        self._function = (home or at_home)(self.key, self.source, names_of(self.layout, codes, self.key))
        self._coder = Coder(home or at_home)

    def _given(self) -> dict[str, Node | Answered]:
        """The outputs, with each answer in the place of its two conditions."""
        given: dict[str, Node | Answered] = dict(self.outputs)
        for code, applies in self.answers.items():
            given[code] = (self.outputs[code], self.outputs[applies] if applies else None)
        for applies in self.answers.values():
            given.pop(applies or "", None)
        return given

    def of_forms(self, forms: pl.DataFrame, indicators: pl.DataFrame, counts: pl.Series) -> dict[str, pl.Series]:
        """The outputs of forms as columns, texts as codes; nothing is asked of domains.

        What is given for a form outside the domains has no meaning. Nothing tells which forms those are.

        Args:
            forms: the columns of the forms that are read.
            indicators: those of their indicators, which stand in the order of the forms.
            counts: how many indicators each form has.
        """
        run = self._computed(forms, indicators, _starts(counts), self.vocabulary())
        return {name: run.series(name, node) for name, node in self.outputs.items() if name not in self.per_row}

    def _computed(
        self, forms: pl.DataFrame, indicators: pl.DataFrame, starts: Numbers, vocabulary: Vocabulary
    ) -> "_Run":
        said = self.inputs.asked_whether_blank
        typed = {True: _typed(indicators, said), False: _typed(forms, said)}
        run = _Run(self.layout, typed, starts, partial(self._coder.codes, vocabulary=vocabulary))
        for parts, first, last in run.shares():
            self._function(*run.tables(parts), np.array([first, last], np.int64), TILE)
        return run

    def _inside(self, frames: Frames, counts: pl.Series) -> Iterator[Pair]:
        starts = _starts(counts)
        run = self._computed(frames.forms, frames.indicators, starts, frames.vocabulary)
        forms = {FORM: frames.forms[FORM], OUTSIDE: FALSE.new_from_index(0, len(frames.forms))}
        rows = {FORM: frames.indicators[FORM], ROW: pl.Series(_ranks(starts), dtype=pl.Int64)}
        outputs = {name: run.series(name, output) for name, output in self.layout.outputs.items()}
        forms |= {name: series for name, series in outputs.items() if name not in self.per_row}
        rows |= {name: series for name, series in outputs.items() if name in self.per_row}
        order = [name for name in self.outputs if name in outputs]
        yield (
            pl.DataFrame([forms[name].alias(name) for name in [FORM, OUTSIDE, *order] if name in forms]),
            pl.DataFrame([rows[name].alias(name) for name in [FORM, ROW, *order] if name in rows]),
        )


def _starts(counts: pl.Series) -> Numbers:
    """The number of the first indicator of each form, and how many there are."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts.to_numpy(), dtype=np.int64)])


def _typed(frame: pl.DataFrame, said: Container[str]) -> pl.DataFrame:
    """Truths that were kept as bytes or codes as bits again; in one piece, or all columns cut at the same rows."""
    frame = frame.with_columns(
        series.cast(pl.Boolean) if series.dtype == TRUTHS else series >= SAYS_SOMETHING
        for series in frame.get_columns()
        if series.dtype == TRUTHS or (series.name in said and series.dtype != pl.Boolean)
    )
    pieces = {tuple(series.chunk_lengths()) for series in frame.get_columns()}
    return frame if len(pieces) <= 1 and frame.n_chunks() <= _PIECES else frame.rechunk()


def _ranks(starts: Numbers) -> Numbers:
    """Which indicator of its form each row is."""
    return np.arange(starts[-1], dtype=np.int64) - np.repeat(starts[:-1], np.diff(starts))


class _Run:
    """Memory of one run: the columns read, the columns written, and what passes between the loops of a tile."""

    def __init__(
        self, layout: Layout, frames: Mapping[bool, pl.DataFrame], starts: Numbers, coded: Callable[..., Numbers]
    ) -> None:
        self._layout = layout
        self._frames = frames
        self._coded = coded
        self._starts = starts
        self._sizes = {False: len(starts) - 1, True: int(starts[-1])}
        ends = starts[np.minimum(np.arange(len(starts)) + TILE, self._sizes[False])]
        self._tile = {False: TILE, True: int((ends - starts).max(initial=0))}
        self._written = {
            place.at: np.empty(self._sizes[place.per_row] + LANES, dtype=_CELLS[place.of])
            for kept in layout.given.values()
            for place in kept
            if place is not None
        }
        self._scratch = np.zeros(sum(map(self._bytes, layout.places)) + _ALIGNED, dtype=np.uint8)
        self._all_known = np.full(self._sizes[True] // 8 + self._sizes[False] // 8 + 32, _ONES, dtype=np.uint8)
        self._addresses = self._own()
        self._read = [
            place for place in layout.places if place.name and not place.passing and place.at not in self._written
        ]
        self._texts = {
            series.name for frame in frames.values() for series in frame.get_columns() if series.dtype == pl.String
        }
        self._down = tuple(_moves((one, other) for one, other in stage.down) for stage in layout.stages)
        self._totals = tuple(_moves((one, other) for _, one, other in stage.totals) for stage in layout.stages)

    def _bytes(self, place: Place) -> int:
        """The bytes of scratch a place takes, in whole lines of the cache."""
        if not place.passing:
            return 0
        rows = self._tile[place.per_row] + 2 * LANES
        size = rows // 8 + 8 if place.of == "bits" else rows * SIZES[place.of]
        return -(-size // _ALIGNED) * _ALIGNED

    def shares(self) -> Iterator[tuple[Mapping[bool, tuple[pl.DataFrame, int]], int, int]]:
        """Frames with the number of their first row, and the forms to be computed from them.

        Columns are read where they lie, in pieces as they came. A loop reads rows by the lanes, beyond the last of its
        tile. So the forms at the end of a piece are computed from a copy that has more rows than they need.
        """
        forms, at = self._sizes[False], 0
        pieces = {per_row: _pieces(frame) for per_row, frame in self._frames.items()}
        while at < forms:
            begins = {False: at, True: int(self._starts[at])}
            here = {per_row: _holding(pieces[per_row], begin) for per_row, begin in begins.items()}
            ends = {per_row: end - _MARGIN for per_row, (_, end) in here.items()}
            last = min(ends[False], int(np.searchsorted(self._starts, ends[True], side="right")) - 1)
            if last > at:
                parts = {per_row: self._frames[per_row].slice(one, end - one) for per_row, (one, end) in here.items()}
                yield {per_row: (parts[per_row], one) for per_row, (one, _) in here.items()}, at, last
            else:
                last = min(at + _COPIED, forms) if begins[True] < self._sizes[True] else forms
                ends = {False: last, True: int(self._starts[last])}
                yield {per_row: self._padded(per_row, begins[per_row], ends[per_row]) for per_row in ends}, at, last
            at = last

    def _padded(self, per_row: bool, begin: int, end: int) -> tuple[pl.DataFrame, int]:  # noqa: FBT001
        frame = self._frames[per_row].slice(begin, end - begin)
        if not len(frame):
            return frame.clear(_MARGIN), begin
        at = pl.Series(np.minimum(np.arange(len(frame) + _MARGIN), len(frame) - 1), dtype=pl.UInt32)
        return frame[at], begin

    def tables(self, parts: Mapping[bool, tuple[pl.DataFrame, int]]) -> tuple[Any, ...]:
        """The arguments of the function: the table and its address, what goes down, what is summed, the starts."""
        memories = {per_row: (Memory(frame), begin) for per_row, (frame, begin) in parts.items()}
        self._codes = {
            name: self._coded(frame[name], memories[per_row][0].columns[name].values)
            for per_row, (frame, _) in parts.items()
            for name in self._texts & set(frame.columns)
        }
        self._held = memories
        for place in self._read:
            self._addresses[place.at] = self._of_column(place, *memories[place.per_row])
        return self._addresses.ctypes.data, self._addresses, self._down, self._totals, self._starts

    def _own(self) -> Numbers:
        """The addresses of all places but those of columns."""
        addresses = np.zeros(len(self._layout.places), dtype=np.int64)
        free = -(-self._scratch.ctypes.data // _ALIGNED) * _ALIGNED
        for place in self._layout.places:
            if place.passing:
                addresses[place.at] = free
                free += self._bytes(place)
            elif place.at in self._written:
                addresses[place.at] = self._written[place.at].ctypes.data
        return addresses

    def _of_column(self, place: Place, memory: Memory, begin: int) -> int:
        """The address such that the cell of a row stands at the row's number in the whole frame."""
        lying = memory.columns[place.name]
        if place.source == "input known":
            return lying.known - begin if lying.known else self._all_known.ctypes.data * 8
        values = self._codes[place.name].ctypes.data if place.name in self._codes else lying.values
        return values - begin * (1 if place.of == "bits" else SIZES[place.of])

    def series(self, name: str, output: Node | Answered) -> pl.Series:
        """An output as a column."""
        first, second = self._layout.given[name]
        cells = self._written[first.at][: self._sizes[first.per_row]]
        if first.of == "byte":
            told = pl.Series(cells)
            if not isinstance(output, Node):
                return told
            return pl.select(pl.when(told < 2).then(told == 1)).to_series()
        made = pl.Series(cells)
        if second is None:
            return made
        known = pl.Series(self._written[second.at][: self._sizes[second.per_row]]).cast(pl.Boolean)
        return made if known.all() else pl.select(pl.when(known).then(made)).to_series()


def _pieces(frame: pl.DataFrame) -> Numbers:
    """The rows at which a frame is cut, from the first to the end."""
    columns = frame.get_columns()
    lengths = columns[0].chunk_lengths() if columns else [_ENDLESS]
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def _holding(cuts: Numbers, row: int) -> tuple[int, int]:
    """Where the piece that holds a row begins and ends; without such a row, it has none."""
    at = int(np.searchsorted(cuts, row, side="right"))
    return (int(cuts[at - 1]), int(cuts[at])) if at < len(cuts) else (row, row)


def _moves(pairs: Iterable[tuple[Place, Place]]) -> Numbers:
    """Pairs of places with the kind of the first one's cells."""
    rows = [[one.at, other.at, OF.index(one.of)] for one, other in pairs]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)
