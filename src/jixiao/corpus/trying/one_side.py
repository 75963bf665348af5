"""One set of rules on the kept columns of some forms: by operations on columns, or by the fused kernel.

The kernel takes the numbers of changed parameters as inputs, so that what is compiled for one value serves others.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

import polars as pl

from jixiao.corpus.schema import SAID
from jixiao.corpus.trying.alike import Alike, UnlikeError
from jixiao.corpus.trying.coded import Words
from jixiao.corpus.trying.kept import KeptPart, Slice
from jixiao.corpus.trying.lazily import Lazily
from jixiao.corpus.trying.sides import BAND, VALUES, node_of
from jixiao.form import Form
from jixiao.language.columns.steps import DTYPES
from jixiao.language.columns.vocabulary import SAYS_NOTHING, SAYS_SOMETHING, Vocabulary
from jixiao.language.ir import Node, reachable
from jixiao.rulebook import Book, RulebookError
from jixiao.scoring import LabelReader, Scorer, program_of

if TYPE_CHECKING:
    from jixiao.language.kernel import Home, Kernel

_WHOLE: Final = Decimal(1)
_CHANGED: Final = "changed"
"""The evidence of a parameter that a person set."""


class OneSide:
    """A book made ready for the forms of a corpus.

    Attributes:
        book: the book.
        values: which values of a form are computed: "score", "grade", "low".
        inputs: the columns that are read, such as "i.actual".
    """

    def __init__(self, book: Book, stored: Book, values: Iterable[str], home: "Home | None" = None) -> None:
        """Compile the rules.

        Args:
            book: the book.
            stored: the one that the forms stand under in the corpus.
            values: which values of a form are computed.
            home: where compiled kernels are kept.
        """
        self.book = book
        self.values = tuple(values)
        self._home = home
        self._outputs, self._steps = outputs_of(book, self.values)
        labels = LabelReader(book)
        self._labels = None if labels.as_data() == LabelReader(stored).as_data() else labels
        nodes = reachable(self._outputs.values())
        self.inputs = {str(node.payload): node for node in nodes if node.kind == "column"}
        self._given: Mapping[str, int] = {}
        self._lock = Lock()

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.book)

    @cached_property
    def _lazily(self) -> Lazily:
        return Lazily(self._outputs)

    @cached_property
    def _kernel(self) -> "Kernel":
        from jixiao.language.kernel import Kernel

        alike = _alike(self.book, self._outputs, self.values, self._steps)
        if alike is None:
            return Kernel(self._outputs, home=self._home)
        self._given = {name: numbers[0] for name, numbers in alike.given.items()}
        return Kernel(alike.outputs, home=self._home)

    def check(self) -> None:
        """Refuse rules that are not for columns.

        Raises:
            UncodedError: the rules compare texts of a form with one another.
        """
        Words(reachable(self._outputs.values()))

    def one(self, form: Form) -> dict[str, Decimal | str | None]:
        """The values of one form, the way it is scored by itself; points as points."""
        found = self._scorer.evaluate(form).form
        told = {name: found[VALUES[name]] for name in self.values}
        return {name: value if isinstance(value, Decimal | str) else None for name, value in told.items()}

    def fetched(self, part: KeptPart) -> None:
        """Have all columns fetched that this side reads."""
        part.want(self._stored())

    def outside(self, part: KeptPart) -> pl.Series:
        """Which forms of a part have a cell that a 64-bit computation may not be trusted with."""
        return part.outside((name, self.inputs[name]) for name in self._stored())

    def _stored(self) -> Iterator[str]:
        """The columns that are read as they stand."""
        return (name for name in self.inputs if name != BAND or self._labels is None)

    def by_column(self, part: KeptPart, some: Slice) -> dict[str, pl.Series]:
        """The values of forms by operations on columns, points in hundredths.

        Raises:
            UncodedError: the rules compare texts of a form with one another.
        """
        with self._lock:
            program = self._lazily

        def fetch(name: str) -> pl.Series:
            values = self._column(part, some, name)
            return values.cast(pl.Int64) if values.dtype.is_integer() else values

        cells = program.run(part.lines.slice(some.first, some.count), fetch)
        told = {name: program.words.words_of(cell) if name == "grade" else cell for name, cell in cells.items()}
        return {name: self._scaled(name, cell) for name, cell in told.items()}

    def by_kernel(self, part: KeptPart, some: Slice) -> dict[str, pl.Series]:
        """The same by the fused kernel."""
        with self._lock:
            kernel = self._kernel
        words = kernel.vocabulary()
        frames = {space: pl.DataFrame(list(self._cells(space, part, some, words))) for space in ("f", "i")}
        cells = kernel.of_forms(frames["f"], frames["i"], part.lines.slice(some.first, some.count))
        told = {name: words.texts(cell) if name == "grade" else cell for name, cell in cells.items()}
        return {name: self._scaled(name, cell) for name, cell in told.items()}

    def _cells(self, space: str, part: KeptPart, some: Slice, words: Vocabulary) -> Iterator[pl.Series]:
        """The columns of forms, or of their indicators, as a kernel takes them."""
        for name, node in self._kernel.inputs.of(space):
            if name in self._given:
                yield pl.Series(name, [self._given[name]], dtype=pl.Int64).new_from_index(0, some.count)
            elif node.type == "text" and name in self._kernel.inputs.asked_whether_blank:
                said = self._column(part, some, name + SAID).cast(DTYPES["text"])
                yield (said * (SAYS_SOMETHING - SAYS_NOTHING) + SAYS_NOTHING).alias(name)
            else:
                values = self._column(part, some, name)
                yield (_coded(values, words) if node.type == "text" else values.cast(DTYPES[node.type])).alias(name)

    def _column(self, part: KeptPart, some: Slice, name: str) -> pl.Series:
        whole = part.banded(self._labels) if name == BAND and self._labels is not None else part.column(name)
        of_forms = name.startswith("f.")
        return whole.slice(some.first, some.count) if of_forms else whole.slice(some.row, some.rows)

    def _scaled(self, name: str, cells: pl.Series) -> pl.Series:
        step = self._steps[name]
        return (cells * step if step != 1 else cells).alias(name)


def outputs_of(book: Book, values: Iterable[str]) -> tuple[dict[str, Node], dict[str, int]]:
    """The nodes of some values of a book, and what brings each to hundredths."""
    program = program_of(book)
    found = {name: node_of(program, VALUES[name]) for name in values}
    return {name: node for name, (node, _) in found.items()}, {name: step for name, (_, step) in found.items()}


def _alike(
    book: Book, outputs: Mapping[str, Node], values: Iterable[str], steps: Mapping[str, int]
) -> Alike | None:  # fmt: skip
    """The rules with the numbers of changed parameters as inputs; none where another number makes other rules."""
    for up in (True, False):
        other = _beside(book, up=up)
        if other is None:
            continue
        nodes, their_steps = outputs_of(other, values)
        if their_steps == steps:
            try:
                return Alike(outputs, nodes)
            except UnlikeError:
                continue
    return None


def _beside(book: Book, *, up: bool) -> Book | None:
    """A book in which every changed number is a little more, or a little less; none where it may not be, or none is."""
    changes = {
        name: value.value + (_least(value.value) if up else -_least(value.value))
        for name, value in book.values.items()
        if isinstance(value.value, Decimal) and value.clause.evidence == _CHANGED
    }
    if not changes:
        return None
    try:
        return book.with_values(changes)
    except RulebookError:
        return None


def _least(value: Decimal) -> Decimal:
    """One in the last place of a number."""
    exponent = value.normalize().as_tuple().exponent
    return _WHOLE.scaleb(min(exponent, 0)) if isinstance(exponent, int) else _WHOLE


def _coded(texts: pl.Series, vocabulary: Vocabulary) -> pl.Series:
    """A column of texts as codes of a vocabulary; null stays null."""
    kind = texts.dtype
    words = kind.categories if isinstance(kind, pl.Enum) else texts.unique().drop_nulls().sort()
    codes = pl.Series([vocabulary.code(word) for word in words], dtype=DTYPES["text"])
    texts = texts if isinstance(kind, pl.Enum) else texts.cast(pl.Enum(words))
    return codes.gather(texts.to_physical().cast(pl.UInt32))
