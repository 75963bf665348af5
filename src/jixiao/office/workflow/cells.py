"""Cells by their lasting names: "/indicators/2/actual" of a form is "k5/actual" of its filing, whatever moves."""

from jixiao.form import Form
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text

_ROW = "/indicators/"


def cell_of(pointer: str, keys: tuple[str, ...]) -> str:
    """The lasting name of the cell at a JSON pointer."""
    if not pointer.startswith(_ROW):
        return pointer.lstrip("/")
    number, _, column = pointer.removeprefix(_ROW).partition("/")
    key = keys[int(number)] if number.isdecimal() and int(number) < len(keys) else number
    return f"{key}/{column}" if column else key


def pointer_of(cell: str, keys: tuple[str, ...]) -> str:
    """The JSON pointer of a cell; empty where its row is no longer there."""
    key, _, column = cell.partition("/")
    if key in keys:
        return f"{_ROW}{keys.index(key)}" + (f"/{column}" if column else "")
    return "" if key[:1] == "k" and key[1:].isdecimal() else f"/{cell}"


def cell_name(form: Form, keys: tuple[str, ...], cell: str) -> Text:
    """What people call a cell: 指标 3「组织活动」 · 实际完成值."""
    pointer = pointer_of(cell, keys)
    return field_name(form, pointer) if pointer else Text("已删去的指标", "an indicator that was removed")
