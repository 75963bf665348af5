"""A small schema for tests of the rule language, and one-line ways to compile and run a text."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jixiao.language import Cell, Column, Named, Program, Result, Schema

QUANTITY = Decimal(10) ** 6
SCHEMA = Schema(
    form=[
        Column("a", scale=2, low=-QUANTITY, high=QUANTITY, nullable=True, zh="甲", en="first"),
        Column("b", scale=2, low=-QUANTITY, high=QUANTITY, nullable=True, zh="乙", en="second"),
        Column("whole", low=Decimal(0), high=Decimal(100)),
        Column("huge", low=Decimal(0), high=Decimal(10) ** 18),
        Column("yes", "boolean", nullable=True, zh="是否", en="yes"),
        Column("word", "text", zh="词", en="word"),
        Column("sign", "enum", values=("≥", "≤", "")),
    ],
    indicator=[
        Column("x", scale=2, low=-QUANTITY, high=QUANTITY, nullable=True, zh="数", en="number"),
        Column("weight", scale=2, low=Decimal(0), high=Decimal(100), zh="分值", en="points"),
        Column("note", "text", nullable=True, zh="备注", en="note"),
        Column("flag", "boolean", nullable=True),
    ],
)
PARAMETERS: dict[str, Decimal | int | bool | str] = {
    "places": 2,
    "line": Decimal("30.5"),
    "on": True,
    "off": False,
    "mode": "open",
}
FORM: dict[str, Cell] = {
    "a": 700, "b": 200, "whole": 7, "huge": 1, "yes": True, "word": "词", "sign": "≥",
}  # fmt: skip


def indicator(**cells: Cell) -> dict[str, Cell]:
    """An indicator's row; number 1.00, 10 points, no note, not flagged unless said otherwise."""
    row: dict[str, Cell] = {"x": 100, "weight": 1000, "note": "", "flag": False}
    return row | cells


def program(**lets: str) -> Program:
    """A program over the small schema with named values in order."""
    made = Program(SCHEMA, PARAMETERS, {"places": ("小数位数", "places")})
    for name, text in lets.items():
        made.let(name, text, zh=name, en=name)
    return made


def run(text: str, rows: Sequence[Mapping[str, Cell]] = (), **cells: Cell) -> Result:
    """The result of one text, named `it`."""
    return program(it=text).closure()(FORM | cells, rows)


def value(text: str, rows: Sequence[Mapping[str, Cell]] = (), **cells: Cell) -> Named:
    """The form's value of one text."""
    return run(text, rows, **cells).form["it"]


def per_row(text: str, *rows: Mapping[str, Cell], **cells: Cell) -> list[Named]:
    """The values of one text for each indicator."""
    return [values["it"] for values in run(text, rows, **cells).rows]
