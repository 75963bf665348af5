"""A part of a corpus under two sets of rules: one row a form, points in hundredths."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from threading import Lock
from typing import Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.parts import Read
from jixiao.corpus.schema import AS_READ, FORMS, INDICATORS
from jixiao.corpus.trying.bands import READS, bands
from jixiao.corpus.trying.lazily import owners
from jixiao.corpus.trying.sides import SIDES, VALUES, BooksOf, Group, Sides
from jixiao.form import decode_form
from jixiao.language.ir import INT64, MAX_ROWS, Node

CHUNK: Final = 25_000
"""Forms computed at once."""
GROUP: Final = ["rulebook", "in_force", "fiscal_year"]


Exact = Mapping[str, Decimal | str | None]
"""What a form that is computed by itself has in the columns of a result, points as points."""


class Result(Struct, frozen=True):
    """What a change of rules does to some forms.

    Attributes:
        forms: one row a form: its number, the two books' ids, whether it was computed by itself ("outside"), and for
            each side ("before_", "after_") the values asked for, points in hundredths.
        exact: number of a form → its values and its claim ("total_score"), where one of them is no whole number of
            hundredths that a cell can hold, as after a claim of 5.005 points; the cell is null.
    """

    forms: pl.DataFrame
    exact: Mapping[int, Exact]


class Trial:
    """A change of rules, tried on part after part; several may be under way at once."""

    def __init__(self, books_of: BooksOf, values: Iterable[str] = VALUES) -> None:
        """Prepare.

        Args:
            books_of: what decides the books of a form.
            values: which values of a form are computed: "score", "grade", "low".
        """
        self._books_of = books_of
        self._values = tuple(values)
        self._compiled: dict[tuple[str, ...], Sides] = {}
        self._lock = Lock()
        self._columns = columns_of(self._values)

    def _sides(self, group: Group) -> Sides:
        books = self._books_of(group)
        with self._lock:
            if books.key not in self._compiled:
                self._compiled[books.key] = Sides(books, self._values)
            return self._compiled[books.key]

    def part(self, read: Read) -> Result:
        """The result for all forms of one part, in their order.

        Args:
            read: gives columns of the part's tables.
        """
        forms = read(FORMS.name, ["form", *GROUP, "lines", "beyond"])
        groups = [Group(*cells) for cells in forms.select(GROUP).unique(maintain_order=True).iter_rows()]
        by_sides: dict[int, list[Group]] = {}
        for group in groups:
            by_sides.setdefault(id(self._sides(group)), []).append(group)
        found = [self._of(read, forms, some, len(by_sides)) for some in by_sides.values()]
        frames = [one.forms for one in found] or [pl.DataFrame(schema=self._columns)]
        return Result(pl.concat(frames).sort("form"), {at: cells for one in found for at, cells in one.exact.items()})

    def _of(self, read: Read, forms: pl.DataFrame, groups: Sequence[Group], ways: int) -> Result:
        sides = self._sides(groups[0])
        made = _Part(read, forms, sides, groups if ways > 1 else ())
        books = (("before_rulebook", sides.books.before), ("after_rulebook", sides.books.after))
        named = [pl.lit(book.id, dtype=pl.String).alias(name) for name, book in books]
        return Result(made.result().with_columns(named).select(list(self._columns)), made.exact)


def columns_of(values: Iterable[str]) -> dict[str, pl.DataType]:
    """The columns of a result."""
    told = [(f"{side}_{name}", pl.String() if name == "grade" else pl.Int64()) for side in SIDES for name in values]
    books = {f"{side}_rulebook": pl.String() for side in SIDES}
    return {"form": pl.Int64(), **books, "outside": pl.Boolean(), **dict(told)}


class _Part:
    """The forms of a part that fall under the same two books."""

    def __init__(self, read: Read, forms: pl.DataFrame, sides: Sides, groups: Sequence[Group]) -> None:
        """Read the columns; of forms of some groups, or of all where none are named."""
        self._read = read
        self._sides = sides
        self.exact: dict[int, Exact] = {}
        self._told = {name: kind for name, kind in columns_of(sides.values).items() if not name.endswith("_rulebook")}
        names = [name for name in sides.program.columns if name not in sides.rebanded]
        self._names = {space: [name[2:] for name in names if name.startswith(space)] for space in ("f.", "i.")}
        wanted = dict.fromkeys([*self._names["i."], *(READS if sides.rebanded else ())])
        rows = read(INDICATORS.name, list(wanted) or ["form"])
        more = [name for name in self._names["f."] if name not in forms.columns]
        forms = pl.concat([forms, read(FORMS.name, more)], how="horizontal") if more else forms
        if len(rows) != forms["lines"].sum():
            raise ValueError("the part's table of indicators is not that of its forms")
        self._forms, self._rows = _of_groups(forms, rows, groups) if groups else (forms, rows)

    def result(self) -> pl.DataFrame:
        """The forms within the domains by column, the others by themselves."""
        outside = self._outside()
        apart = self._forms.filter(outside)["form"] if outside.any() else None
        forms, rows = self._forms, self._rows
        if apart is not None:
            rows = rows.filter(~outside.gather(owners(forms["lines"])))
            forms = forms.filter(~outside)
        rebanded = [bands(rows, labels).alias(name[2:]) for name, labels in self._sides.rebanded.items()]
        frames = [*self._chunks(forms, rows.with_columns(rebanded) if rebanded else rows)]
        if apart is not None:
            frames.append(self._exact(apart))
        return pl.concat(frames) if frames else pl.DataFrame(schema=self._told)

    def _outside(self) -> pl.Series:
        """Which forms have a cell that a 64-bit computation may not be trusted with."""
        forms, columns = self._forms, self._sides.program.columns
        found = forms["beyond"] | (forms["lines"] > MAX_ROWS)
        for name in self._names["f."]:
            bad = beyond(forms[name], columns[f"f.{name}"])
            found = found if bad is None else found | bad
        at_fault = [beyond(self._rows[name], columns[f"i.{name}"]) for name in self._names["i."]]
        for bad in at_fault:
            if bad is not None:
                lines = owners(forms["lines"]).filter(bad).unique()
                found = found | pl.Series(range(len(forms)), dtype=pl.UInt32).is_in(lines.implode())
        return found

    def _chunks(self, forms: pl.DataFrame, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
        start = 0
        for at in range(0, len(forms), CHUNK):
            some = forms.slice(at, CHUNK)
            length = int(some["lines"].sum())
            yield self._chunk(some, rows.slice(start, length))
            start += length

    def _chunk(self, forms: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        def fetch(name: str) -> pl.Series:
            return (forms if name.startswith("f.") else rows)[name[2:]].rechunk()

        cells = self._sides.program.run(forms["lines"].rechunk(), fetch)
        made = {"form": forms["form"], "outside": pl.Series([False]).new_from_index(0, len(forms))}
        for output, series in cells.items():
            step = self._sides.steps[output]
            told = self._sides.program.words.words_of(series) if output.endswith(".grade") else series
            made[output.replace(".", "_")] = told * step if step != 1 else told
        return pl.DataFrame(made).select(list(self._told))

    def _exact(self, numbers: pl.Series) -> pl.DataFrame:
        texts = self._read(AS_READ.name, ["form", "json"]).filter(pl.col("form").is_in(numbers.implode()))
        lines = []
        for number, text in texts.iter_rows():
            form = decode_form(text.encode())
            cells = {**self._sides.one(form), "total_score": form.total.score}
            line, fits = held(cells)
            if not fits:
                self.exact[number] = cells
            lines.append({"form": number, "outside": True, **line})
        return pl.DataFrame(lines, schema=self._told)


def held(cells: Exact) -> tuple[dict[str, int | str | None], bool]:
    """What a row holds of a form that is computed by itself, its claim left out; and whether that is all of it."""
    line = {name: _held(value) for name, value in cells.items()}
    fits = all(line[name] is not None or value is None for name, value in cells.items())
    del line["total_score"]
    return line, fits


def _held(value: Decimal | str | None) -> int | str | None:
    """A value as a cell holds it, points in hundredths; `None` where it does not."""
    if not isinstance(value, Decimal):
        return value
    hundredths = Fraction(value) * 100
    return hundredths.numerator if hundredths.denominator == 1 and abs(hundredths) <= INT64 else None


def beyond(values: pl.Series, node: Node) -> pl.Series | None:
    """Where a column leaves its declared domain, or lacks a value that there must be; `None` where nowhere."""
    bad = values.is_null() if not node.nullable and values.null_count() else None
    if node.type != "number" or len(values) == values.null_count():
        return bad
    low, high = values.min(), values.max()
    if isinstance(low, int) and isinstance(high, int) and node.low <= low and high <= node.high:
        return bad
    wide = values.cast(pl.Int64)
    far = ((wide < node.low) | (wide > node.high)).fill_null(value=False)
    return far if bad is None else bad | far


def _of_groups(forms: pl.DataFrame, rows: pl.DataFrame, groups: Sequence[Group]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The forms of some groups, and their indicators."""
    lines = [(group.rulebook, group.in_force, group.fiscal_year) for group in groups]
    wanted = pl.DataFrame(lines, schema=_GROUPS, orient="row").with_columns(pl.lit(value=True).alias("wanted"))
    joined = forms.select(GROUP).join(wanted, on=GROUP, how="left", nulls_equal=True, maintain_order="left")
    mine = joined["wanted"].fill_null(value=False)
    return forms.filter(mine), rows.filter(mine.gather(owners(forms["lines"])))


_GROUPS: Final = {"rulebook": pl.String(), "in_force": pl.String(), "fiscal_year": pl.Int64()}
