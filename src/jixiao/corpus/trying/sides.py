"""The rules in force and the changed rules of some forms, compiled as one program."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Final

from msgspec import Struct

from jixiao.corpus.trying.joined import Joined
from jixiao.corpus.trying.lazily import Lazily
from jixiao.form import Form
from jixiao.language import Program
from jixiao.language.ir import Node
from jixiao.language.rational import Number
from jixiao.language.values import nodes_of
from jixiao.rulebook import Book
from jixiao.scoring import LabelReader, Scorer, program_of

SIDES: Final = ("before", "after")
VALUES: Final = {"score": "total", "grade": "grade_computed", "low": "total_low"}
"""Column of a result → the named value of a book."""
_PLACES: Final = 2


class Group(Struct, frozen=True):
    """What decides the books of a form: the one in force, the day it was for, and the form's year."""

    rulebook: str
    in_force: str
    fiscal_year: int | None


class Books(Struct, frozen=True):
    """The books of some forms: the one they stand under in the corpus, the one that counts as in force, the changed."""

    stored: Book
    before: Book
    after: Book

    @property
    def key(self) -> tuple[str, ...]:
        """The same for books that compute the same."""
        books = (self.stored, self.before, self.after)
        return tuple(text for book in books for text in (book.id, book.fingerprint))


BooksOf = Callable[[Group], Books]
BAND: Final = "i.band"


class Sides:
    """Two books as one program.

    Attributes:
        books: the books.
        program: outputs "before.score", "after.grade" and so on.
        steps: output → what its whole numbers are multiplied by, so that points are in hundredths.
        rebanded: column of bands that the corpus does not hold → the words by which it is read.
    """

    def __init__(self, books: Books, values: Iterable[str]) -> None:
        """Compile both.

        Raises:
            UncodedError: the rules compare texts of a form with one another.
        """
        self.books = books
        self.values = tuple(values)
        self.steps: dict[str, int] = {}
        self.rebanded: dict[str, LabelReader] = {}
        self.program = Lazily(dict(self._outputs(Joined())))

    def _outputs(self, joined: Joined) -> Iterator[tuple[str, Node]]:
        stored = LabelReader(self.books.stored).as_data()
        for side, book in zip(SIDES, (self.books.before, self.books.after), strict=True):
            program, labels = program_of(book), LabelReader(book)
            renamed = {}
            if labels.as_data() != stored:
                renamed[BAND] = f"{BAND}.{side}"
                self.rebanded[renamed[BAND]] = labels
            for name in self.values:
                output = f"{side}.{name}"
                node, self.steps[output] = node_of(program, VALUES[name])
                yield output, joined.add([node], renamed)[0]

    @cached_property
    def scorers(self) -> tuple[Scorer, Scorer]:
        """The books compiled for one form at a time."""
        return Scorer(self.books.before), Scorer(self.books.after)

    def one(self, form: Form) -> Mapping[str, Decimal | str | None]:
        """The outputs for one form, the way it is scored by itself, "before_score" and so on; points as points."""
        found: dict[str, Decimal | str | None] = {}
        for side, scorer in zip(SIDES, self.scorers, strict=True):
            values = scorer.evaluate(form).form
            for name in self.values:
                value = values[VALUES[name]]
                found[f"{side}_{name}"] = value if isinstance(value, Decimal | str) else None
        return found


def node_of(program: Program, let: str) -> tuple[Node, int]:
    """The node of a named value, and what brings it to hundredths.

    Raises:
        ValueError: the value has more than hundredths.
    """
    value = program.scope.lets[let].value
    (node, *_) = nodes_of(value)
    if not isinstance(value, Number):
        return node, 1
    if not value.rounded or value.scale > _PLACES:
        raise ValueError(f"{let} is not rounded to hundredths")
    return node, int("1" + "0" * (_PLACES - value.scale))
