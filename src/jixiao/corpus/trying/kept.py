"""A part of a corpus kept in memory as narrow columns: read once, asked many times.

Whole numbers take as few bytes as they need, texts are numbers of a list of those that occur. Forms that fall under the
same book stand beside one another, so that those of one book are a slice.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

import polars as pl
from msgspec import Struct

from jixiao.corpus.parts import Read
from jixiao.corpus.schema import AS_READ, FORMS, INDICATORS
from jixiao.corpus.trying.bands import READS, bands
from jixiao.corpus.trying.lazily import owners
from jixiao.corpus.trying.run import GROUP, beyond
from jixiao.corpus.trying.shift import NAMES, Grouping
from jixiao.corpus.trying.sides import Group
from jixiao.form import Form, decode_form
from jixiao.language.ir import MAX_ROWS, Node
from jixiao.scoring import LabelReader

_TABLES: Final = {"f": FORMS.name, "i": INDICATORS.name}
_MOST_WORDS: Final = 2**16
_SAMPLE: Final = 10_000
_FEW_WORDS: Final = 100
"""So few words in the first texts are likely to be all."""
Columns = TypeVar("Columns", pl.Series, pl.DataFrame)


class Slice(Struct, frozen=True):
    """Forms that follow one another and fall under the same book.

    Attributes:
        group: what decides their book.
        first, count: the forms.
        row, rows: their indicators.
    """

    group: Group
    first: int
    count: int
    row: int
    rows: int

    def joined(self, other: "Slice") -> "Slice":
        """These forms and those that follow them."""
        return Slice(self.group, self.first, self.count + other.count, self.row, self.rows + other.rows)

    def chunks(self, lines: pl.Series, most: int) -> "Iterator[Slice]":
        """The same forms, so many at once.

        Args:
            lines: how many indicators each form of the part has.
            most: how many forms.
        """
        row = self.row
        for first in range(self.first, self.first + self.count, most):
            count = min(most, self.first + self.count - first)
            rows = int(lines.slice(first, count).sum())
            yield Slice(self.group, first, count, row, rows)
            row += rows


class KeptPart:
    """The columns of one part, each fetched once.

    Attributes:
        numbers: of the forms, in the order in which they are kept.
        lines: how many indicators each has.
        slices: the forms by what decides their book.
        made: what was computed for some slice and serves again.
    """

    def __init__(self, read: Read, *, lasting: bool = True) -> None:
        """Read what decides the books of the forms.

        Args:
            read: gives columns of the part's tables.
            lasting: whether it is kept for many questions, so that it pays to make columns narrow.
        """
        self._read = read
        self._lasting = lasting
        forms = read(FORMS.name, ["form", *GROUP, "lines", "beyond"])
        self._order = _order(forms)
        self._rows_order = None if self._order is None else _rows_order(forms["lines"], self._order)
        forms = _laid(forms, self._order)
        self.numbers = forms["form"].rechunk()
        self.lines = forms["lines"].rechunk()
        self.slices = tuple(_slices(forms))
        self.made: dict[tuple[Hashable, ...], pl.DataFrame] = {}
        self._apart = forms["beyond"] | (forms["lines"] > MAX_ROWS)
        self._columns: dict[str, pl.Series] = {}
        self._far: dict[str, pl.Series | None] = {}
        self._texts: dict[int, str] = {}
        self._grouping: Grouping | None = None
        self._rows = int(self.lines.sum())

    def want(self, names: Iterable[str]) -> None:
        """Fetch columns such as "f.adjusted", as many at once as are missing.

        Raises:
            ValueError: the two tables do not belong together.
        """
        missing = [name for name in names if name not in self._columns]
        for space in ("f", "i"):
            mine = [name[2:] for name in missing if name.startswith(space)]
            if mine:
                frame = self._of_table(space, mine)
                self._columns |= {f"{space}.{name}": self._narrow(_laid(frame[name], self._of(space))) for name in mine}

    def column(self, name: str) -> pl.Series:
        """A column such as "i.actual", as narrow as it is kept."""
        if name not in self._columns:
            self.want([name])
        return self._columns[name]

    def banded(self, labels: LabelReader) -> pl.Series:
        """The bands of results as another book reads them."""
        name = f"i.band {labels.as_data()}"
        if name not in self._columns:
            told = bands(self._of_table("i", list(READS)), labels)
            self._columns[name] = self._narrow(_laid(told, self._rows_order))
        return self._columns[name]

    def outside(self, inputs: Iterable[tuple[str, Node]]) -> pl.Series:
        """Which forms have a cell in some columns that a 64-bit computation may not be trusted with."""
        found = self._apart
        for name, node in inputs:
            if name not in self._far:
                self._far[name] = self._beyond(name, node)
            far = self._far[name]
            found = found if far is None else found | far
        return found

    def forms(self, numbers: pl.Series) -> dict[int, Form]:
        """Some forms as they were read."""
        if any(number not in self._texts for number in numbers):
            texts = self._read(AS_READ.name, ["form", "json"]).filter(pl.col("form").is_in(numbers.implode()))
            self._texts |= dict(texts.iter_rows())
        return {number: decode_form(self._texts[number].encode()) for number in numbers}

    def grouping(self) -> Grouping:
        """The forms by unit, department and place."""
        if self._grouping is None:
            self._grouping = Grouping.of(_laid(self._read(FORMS.name, Grouping.READS), self._order))
        return self._grouping

    def named(self, at: pl.Series) -> pl.DataFrame:
        """What a report says of the forms at some places."""
        if not self._lasting:
            return _laid(self._read(FORMS.name, NAMES), self._order)[at]
        self.want([f"f.{name}" for name in NAMES])
        columns = [self.column(f"f.{name}").gather(at).alias(name) for name in NAMES]
        texts = [one.name for one in columns if isinstance(one.dtype, pl.Enum)]
        return pl.DataFrame(columns).with_columns(pl.col(texts).cast(pl.String))

    def _of(self, space: str) -> pl.Series | None:
        return self._order if space == "f" else self._rows_order

    def _of_table(self, space: str, names: Sequence[str]) -> pl.DataFrame:
        frame = self._read(_TABLES[space], names)
        if space == "i" and len(frame) != self._rows:
            raise ValueError("the part's table of indicators is not that of its forms")
        return frame

    def _narrow(self, values: pl.Series) -> pl.Series:
        """A column in as few bytes as hold it."""
        if values.dtype == pl.String():
            return _enumerated(values).rechunk()
        return (values.shrink_dtype() if self._lasting and values.dtype.is_integer() else values).rechunk()

    def _beyond(self, name: str, node: Node) -> pl.Series | None:
        bad = beyond(self.column(name), node)
        if bad is None or name.startswith("f"):
            return bad
        lines = owners(self.lines).filter(bad).unique()
        return pl.Series(range(len(self.lines)), dtype=pl.UInt32).is_in(lines.implode())


def _order(forms: pl.DataFrame) -> pl.Series | None:
    """The places of forms in the order of their books; none where they stand in such an order already."""
    kinds = forms.select(GROUP)
    if _all_alike(kinds):
        return None
    runs = kinds.select(pl.struct(GROUP).rle_id().max()).item()
    if runs + 1 == len(kinds.unique()):
        return None
    return kinds.with_row_index("at").sort(GROUP, maintain_order=True)["at"]


def _all_alike(kinds: pl.DataFrame) -> bool:
    """Whether no row differs from the first."""
    return all(kinds.select(pl.all().eq_missing(pl.all().first()).all()).row(0))


def _rows_order(lines: pl.Series, order: pl.Series) -> pl.Series:
    """The places of the indicators of forms in another order."""
    of = pl.DataFrame({"from": lines.cum_sum() - lines, "lines": lines})[order].filter(pl.col("lines") > 0)
    places = pl.int_ranges("from", pl.col("from") + pl.col("lines"), dtype=pl.UInt32)
    return of.select(places.explode(empty_as_null=False)).to_series()


def _slices(forms: pl.DataFrame) -> Iterable[Slice]:
    first = row = 0
    if len(forms) and _all_alike(forms.select(GROUP)):
        yield Slice(Group(*forms.select(GROUP).row(0)), 0, len(forms), 0, int(forms["lines"].sum()))
        return
    for cells, some in forms.group_by(GROUP, maintain_order=True):
        rows = int(some["lines"].sum())
        yield Slice(Group(*cells), first, len(some), row, rows)
        first, row = first + len(some), row + rows


def _laid(columns: Columns, order: pl.Series | None) -> Columns:
    return columns if order is None else columns[order]


def _enumerated(texts: pl.Series) -> pl.Series:
    """Texts as numbers of a list of those that occur; as they are where nearly each is another."""
    some = texts.head(_SAMPLE).unique().drop_nulls()
    if len(some) < _FEW_WORDS:
        made = texts.cast(pl.Enum(some.sort()), strict=False)
        if made.null_count() == texts.null_count():
            return made
    words = texts.unique().drop_nulls()
    return texts.cast(pl.Enum(words.sort())) if len(words) < min(_MOST_WORDS, len(texts)) else texts
