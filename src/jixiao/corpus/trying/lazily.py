"""Programs over columns, computed where they are needed: of a choice, each branch on the rows that take it.

The plan of `jixiao.language.columns` computes every branch on every row, which is right for a few forms of any kind.
Scores are a tree of choices of which most rows take the same, short way; on a corpus the branches off it are computed
on the rows that take them alone. The operations are the same, so every cell is.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from jixiao.corpus.trying.coded import Words, blank
from jixiao.corpus.trying.operations import ZERO, Operation, missing
from jixiao.language.columns.steps import FALSE, TRUE
from jixiao.language.ir import Node, reachable

Fetch = Callable[[str], pl.Series]
"""Gives the column of an input such as "i.target", or "i.deviation" + `SAID` for the truth whether it says anything."""
SAID: Final = "_said"
_SPLIT: Final = 24
"""What it costs to take rows apart and put them together again, in operations on a column times `_UNIT`."""
_UNIT: Final = 2
_CASES: Final = 3
_FEW: Final = 3
_DIVISION: Final = 6
"""How many other operations a division costs."""


@dataclass(slots=True)
class Selection:
    """Some rows: all of a chunk's forms or indicators, or those of another selection that a mask names.

    Attributes:
        size: how many.
        per_row: whether they are indicators.
        parent: the selection that the mask is of.
        mask: which rows of the parent they are; none: all of them.
        assumes: nodes, as bits, of which the parent's values do not hold here, for something is taken to be so.
        values: node → its column for these rows, as far as it is computed.
        known: the nodes of `values` and of those of the parents, as bits.
        parted: test → the rows where it is true, and those where it is not.
    """

    size: int
    per_row: bool
    parent: "Selection | None" = None
    mask: pl.Series | None = None
    assumes: int = 0
    values: dict[int, pl.Series] = field(default_factory=dict)
    parted: dict[int, tuple["Selection", "Selection"]] = field(default_factory=dict)

    def known(self) -> int:
        """The nodes that are computed for these rows, or for more than these, as bits."""
        bits = 0 if self.parent is None else self.parent.known() & ~self.assumes
        for index in self.values:
            bits |= 1 << index
        return bits

    def holder(self, index: int) -> "Selection | None":
        """The nearest selection up from this one in which a node is computed."""
        here: Selection | None = self
        while here is not None and index not in here.values:
            here = None if here.assumes >> index & 1 else here.parent
        return here

    def narrowed(self, values: pl.Series, holder: "Selection") -> pl.Series:
        """A column of a selection above for these rows."""
        if self is holder or self.parent is None or len(values) == 1:
            return values
        above = self.parent.narrowed(values, holder)
        return above if self.mask is None else above.filter(self.mask)


class Lazily:
    """Some outputs of programs, made ready for many chunks."""

    def __init__(self, outputs: Mapping[str, Node]) -> None:
        """Prepare the operations.

        Raises:
            UncodedError: see `Words`.
        """
        nodes = reachable(outputs.values())
        self.outputs = dict(outputs)
        self.size = len(nodes)
        self.words = Words(nodes)
        self.columns = {str(node.payload): node for node in nodes if node.kind == "column"}
        self._constants = {node.index: self.words.constant(node) for node in nodes if node.kind in ("const", "null")}
        self._operations = {
            node.index: self.words.operation(node)
            for node in nodes
            if node.kind not in ("const", "null", "column", "total", "blank")
        }
        self._below = _below(nodes)
        self.cases = _cases(nodes)
        self._divisions = sum(1 << node.index for node in nodes if node.kind == "divide")

    def run(self, counts: pl.Series, fetch: Fetch) -> dict[str, pl.Series]:
        """The outputs for some forms, which must be outputs of the forms.

        Args:
            counts: how many indicators each form has; those of all forms stand one after another.
            fetch: gives the columns.
        """
        return _Chunk(self, counts, fetch).outputs()

    def cost(self, node: Node, known: int) -> int:
        """What it costs to compute a node where some others are known, in operations on one row."""
        missing_ = self._below[node.index] & ~known
        return missing_.bit_count() + (_DIVISION - 1) * (missing_ & self._divisions).bit_count()

    def constant(self, node: Node) -> pl.Series | None:
        """The cell of a constant."""
        return self._constants.get(node.index)

    def operation(self, node: Node) -> Operation:
        """The operation of a node."""
        return self._operations[node.index]

    def rests_on(self, node: Node, test: Node) -> bool:
        """Whether a test must be computed for a node."""
        return bool(self._below[node.index] >> test.index & 1)

    def resting_on(self, test: Node) -> int:
        """The nodes that a test must be computed for, as bits."""
        return sum(1 << index for index, below in self._below.items() if below >> test.index & 1)


def _cases(nodes: list[Node]) -> list[Node]:
    """The tests by which most choices of the indicators are made, in an order of evaluation."""
    uses = Counter(node.args[0].index for node in nodes if node.kind == "choose" and node.per_row)
    most = {index for index, count in uses.most_common(_CASES) if count > _FEW}
    return [node for node in nodes if node.index in most]


def _below(nodes: list[Node]) -> dict[int, int]:
    """Node → the nodes that must be computed for it, itself included, as bits."""
    found: dict[int, int] = {}
    for node in nodes:
        bits = 0 if node.kind in ("const", "null", "column") else 1 << node.index
        for arg in node.args:
            bits |= found[arg.index]
        found[node.index] = bits
    return found


class _Chunk:
    """One computation of some forms."""

    def __init__(self, program: Lazily, counts: pl.Series, fetch: Fetch) -> None:
        self._program = program
        self._counts = counts
        self._fetch = fetch
        self._forms = Selection(len(counts), per_row=False)
        self._rows = Selection(int(counts.sum()), per_row=True)
        self._owners: pl.Series | None = None

    def outputs(self) -> dict[str, pl.Series]:
        outputs = self._program.outputs
        return {name: self._whole(self._value(node, self._forms), self._forms) for name, node in outputs.items()}

    def _value(self, node: Node, here: Selection) -> pl.Series:
        """The column of a node for some rows; of one cell where it is the same for all."""
        constant = self._program.constant(node)
        if constant is not None:
            return constant
        holder = here.holder(node.index)
        if holder is None and here.per_row and not node.per_row:
            holder = self._rows
            self._rows.values[node.index] = self._stretched(self._value(node, self._forms))
        elif holder is None and node.kind == "column":
            holder = self._rows if here.per_row else self._forms
            holder.values[node.index] = self._column(node)
        if holder is None:
            here.values[node.index] = self._made(node, here)
        elif holder is not here:
            here.values[node.index] = here.narrowed(holder.values[node.index], holder)
        return here.values[node.index]

    def _made(self, node: Node, here: Selection) -> pl.Series:
        if node.kind == "total":
            return self._total(node.args[0])
        if node.kind == "choose":
            return self._chosen(node, here)
        if node.kind == "blank":
            return blank(here.narrowed(self._fetch(f"{node.args[0].payload}{SAID}"), self._root(here)))
        cells = [self._value(arg, here) for arg in node.args]
        same = _unchanged(node, cells)
        return self._program.operation(node)(*cells) if same is None else same

    def _root(self, here: Selection) -> Selection:
        return self._rows if here.per_row else self._forms

    def _column(self, node: Node) -> pl.Series:
        cells = self._fetch(str(node.payload))
        return self._program.words.coded(cells) if node.type == "text" else cells

    def _chosen(self, node: Node, here: Selection) -> pl.Series:
        test, then, orelse = node.args
        truths = self._value(test, here)
        true = int(truths.sum())
        if true == len(truths):
            return self._value(then, here)
        if true == 0:
            return self._value(orelse, here)
        known = here.known()
        few = then if 2 * true < here.size else orelse
        rare = min(true, here.size - true)
        if len(truths) > 1 and _UNIT * self._program.cost(few, known) * (here.size - rare) > _SPLIT * here.size:
            return self._patched(node, here, few)
        return self._program.operation(node)(truths, self._value(then, here), self._value(orelse, here))

    def _patched(self, node: Node, here: Selection, few: Node) -> pl.Series:
        """A choice whose frequent branch is computed for all rows, the other one for the rows that take it."""
        test, then, orelse = node.args
        rare = self._parted(test, here)[0 if few is then else 1]
        frequent = self._value(orelse if few is then else then, here)
        return _mended(self._whole(frequent, here), rare, self._value(few, rare))

    def _by_cases(self, node: Node, here: Selection, cases: Sequence[Node]) -> pl.Series:
        """A node's column where the rows of the rarer case are computed by themselves, and the others as if all were.

        What is computed of the rows of the rarer case under what does not hold of them is thrown away.
        """
        for at, test in enumerate(cases):
            if not self._program.rests_on(node, test):
                continue
            truths = self._value(test, here)
            true = int(truths.sum())
            often = 2 * true >= here.size
            if len(truths) > 1 and 0 < true < here.size and (often or not truths.null_count()):
                rare = self._parted(test, here)[1 if often else 0]
                usual = Selection(here.size, here.per_row, here, assumes=self._program.resting_on(test))
                usual.values[test.index] = TRUE if often else FALSE
                frequent = self._whole(self._by_cases(node, usual, cases[at + 1 :]), here)
                return _mended(frequent, rare, self._by_cases(node, rare, cases[at + 1 :]))
        return self._value(node, here)

    def _parted(self, test: Node, here: Selection) -> tuple[Selection, Selection]:
        if test.index not in here.parted:
            truths = self._value(test, here)
            true = truths.fill_null(value=False) if truths.null_count() else truths
            count = int(true.sum())
            here.parted[test.index] = (
                Selection(count, here.per_row, here, true),
                Selection(here.size - count, here.per_row, here, ~true),
            )
        return here.parted[test.index]

    def _total(self, node: Node) -> pl.Series:
        """The sums of a node over the indicators of each form; nulls are left out."""
        if not node.per_row:
            values = self._whole(self._value(node, self._forms), self._forms)
            return self._counts * (ZERO.zip_with(missing(values), values) if node.nullable else values)
        values = self._by_cases(node, self._rows, self._program.cases)
        if values.null_count():
            values = ZERO.zip_with(missing(values), values)
        if len(values) == 1 or values.min() == values.max():
            return self._counts * values.head(1) if len(values) else self._counts
        sums = values.cum_sum()
        ends = self._counts.cum_sum()
        before = pl.concat([ZERO, sums], rechunk=True).gather(pl.concat([ZERO, ends], rechunk=True))
        return before.slice(1) - before.head(len(ends))

    def _stretched(self, values: pl.Series) -> pl.Series:
        if len(values) == 1:
            return values
        if self._owners is None:
            self._owners = owners(self._counts)
        return values.gather(self._owners)

    def _whole(self, values: pl.Series, here: Selection) -> pl.Series:
        return values.new_from_index(0, here.size) if len(values) == 1 != here.size else values


def _unchanged(node: Node, cells: Sequence[pl.Series]) -> pl.Series | None:
    """What is multiplied or divided by one, where the one is found on the way and not in the text of the rule."""
    if node.kind == "divide" and len(cells[1]) == 1 and cells[1][0] == 1:
        return cells[0]
    if node.kind == "arithmetic" and node.payload == "*":
        for one, other in (cells, cells[::-1]):
            if len(one) == 1 and one[0] == 1:
                return other
    return None


def _mended(frequent: pl.Series, rare: Selection, some: pl.Series) -> pl.Series:
    """A column with the cells of some rows put in."""
    if rare.mask is None:
        raise ValueError("all rows of a chunk are not a part of it")
    if len(some) == 1:
        return some.zip_with(rare.mask, frequent)
    return frequent.clone().scatter(rare.mask.arg_true(), some)


def owners(counts: pl.Series) -> pl.Series:
    """For each indicator the place of its form."""
    frame = pl.DataFrame({"count": counts}).with_row_index("at")
    return frame.select(pl.col("at").repeat_by("count").list.explode(empty_as_null=False)).to_series()
