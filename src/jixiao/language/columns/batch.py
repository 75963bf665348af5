"""Some outputs of a program, made ready for many forms: what all back ends by column have in common."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl

from jixiao.language import closure as python
from jixiao.language.columns.answers import answered
from jixiao.language.columns.frames import FORM, Frames, Rows, among, inputs_of
from jixiao.language.columns.results import Exact, Results
from jixiao.language.columns.steps import texts_of
from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import MAX_ROWS, Node, reachable

Pair = tuple[pl.DataFrame, pl.DataFrame]
"""Outputs of forms, and of their indicators."""


class Batch:
    """Outputs of a program for many forms at once; forms outside the domains are computed by the closure.

    Attributes:
        outputs: output → its node.
        per_row: the outputs that are given for each indicator.
        answers: conditions given as answers → the condition of where they apply; see `answers`.
        inputs: the columns that are read.
    """

    def __init__(
        self, outputs: Mapping[str, Node], per_row: Iterable[str] = (), answers: Mapping[str, str | None] | None = None
    ) -> None:
        """Take the outputs.

        Args:
            outputs: name of the result's column → node.
            per_row: outputs to be given for each indicator though they are of the form.
            answers: outputs that are conditions, to be given as numbers → the output that says where each applies.
        """
        self.outputs = dict(outputs)
        self.answers = dict(answers or {})
        self.per_row = frozenset(per_row) | {name for name, node in outputs.items() if node.per_row}
        nodes = reachable(outputs.values())
        self._words = texts_of(nodes)
        self.inputs = inputs_of(nodes, outputs.values())
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
        counts = counted(frames)
        outside = self.inputs.outside(frames) | set(frames.forms[FORM].filter(counts > MAX_ROWS))
        if not outside:
            forms, rows = _joined(list(self._inside(frames, counts)))
            return Results(_as_given(forms, frames.forms[FORM]), rows, frames.vocabulary, {})
        exact = Exact(self.outputs, self.per_row, self._closure, frames.vocabulary)
        for number, form in self.inputs.rows(frames, outside):
            exact.add(number, form)
        beyond = [answered(frame, self.answers) for frame in exact.frames()]
        forms, rows = _joined([*self._inside(*_without(frames, counts, outside)), (beyond[0], beyond[1])])
        return Results(_as_given(forms, frames.forms[FORM]), rows, frames.vocabulary, exact.unheld)

    @abstractmethod
    def _inside(self, frames: Frames, counts: pl.Series) -> Iterator[Pair]:
        """The outputs of forms inside the domains, one pair of frames or more.

        Args:
            frames: the forms.
            counts: how many indicators each has.
        """


def _joined(parts: list[Pair]) -> Pair:
    forms, rows = (pl.concat(part) for part in zip(*parts, strict=True))
    return forms, rows


def _without(frames: Frames, counts: pl.Series, outside: set[int]) -> tuple[Frames, pl.Series]:
    """The frames without some forms, and the numbers of indicators of those left."""
    kept = ~among(outside)
    forms, rows = (frame.filter(kept) for frame in (frames.forms, frames.indicators))
    return Frames(forms, rows, frames.vocabulary), counts.filter(frames.forms.select(kept).to_series())


def counted(frames: Frames) -> pl.Series:
    """How many indicators each form has.

    Raises:
        ValueError: the indicators do not stand in the order of their forms, or one has no form.
    """
    forms, runs = frames.forms[FORM], frames.indicators[FORM].rle().struct.unnest()
    found, lengths = runs["value"], runs["len"].cast(pl.Int64)
    if not forms.is_sorted():
        return _counts_in_any_order(forms, runs)
    if found.equals(forms):
        _refuse_disorder(unless=forms.n_unique() == len(forms))
        return lengths
    places = forms.search_sorted(found, side="left")
    inside = found.is_sorted() and forms.n_unique() == len(forms) and (places < len(forms)).all()
    _refuse_disorder(unless=inside and found.equals(forms.gather(places)))
    return pl.zeros(len(forms), pl.Int64, eager=True).scatter(places, lengths)


def _counts_in_any_order(forms: pl.Series, runs: pl.DataFrame) -> pl.Series:
    """The same for forms that are not numbered in order."""
    places = pl.DataFrame({FORM: forms}).with_row_index("place")
    placed = runs.join(places, left_on="value", right_on=FORM, how="left", maintain_order="left")["place"]
    _refuse_disorder(unless=not placed.null_count() and placed.n_unique() == len(placed) and placed.is_sorted())
    found = places.join(runs, left_on=FORM, right_on="value", how="left", maintain_order="left")
    return found["len"].fill_null(0).cast(pl.Int64)


def _refuse_disorder(*, unless: bool) -> None:
    if not unless:
        raise ValueError(_DISORDER)


_DISORDER: Final = "the indicators must stand in the order of their forms, each beside the others of its form"


def _as_given(forms: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """Results in the order of the forms given."""
    if forms[FORM].equals(numbers):
        return forms
    return pl.DataFrame({FORM: numbers}).join(forms, on=FORM, how="left", maintain_order="left")
