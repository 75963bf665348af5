"""Rows made to hurt a back end: those of adversarial forms, and the same with cells at the edges of their columns.

Numbers lie on the bounds of their domain and a unit beside them, on zero, on each other and half-way between; texts are
those that the rules name and every kind of blank; a few rows leave the domain or have more decimals than the scale.
Everything follows from the seed, so a case is named by its number.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Final

from jixiao.language import Cell, Column, Program
from jixiao.language.closure import BLANK
from jixiao.language.ir import INT64, reachable
from jixiao.review import Reviewer
from oracle.adversary import form_number

Row = dict[str, Cell]
Case = tuple[Row, list[Row]]
BLANKS: Final = [
    *sorted(BLANK), " ", "\n\t", "\u3000无\u3000", " - ", "无 。", "．", "不适用", "无无",
    *(f"{space}无{space}" for space in "\x1c\x1f\x85\xa0\u180e\u2028\u200b\ufeff"),  # white space for some, not for all
]  # fmt: skip
LONG: Final = 257
"""More indicators than a total is proved for."""
OF_A_FORM: Final = 4
"""Cases of one form: it and its features take longer to make than what is changed in them."""


class Cases:
    """The cases of one reviewer; every few of them are made of one form."""

    def __init__(self, reviewer: Reviewer, seed: int = 2026) -> None:
        """Look up the columns the rules read and the texts they name."""
        self._reviewer = reviewer
        self._seed = seed
        program = reviewer.scorer.program
        words = [*named_texts(program), *BLANKS]
        self._edges = {
            namespace: {name: _Edge(column, words) for name, column in columns.items()}
            for namespace, columns in program.scope.schema.columns.items()
        }
        self._rows = lru_cache(1)(self._rows_of)

    def case(self, number: int) -> Case:
        """One case: the first of every four is a form's own rows, the others are changed ones of the same form."""
        form, change = divmod(number, OF_A_FORM)
        row, rows = self._rows(form)
        if not change:
            return row, rows
        dice = Random(f"{self._seed}/{number}")  # noqa: S311 -- chance that can be repeated
        if rows and dice.random() < 0.3:
            rows = [dice.choice(rows) for _ in range(LONG if dice.random() < 0.005 else dice.choice([12, 30]))]
        changed = self._changed(dice, "f", row), [self._changed(dice, "i", below) for below in rows]
        if dice.random() < 0.05:
            self._beyond(dice, changed)
        return changed

    def cases(self, numbers: range) -> list[Case]:
        """Many of them."""
        return [self.case(number) for number in numbers]

    def _rows_of(self, number: int) -> Case:
        form = form_number(number, self._seed)
        return self._reviewer.scorer.cells(form, self._reviewer.features(form))

    def _changed(self, dice: Random, namespace: str, row: Row) -> Row:
        """The row inside the domains, with some cells at their edges."""
        rate = dice.choice([0.02, 0.1, 0.1, 0.4])
        numbers = [cell for cell in row.values() if isinstance(cell, int) and not isinstance(cell, bool)] or [0]
        edges, chance = self._edges[namespace], dice.random
        return {
            name: edges[name].cell(dice, numbers)
            if name in edges and (chance() < rate or not edges[name].fits(cell))
            else cell
            for name, cell in row.items()
        }

    def _beyond(self, dice: Random, case: Case) -> None:
        """One cell of the case that no 64-bit computation may be trusted with."""
        namespace, row = ("f", case[0]) if not case[1] or dice.random() < 0.5 else ("i", dice.choice(case[1]))
        known = self._edges[namespace]
        name = dice.choice([name for name in row if name in known and known[name].kind == "number"])
        low, high = known[name].low, known[name].high
        cells: list[Cell] = [
            high + 1,
            low - 1,
            2**53 - 1,
            1 - 2**53,
            INT64,
            -INT64,
            10**30,
            Fraction(high + low, 3),
            Fraction(1, 2),
        ]
        row[name] = dice.choice(cells)


class _Edge:
    """The edges of one column."""

    def __init__(self, column: Column, words: Sequence[str]) -> None:
        self.kind = column.kind
        self.low, self.high = domain(column) if column.kind == "number" else (0, 0)
        self._nullable = column.nullable
        self._words = [str(word) for word in column.values or words]

    def fits(self, cell: Cell) -> bool:
        """Whether a cell lies in the declared domain."""
        return self.kind != "number" or cell is None or (isinstance(cell, int) and self.low <= cell <= self.high)

    def cell(self, dice: Random, numbers: Sequence[int]) -> Cell:
        """A cell at the edge; numbers that stand in its row may be among the edges."""
        chance = dice.random
        if self._nullable and chance() < 0.25:
            return None
        if self.kind == "boolean":
            return chance() < 0.5
        if self.kind != "number":
            return self._words[int(chance() * len(self._words))]
        near, other = numbers[int(chance() * len(numbers))], numbers[int(chance() * len(numbers))]
        return min(self.high, max(self.low, self._edge(dice, near, other) + int(chance() * 3) - 1))

    def _edge(self, dice: Random, near: int, other: int) -> int:
        chosen = int(dice.random() * 9)
        if chosen == 8:
            return dice.randrange(self.low, self.high + 1)
        return (self.low, self.high, 0, near, near, 2 * near, near + other, (near + other) // 2)[chosen]


def domain(column: Column) -> tuple[int, int]:
    """Least and greatest scaled value of a column."""
    return int(column.low * 10**column.scale), int(column.high * 10**column.scale)


def fits(column: Column, cell: Cell) -> bool:
    """Whether a cell lies in the declared domain."""
    if column.kind != "number" or cell is None:
        return True
    low, high = domain(column)
    return isinstance(cell, int) and low <= cell <= high


def inside(program: Program, row: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]]) -> bool:
    """Whether all cells of a case lie in the declared domains, and it is not too long."""
    known = program.scope.schema.columns
    return len(rows) < LONG and all(
        fits(known[namespace][name], cell)
        for namespace, one in (("f", row), *(("i", below) for below in rows))
        for name, cell in one.items()
        if name in known[namespace]
    )


def named_texts(program: Program) -> list[str]:
    """The texts that a program's rules name."""
    found: dict[str, None] = {}
    for node in reachable(program.by_column().outputs.values()):
        payload = node.payload if isinstance(node.payload, tuple) else (node.payload,)
        found |= {text: None for text in payload if node.kind in ("const", "member") and isinstance(text, str)}
    return list(found)
