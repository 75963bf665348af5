"""Running a plan over frames: chunk by chunk of whole forms; forms outside the domains by the closure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from jixiao.language.columns.answers import answered
from jixiao.language.columns.batch import Batch, Pair
from jixiao.language.columns.frames import FORM, ROW, TRUTHS, Frames
from jixiao.language.columns.plan import plan_of
from jixiao.language.columns.results import OUTSIDE
from jixiao.language.columns.steps import FALSE, Shape
from jixiao.language.ir import Node

CHUNK: Final = 8192
"""Forms in a chunk: the columns at work then stay in the cache of one core."""


class Columns(Batch):
    """Some outputs of a program, made ready for many forms."""

    def __init__(
        self, outputs: Mapping[str, Node], per_row: Iterable[str] = (), answers: Mapping[str, str | None] | None = None
    ) -> None:
        """Plan the outputs; see `Batch`."""
        super().__init__(outputs, per_row, answers)
        self.plan = plan_of(self.outputs, self.per_row, self.vocabulary())

    def _inside(self, frames: Frames, counts: pl.Series) -> Iterator[Pair]:
        frames = frames.coded()
        chunks = [self._chunk(chunk) for chunk in _chunks(frames, counts)]
        forms, rows = zip(*chunks or [self._chunk(_arranged(frames.forms, frames.indicators, counts))], strict=True)
        yield answered(pl.concat(forms), self.answers), answered(pl.concat(rows), self.answers)

    def _chunk(self, chunk: "_Chunk") -> tuple[pl.DataFrame, pl.DataFrame]:
        given = {**_by_name(chunk.forms), **_by_name(chunk.rows)}
        cells = self.plan.run(given, chunk.shape)
        places = self.plan.outputs
        forms = {FORM: chunk.forms[FORM], OUTSIDE: FALSE.new_from_index(0, chunk.shape.forms)}
        forms |= {name: cells[place] for name, place in places.items() if name not in self.per_row}
        rows = {FORM: chunk.rows[FORM], ROW: chunk.numbers()}
        rows |= {name: cells[place] for name, place in places.items() if name in self.per_row}
        return pl.DataFrame(forms), pl.DataFrame(rows)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some whole forms, and their indicators laid out as `Shape` says."""

    forms: pl.DataFrame
    rows: pl.DataFrame
    shape: Shape

    def numbers(self) -> pl.Series:
        """Which indicator of its form each row is."""
        first = pl.Series(range(len(self.shape.ranks)), dtype=pl.Int64)
        ranks = [first.new_from_index(rank, count) for rank, count in enumerate(self.shape.ranks)]
        return pl.concat(ranks, rechunk=True) if ranks else first


def _by_name(frame: pl.DataFrame) -> dict[str, pl.Series]:
    """The columns as operations take them: truths that were kept as bytes are truths again."""
    return {
        series.name: series.cast(pl.Boolean) if series.dtype == TRUTHS else series for series in frame.get_columns()
    }  # fmt: skip


def _chunks(frames: Frames, counts: pl.Series) -> Iterator[_Chunk]:
    """Chunks of the forms, each with its indicators."""
    forms, rows = frames.forms.rechunk(), frames.indicators.rechunk()
    start = 0
    for at in range(0, len(forms), CHUNK):
        here = counts.slice(at, CHUNK)
        length = int(here.sum())
        yield _arranged(forms.slice(at, CHUNK), rows.slice(start, length), here)
        start += length


def _arranged(forms: pl.DataFrame, rows: pl.DataFrame, counts: pl.Series) -> _Chunk:
    """The chunk laid out for whole slices."""
    order = counts.arg_sort(descending=True)
    starts = (counts.cum_sum() - counts).gather(order)
    most = counts.max()
    ranks = tuple(int((counts > rank).sum()) for rank in range(most if isinstance(most, int) else 0))
    shape = Shape(len(forms), ranks)
    if not ranks:
        return _Chunk(forms[order], rows.clear(), shape)
    taken = pl.concat([starts.head(count) + rank for rank, count in enumerate(ranks)], rechunk=True).cast(pl.UInt32)
    return _Chunk(forms[order], rows[taken], shape)
