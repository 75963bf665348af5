"""A corpus that is opened once and asked many times: what a changed rule does to a million forms while a person waits.

Columns that were read, and totals under the rules in force, stay in memory, so that a further question computes the
changed side alone. Many forms under one book are computed by the fused kernel where it is installed; it is compiled
once for a changed parameter, not for each value of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.parts import Read
from jixiao.corpus.trying.kept import KeptPart, Slice
from jixiao.corpus.trying.one_side import OneSide
from jixiao.corpus.trying.run import CHUNK, Exact, Result, columns_of, held
from jixiao.corpus.trying.shift import Folded, Part, fold, whole_shift
from jixiao.corpus.trying.sides import SIDES, VALUES, Books, BooksOf
from jixiao.corpus.trying.whole import Tried
from jixiao.form import Form
from jixiao.rulebook import Book

if TYPE_CHECKING:
    from decimal import Decimal

    from jixiao.language.kernel import Home, Names

_MOST_BOOKS: Final = 64
FEW: Final = 20_000
"""Forms under one book in a part up to which operations by column are used, though there is the kernel."""
Sides = tuple[OneSide, OneSide]


class Kernels(Struct, frozen=True):
    """That the fused kernel is used.

    Attributes:
        home: where compiled kernels are kept.
        few: forms of one book in a part up to which it is not worth it.
    """

    home: "Home"
    few: int = FEW


class Standing:
    """The parts of a corpus, kept ready for questions; one question at a time."""

    def __init__(self, parts: Iterable[Read], kernels: Kernels | None = None, *, keep: bool = True) -> None:
        """Take what reads the parts; nothing is read yet.

        Args:
            parts: give columns of the tables of each part.
            kernels: that the fused kernel is used; operations by column alone, by default.
            keep: whether what was read stays in memory.
        """
        self._reads = tuple(parts)
        self._kernels = kernels
        self._home = None if kernels is None else _once(kernels.home)
        self._keep = keep
        self._kept: dict[int, KeptPart] = {}
        self._compiled: dict[tuple[object, ...], OneSide] = {}
        self._asked = Lock()
        self._compiling = Lock()

    def ask(
        self,
        books_of: BooksOf,
        most: int,
        values: Iterable[str] = VALUES,
        asked: Mapping[str, tuple[int, int]] | None = None,
    ) -> Tried:
        """Totals and grades of every form under both sets of rules, put together.

        Args:
            books_of: what decides the books of a form.
            most: how many of the forms that move are named.
            values: which values of a form are computed; "score" and "grade" are needed, "low" may be left out.
            asked: check code → questions before and after, where they were counted.

        Raises:
            UncodedError: the rules compare texts of a form with one another.
        """
        wanted = tuple(values)
        with self._asked, ThreadPoolExecutor(pl.thread_pool_size()) as pool:
            one = _Question(self, books_of, wanted, most)
            folded: list[Folded] = []
            met: dict[str, None] = {}
            outside = 0
            for part, books, beyond in pool.map(one.part, range(len(self._reads))):
                folded.append(part)
                met |= dict.fromkeys(sorted(books))
                outside += beyond
        self._forget()
        return Tried(whole_shift(folded, most, asked), tuple(met), outside)

    def part(self, at: int) -> KeptPart:
        """One part, from memory where it is there."""
        kept = self._kept.get(at)
        if kept is None:
            kept = KeptPart(self._reads[at], lasting=self._keep)
            if self._keep:
                self._kept[at] = kept
        return kept

    def sides(self, books: Books, values: tuple[str, ...]) -> Sides:
        """Both books made ready, what is in force once for all questions."""
        return self._side(books.before, books.stored, values), self._side(books.after, books.stored, values)

    def by_kernel(self, some: Slice) -> bool:
        """Whether forms are enough for the fused kernel."""
        return self._kernels is not None and some.count > self._kernels.few

    def _side(self, book: Book, stored: Book, values: tuple[str, ...]) -> OneSide:
        key = (book.id, book.fingerprint, stored.id, stored.fingerprint, values)
        with self._compiling:
            if key not in self._compiled:
                made = OneSide(book, stored, values, self._home)
                made.check()
                self._compiled[key] = made
            return self._compiled[key]

    def _forget(self) -> None:
        """Let go of the oldest books, lest memory grow with each question."""
        while len(self._compiled) > _MOST_BOOKS:
            del self._compiled[next(iter(self._compiled))]


def _once(home: "Home") -> "Home":
    """A home that makes each function once a process."""
    made: dict[str, Callable[..., int]] = {}

    def at_home(key: str, source: str, names: "Names") -> Callable[..., int]:
        if key not in made:
            made[key] = home(key, source, names)
        return made[key]

    return at_home


class _Question:
    """One question, part after part."""

    def __init__(self, standing: Standing, books_of: BooksOf, values: tuple[str, ...], most: int) -> None:
        self._standing = standing
        self._books_of = books_of
        self._values = values
        self._most = most

    def part(self, at: int) -> tuple[Folded, set[str], int]:
        """What is kept of a part, the books met, and how many forms were computed by themselves."""
        kept = self._standing.part(at)
        exact: dict[int, Exact] = {}
        frames = [self._frame(kept, some, sides, exact) for some, sides in self._joined(kept)]
        forms = pl.concat(frames) if frames else pl.DataFrame(schema=columns_of(self._values))
        met = {book for side in SIDES for book in forms[f"{side}_rulebook"].unique()}
        folded = fold(Result(forms, exact), Part(kept.grouping(), kept.named), self._most)
        return folded, met, int(forms["outside"].sum())

    def _joined(self, kept: KeptPart) -> Sequence[tuple[Slice, Sides]]:
        """The slices with their books; those side by side under the same books are one."""
        found: list[tuple[Slice, Sides]] = []
        for some in kept.slices:
            sides = self._standing.sides(self._books_of(some.group), self._values)
            if found and found[-1][1] == sides:
                found[-1] = (found[-1][0].joined(some), sides)
            else:
                found.append((some, sides))
        return found

    def _frame(self, kept: KeptPart, some: Slice, sides: Sides, exact: dict[int, Exact]) -> pl.DataFrame:
        """The rows of a result for the forms of one slice."""
        for side in sides:
            side.fetched(kept)
        apart = (sides[0].outside(kept) | sides[1].outside(kept)).slice(some.first, some.count)
        numbers = kept.numbers.slice(some.first, some.count)
        columns = [numbers.alias("form"), apart.alias("outside")]
        for name, side in zip(SIDES, sides, strict=True):
            columns += [pl.Series(f"{name}_rulebook", [side.book.id]).new_from_index(0, some.count)]
            made = self._in_force(kept, some, side) if name == SIDES[0] else self._made(kept, some, side)
            columns += [cells.alias(f"{name}_{cells.name}") for cells in made.get_columns()]
        frame = pl.DataFrame(columns).select(list(columns_of(self._values)))
        return _patched(frame, apart, kept.forms(numbers.filter(apart)), sides, exact) if apart.any() else frame

    def _in_force(self, kept: KeptPart, some: Slice, side: OneSide) -> pl.DataFrame:
        """The values under the rules in force, from memory where they are there."""
        key = (side.book.id, side.book.fingerprint, self._values, some.first, some.count)
        if key not in kept.made:
            kept.made[key] = self._made(kept, some, side)
        return kept.made[key]

    def _made(self, kept: KeptPart, some: Slice, side: OneSide) -> pl.DataFrame:
        by = side.by_kernel if self._standing.by_kernel(some) else side.by_column
        found = [pl.DataFrame(list(by(kept, chunk).values())) for chunk in some.chunks(kept.lines, CHUNK)]
        return pl.concat(found, rechunk=True)


def _patched(
    frame: pl.DataFrame, apart: pl.Series, forms: Mapping[int, Form], sides: Sides, exact: dict[int, Exact]
) -> pl.DataFrame:
    """Rows of a result with those of some forms computed one by one; what no cell holds is put into `exact`."""
    lines = []
    for number, form in forms.items():
        both = zip(SIDES, sides, strict=True)
        cells: dict[str, Decimal | str | None] = {"total_score": form.total.score}
        cells |= {f"{name}_{value}": told for name, side in both for value, told in side.one(form).items()}
        line, fits = held(cells)
        if not fits:
            exact[number] = cells
        books = {f"{name}_rulebook": side.book.id for name, side in zip(SIDES, sides, strict=True)}
        lines.append({"form": number, "outside": True, **books, **line})
    others = frame.with_row_index("at")
    places = others.filter(apart).select("at", "form")
    alone = places.join(pl.DataFrame(lines, schema=frame.schema), on="form", maintain_order="left")
    return pl.concat([others.filter(~apart), alone]).sort("at").drop("at")
