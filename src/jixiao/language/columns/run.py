"""Running a plan over frames: chunk by chunk of whole forms; forms outside the domains by the closure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from jixiao.language import closure as python
from jixiao.language.columns.frames import FORM, ROW, TRUTHS, Frames, Rows, among, inputs_of
from jixiao.language.columns.plan import plan_of
from jixiao.language.columns.results import OUTSIDE, Exact, Results
from jixiao.language.columns.steps import FALSE, Shape, texts_of
from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import MAX_ROWS, Node, reachable

CHUNK: Final = 8192
"""Forms in a chunk: the columns at work then stay in the cache of one core."""


class Columns:
    """Some outputs of a program, made ready for many forms."""

    def __init__(self, outputs: Mapping[str, Node], per_row: Iterable[str] = ()) -> None:
        """Plan the outputs.

        Args:
            outputs: name of the result's column → node.
            per_row: outputs to be given for each indicator though they are of the form.
        """
        self.outputs = dict(outputs)
        self.per_row = frozenset(per_row) | {name for name, node in outputs.items() if node.per_row}
        nodes = reachable(outputs.values())
        self._words = texts_of(nodes)
        self.inputs = inputs_of(nodes, outputs.values())
        self.plan = plan_of(self.outputs, self.per_row, self.vocabulary())
        self._closure = python.generate(outputs.values())

    def vocabulary(self) -> Vocabulary:
        """A new vocabulary that begins with the texts of the rules."""
        return Vocabulary(self._words)

    def frames(self, forms: Iterable[Rows], first: int = 0) -> Frames:
        """Rows of forms, as the closure takes them, as columns; forms are numbered from `first`.

        Raises:
            KeyError: a row lacks a column that some output reads.
        """
        return self.inputs.frames(forms, self.vocabulary(), first)

    def run(self, frames: Frames) -> Results:
        """All outputs of all forms.

        Raises:
            ValueError: the indicators do not stand in the order of their forms, or one has no form.
        """
        counts = _counts(frames.forms[FORM], frames.indicators[FORM])
        outside = self.inputs.outside(frames) | set(frames.forms[FORM].filter(counts > MAX_ROWS))
        exact = Exact(self.outputs, self.per_row, self._closure, frames.vocabulary)
        for number, form in self.inputs.rows(frames, outside):
            exact.add(number, form)
        parts = [self._chunk(chunk) for chunk in _chunks(frames, counts, outside)]
        parts.append(exact.frames())
        forms, rows = (pl.concat(part) for part in zip(*parts, strict=True))
        return Results(_as_given(forms, frames.forms[FORM]), rows, frames.vocabulary, exact.unheld)

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


def _chunks(frames: Frames, counts: pl.Series, outside: set[int]) -> Iterator[_Chunk]:
    """Chunks of the forms that are inside the domains."""
    forms, rows = frames.forms, frames.indicators
    if outside:
        counts = counts.filter(forms.select(~among(outside)).to_series())
        forms, rows = (frame.filter(~among(outside)) for frame in (forms, rows))
    forms, rows = forms.rechunk(), rows.rechunk()
    start = 0
    for at in range(0, len(forms), CHUNK):
        here = counts.slice(at, CHUNK)
        length = int(here.sum())
        yield _arranged(forms.slice(at, CHUNK), rows.slice(start, length), here)
        start += length


def _counts(forms: pl.Series, rows: pl.Series) -> pl.Series:
    """How many indicators each form has.

    Raises:
        ValueError: the indicators do not stand in the order of their forms, or one has no form.
    """
    runs = rows.rle().struct.unnest()
    places = pl.DataFrame({FORM: forms}).with_row_index("place")
    placed = runs.join(places, left_on="value", right_on=FORM, how="left", maintain_order="left")["place"]
    if placed.null_count() or placed.n_unique() != len(placed) or not placed.is_sorted():
        raise ValueError("the indicators must stand in the order of their forms, each beside the others of its form")
    found = places.join(runs, left_on=FORM, right_on="value", how="left", maintain_order="left")
    return found["len"].fill_null(0).cast(pl.Int64)


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


def _as_given(forms: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """Results in the order of the forms given."""
    return pl.DataFrame({FORM: numbers}).join(forms, on=FORM, how="left", maintain_order="left")
