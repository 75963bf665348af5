"""Reading back what was laid out or written: the same form, but for places and problems."""

from collections.abc import Iterable
from itertools import takewhile

import msgspec

from jixiao.form import Form
from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading.interpreter import interpret
from jixiao.reading.parse import settled
from jixiao.writing.paper import model

_SHORT = 60
"""Texts of so many letters are shown whole."""


def grid_of(document: model.Document) -> Grid:
    """A document as a perfect format reader sees it."""
    return Grid(tuple(_block(block) for block in document.blocks))


def _block(block: model.Block) -> Table | FreeText:
    if isinstance(block, model.Text):
        return FreeText(block.text)
    return Table(tuple(Cell(each.row, each.column, each.row_span, each.column_span, each.text) for each in block.cells))


def forms_in(documents: Iterable[model.Document]) -> list[Form]:
    """The forms that a perfect format reader would find in documents."""
    found: list[Form] = []
    for document in documents:
        grid = grid_of(document)
        found += settled(interpret(grid, "laid"), grid)
    return found


def differences(want: Form, got: Form) -> list[str]:
    """Where two forms differ, places and problems apart: pointer, what was wanted, what there is."""
    return list(_differ("", bare(want), bare(got)))


def bare(form: Form) -> dict[str, object]:
    """A form without where it was read."""
    wire: dict[str, object] = msgspec.to_builtins(form, builtin_types=())
    return {name: value for name, value in wire.items() if name not in ("places", "problems")}


def _differ(pointer: str, want: object, got: object) -> Iterable[str]:
    if isinstance(want, dict) and isinstance(got, dict):
        for name in {**want, **got}:
            yield from _differ(f"{pointer}/{name}", want.get(name), got.get(name))
    elif isinstance(want, list | tuple) and isinstance(got, list | tuple) and len(want) == len(got):
        for number, pair in enumerate(zip(want, got, strict=True)):
            yield from _differ(f"{pointer}/{number}", *pair)
    elif want != got:
        yield f"{pointer}: {_around(want, got)}"


def _around(want: object, got: object) -> str:
    """Two values; of long texts, what stands about the place where they part."""
    one, other = (value if isinstance(value, str) else repr(value) for value in (want, got))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    if max(len(one), len(other)) <= _SHORT:
        return f"{want!r} -> {got!r}"
    start = max(0, same - 10)
    cut = slice(start, start + 3 * _SHORT // 4)
    return f"at {same} of {len(one)} -> {len(other)}: {one[cut]!r} -> {other[cut]!r}"
