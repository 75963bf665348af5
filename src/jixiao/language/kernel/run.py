"""Running a kernel over frames: tile by tile of whole forms, columns read and written where they lie."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any, Final

import numpy as np
import polars as pl

from jixiao.language.columns.batch import Batch, Pair, counted
from jixiao.language.columns.frames import FORM, ROW, TRUTHS, Frames
from jixiao.language.columns.results import OUTSIDE, Results
from jixiao.language.columns.steps import FALSE
from jixiao.language.columns.vocabulary import SAYS_SOMETHING, Vocabulary
from jixiao.language.ir import MAX_ROWS, Node
from jixiao.language.kernel.compiled import VERSIONS, Home, at_home, names_of
from jixiao.language.kernel.lanes import LANES
from jixiao.language.kernel.layout import SIZES, Answered, Layout, Place
from jixiao.language.kernel.loops import OF
from jixiao.language.kernel.memory import Lending, Memory
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
        self._lending = Lending()
        self._coder = Coder(home or at_home, self._lending)
        self._fixed = Fixed(self.layout)

    def _given(self) -> dict[str, Node | Answered]:
        """The outputs, with each answer in the place of its two conditions."""
        given: dict[str, Node | Answered] = dict(self.outputs)
        for code, applies in self.answers.items():
            given[code] = (self.outputs[code], self.outputs[applies] if applies else None)
        for applies in self.answers.values():
            given.pop(applies or "", None)
        return given

    def run(self, frames: Frames) -> Results:
        """All outputs of all forms; see `Batch`. Numbers outside the domains are looked for on the way."""
        counts = counted(frames)
        if not frames.exact and self._without_gaps(frames) and counts.le(MAX_ROWS).all():
            run, beyond = self._computed(frames.forms, frames.indicators, _starts(counts), frames.vocabulary)
            if not beyond:
                return Results(*self._told(run, frames), frames.vocabulary, {})
        return super().run(frames)

    def _without_gaps(self, frames: Frames) -> bool:
        """Whether there is a cell wherever there must be one."""
        pairs = (("f", frames.forms), ("i", frames.indicators))
        every = ((node, frame[name]) for namespace, frame in pairs for name, node in self.inputs.of(namespace))
        return not any(not node.nullable and series.null_count() for node, series in every)

    def of_forms(self, forms: pl.DataFrame, indicators: pl.DataFrame, counts: pl.Series) -> dict[str, pl.Series]:
        """The outputs of forms as columns, texts as codes; nothing is asked of domains.

        What is given for a form outside the domains has no meaning. Nothing tells which forms those are.

        Args:
            forms: the columns of the forms that are read.
            indicators: those of their indicators, which stand in the order of the forms.
            counts: how many indicators each form has.
        """
        run, _ = self._computed(forms, indicators, _starts(counts), self.vocabulary())
        return {name: run.series(name, node) for name, node in self.outputs.items() if name not in self.per_row}

    def _computed(
        self, forms: pl.DataFrame, indicators: pl.DataFrame, starts: Numbers, vocabulary: Vocabulary
    ) -> tuple["_Run", int]:
        """The run, and how many forms and indicators have a number outside its domain."""
        said = self.inputs.asked_whether_blank
        typed = {True: _typed(indicators, said), False: _typed(forms, said)}
        run = _Run(self._fixed, typed, starts, partial(self._coder.codes, vocabulary=vocabulary), self._lending)
        beyond = sum(
            int(self._function(*run.tables(parts), np.array([first, last], np.int64), TILE))
            for parts, first, last in run.shares()
        )
        return run, beyond

    def _inside(self, frames: Frames, counts: pl.Series) -> Iterator[Pair]:
        run, _ = self._computed(frames.forms, frames.indicators, _starts(counts), frames.vocabulary)
        yield self._told(run, frames)

    def _told(self, run: "_Run", frames: Frames) -> Pair:
        forms = {FORM: frames.forms[FORM], OUTSIDE: FALSE.new_from_index(0, len(frames.forms))}
        rows = {FORM: frames.indicators[FORM], ROW: run.ranks()}
        outputs = {name: run.series(name, output) for name, output in self.layout.outputs.items()}
        forms |= {name: series for name, series in outputs.items() if name not in self.per_row}
        rows |= {name: series for name, series in outputs.items() if name in self.per_row}
        order = [name for name in self.outputs if name in outputs]
        return (
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


class Fixed:
    """What is the same in every run of a layout.

    Attributes:
        layout: the layout.
        read: the places of the columns that are read.
        given: those copied to columns that are given.
        down, totals: pairs of places by stage, each with the kind of the first one's cells.
    """

    def __init__(self, layout: Layout) -> None:
        """Look the places through."""
        self.layout = layout
        self.read = [place for place in layout.places if not place.passing]
        self.given = [place for place in layout.places if place.given]
        self.down = tuple(_moves((one, other) for one, other in stage.down) for stage in layout.stages)
        self.totals = tuple(_moves((one, other) for _, one, other in stage.totals) for stage in layout.stages)
        self._passing = [place for place in layout.places if place.passing]
        self._bits = np.array([8 * SIZES.get(place.of, 0) or 1 for place in self._passing], np.int64)
        self._per_row = np.array([place.per_row for place in self._passing], np.bool_)
        self._at = np.array([place.at for place in self._passing], np.int64)

    def scratch(self, rows: int) -> tuple[Numbers, Numbers]:
        """Memory of one tile, and the addresses of all places but those of columns.

        Args:
            rows: the most indicators in a tile.
        """
        cells = np.where(self._per_row, rows, TILE) + _MARGIN
        sizes = -(-(cells * self._bits // 8 + 8) // _ALIGNED) * _ALIGNED
        memory = np.zeros(int(sizes.sum()) + _ALIGNED, dtype=np.uint8)
        addresses = np.zeros(len(self.layout.places), dtype=np.int64)
        free = -(-memory.ctypes.data // _ALIGNED) * _ALIGNED
        addresses[self._at] = free + np.cumsum(sizes) - sizes
        return memory, addresses


class _Run:
    """Memory of one run: the columns read, the columns written, and what passes between the loops of a tile."""

    def __init__(
        self, fixed: Fixed, frames: Mapping[bool, pl.DataFrame], starts: Numbers, coded: Callable[..., Numbers],
        lending: Lending,
    ) -> None:  # fmt: skip
        self._fixed = fixed
        self._frames = frames
        self._coded = coded
        self._starts = starts
        self._sizes = {False: len(starts) - 1, True: int(starts[-1])}
        self._ranks, self._written = self._outputs(lending)
        ends = starts[np.minimum(np.arange(0, len(starts), TILE) + TILE, self._sizes[False])]
        self._scratch, self._addresses = fixed.scratch(int((ends - starts[::TILE]).max(initial=0)))
        self._all_known = np.full(self._sizes[True] // 8 + self._sizes[False] // 8 + 32, _ONES, dtype=np.uint8)
        self._given = np.array(
            [[one.at, self._written[one.at].ctypes.data, SIZES[one.of], one.per_row] for one in fixed.given], np.int64
        ).reshape(-1, 4)
        self._texts = {
            series.name for frame in frames.values() for series in frame.get_columns() if series.dtype == pl.String
        }

    def _outputs(self, lending: Lending) -> tuple[Numbers, dict[int, Numbers]]:
        """Which indicator of its form each row is, and the columns written, by place: in one piece of memory."""
        lengths = [
            8 * self._sizes[True],
            *(self._sizes[place.per_row] * SIZES[place.of] for place in self._fixed.given),
        ]
        starts = list(accumulate((-(-length // _ALIGNED) * _ALIGNED for length in lengths), initial=0))
        whole = lending.block(starts[-1])
        cut = [whole[start : start + length] for start, length in zip(starts, lengths, strict=False)]
        columns = {
            place.at: cells.view(_CELLS[place.of]) for place, cells in zip(self._fixed.given, cut[1:], strict=True)
        }
        return cut[0].view(np.int64), columns

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
        """The arguments of the function: the table and its address, what goes down, is summed and given, the starts."""
        memories = {per_row: (Memory(frame), begin) for per_row, (frame, begin) in parts.items()}
        self._codes = {
            name: self._coded(frame[name], memories[per_row][0].columns[name].values)
            for per_row, (frame, _) in parts.items()
            for name in self._texts & set(frame.columns)
        }
        self._held = memories
        for place in self._fixed.read:
            self._addresses[place.at] = self._of_column(place, *memories[place.per_row])
        moved = (self._fixed.down, self._fixed.totals, self._given)
        return self._addresses.ctypes.data, self._addresses, *moved, self._ranks.ctypes.data, self._starts

    def _of_column(self, place: Place, memory: Memory, begin: int) -> int:
        """The address such that the cell of a row stands at the row's number in the whole frame."""
        lying = memory.columns[place.name]
        if place.source == "input known":
            return lying.known - begin if lying.known else self._all_known.ctypes.data * 8
        values = self._codes[place.name].ctypes.data if place.name in self._codes else lying.values
        return values - begin * (1 if place.of == "bits" else SIZES[place.of])

    def ranks(self) -> pl.Series:
        """Which indicator of its form each row is."""
        return pl.Series(self._ranks)

    def series(self, name: str, output: Node | Answered) -> pl.Series:
        """An output as a column."""
        first, second = self._fixed.layout.given[name]
        cells = self._written[first.at]
        if first.of == "byte":
            told = pl.Series(cells)
            if not isinstance(output, Node):
                return told
            return pl.select(pl.when(told < 2).then(told == 1)).to_series()
        made = pl.Series(cells)
        if second is None:
            return made
        known = pl.Series(self._written[second.at]).cast(pl.Boolean)
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
