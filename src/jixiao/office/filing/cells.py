"""Names of cells ↔ fields of a form. A row is named by its key, so a name holds after the row was moved.

`project/name` `department` `funds/total/executed` `funds/more/单位资金/initial` `execution/rate` `goal/actual`
`k3/actual` `k3/target.sign` `declared/产出指标` `total/score` `grade` `extras/改进措施` `k3/+评分标准`: a cell with no
field of its own is named by its label, behind a plus where it stands in a row; the second of a name ends with "#2".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form import Extra, Form, Indicator, LabelledFundRow
from jixiao.office.filing.typed import shown

Kind = Literal["text", "optional", "number", "rate", "level1", "level2", "target", "actual"]
Path = tuple[str | int, ...]

UNPLACED: Final = "unplaced"
AMOUNTS: Final = ("initial", "adjusted", "executed")
FUND_ROWS: Final = ("total", "current_year", "carryover", "other")
PARTS: Final = ("target.sign", "target.value", "target.unit")
"""The cells of a target in layouts that print its sign, value and unit apart."""
ROW_FIELDS: Final[dict[str, Kind]] = {
    "level1": "level1", "level2": "level2", "name": "text", "target": "target", "actual": "actual",
    "weight": "number", "score": "number", "deviation": "text",
}  # fmt: skip
"""The cells of an indicator's row."""
KEY: Final = re.compile(r"k[1-9][0-9]{0,8}|\{key\}")
"""A key; `{key}` stands for one in the template of a new row."""
_FIXED: Final[dict[str, Kind]] = {
    "title": "text", "project/name": "text", "project/code": "optional", "department": "text", "unit": "text",
    "currency_unit": "optional", "goal/expected": "text", "goal/actual": "text", "grade": "optional",
    "execution/weight": "number", "execution/rate": "rate", "execution/score": "number",
    "total/weight": "number", "total/score": "number",
    **{f"funds/{row}/{amount}": "number" for row in FUND_ROWS for amount in AMOUNTS},
}  # fmt: skip


class UnknownCell(ValueError):
    """No form has a cell of that name; or its row is not there."""


class Record(Struct, frozen=True):
    """A form and the keys of its indicator rows, in order."""

    form: Form
    keys: tuple[str, ...]


class Spot(Struct, frozen=True):
    """Where a cell's value is in a form, and of which kind it is."""

    path: Path
    kind: Kind

    @property
    def pointer(self) -> str:
        """The JSON pointer of the field."""
        return "".join(f"/{step}" for step in self.path)


def spot(record: Record, cell: str) -> Spot | None:
    """Where a cell is; `None` for a labelled cell that the form does not have yet.

    Raises:
        UnknownCell: there is no such cell, or no such row.
    """
    if cell in _FIXED:
        return Spot(tuple(cell.split("/")), _FIXED[cell])
    head, _, rest = cell.partition("/")
    if KEY.fullmatch(head) and rest in ROW_FIELDS:
        return Spot(("indicators", _row(record, head), rest), ROW_FIELDS[rest])
    if head == "declared" and rest:
        return Spot(("declared_weights", rest), "number")
    if cell.startswith("funds/more/") and "/+" not in cell:
        return _more(record.form, cell)
    return _extra(record, cell)


def _row(record: Record, key: str) -> int:
    if key not in record.keys:
        raise UnknownCell(key)
    return record.keys.index(key)


def _more(form: Form, cell: str) -> Spot | None:
    name, _, amount = cell.removeprefix("funds/more/").rpartition("/")
    if amount not in AMOUNTS or not name:
        raise UnknownCell(cell)
    names = list(_numbered(row.label for row in form.funds.more))
    return Spot(("funds", "more", names.index(name), amount), "number") if name in names else None


def _extra(record: Record, cell: str) -> Spot | None:
    row, label = row_of_extra(cell)
    if KEY.fullmatch(row):
        _row(record, row)
    if not label:
        raise UnknownCell(cell)
    number = extra_names(record).get(cell)
    return None if number is None else Spot(("extras", number, "text"), "text")


def row_of_extra(cell: str) -> tuple[str, str]:
    """The row and the label in the name of a cell with no field of its own; no label where it is no such name."""
    if cell.startswith("extras/"):
        return "", cell.removeprefix("extras/")
    row, _, label = cell.partition("/+")
    known = KEY.fullmatch(row) or row in ("execution", "goal", *(f"funds/{name}" for name in FUND_ROWS))
    return (row, label) if known or row.startswith("funds/more/") else ("", "")


def extra_names(record: Record) -> dict[str, int]:
    """The cells with no field of their own, by name: their number among the extras."""
    numbers = [number for number, extra in enumerate(record.form.extras) if not is_typed(extra)]
    rows = (cell_of(record, record.form.extras[number].pointer or "") for number in numbers)
    named = (
        f"{row}/+{record.form.extras[number].label}" if row else f"extras/{record.form.extras[number].label}"
        for row, number in zip(rows, numbers, strict=True)
    )
    return dict(zip(_numbered(named), numbers, strict=True))


def is_typed(extra: Extra) -> bool:
    """Whether an extra is what somebody typed into a cell that takes a number, and is none."""
    pointer = extra.pointer or ""
    return extra.label == UNPLACED and pointer.count("/") > 1 and _takes_number(pointer)


def _takes_number(pointer: str) -> bool:
    steps = pointer.split("/")[1:]
    if steps[0] == "indicators":
        return steps[-1] in ("weight", "score")
    return steps[0] in ("execution", "total", "declared_weights") or (steps[0] == "funds" and steps[-1] in AMOUNTS)


def _numbered(names: Iterator[str] | Any) -> Iterator[str]:
    """Names, those that come again with their number."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"


def cell_of(record: Record, pointer: str) -> str:
    """The cell, row or part at a JSON pointer of the form: "/indicators/0/actual" is `k1/actual`, "" the whole form."""
    steps = pointer.split("/")[1:]
    if steps[:1] == ["indicators"] and len(steps) > 1 and steps[1].isdecimal() and int(steps[1]) < len(record.keys):
        return "/".join((record.keys[int(steps[1])], *steps[2:]))
    if steps[:1] == ["extras"] and len(steps) > 1:
        return next((name for name, number in extra_names(record).items() if str(number) == steps[1]), "extras")
    if steps[:1] == ["declared_weights"]:
        return "/".join(("declared", *steps[1:]))
    if steps[:2] == ["funds", "more"] and len(steps) > len(("funds", "more")):
        names = list(_numbered(row.label for row in record.form.funds.more))
        return "/".join(("funds", "more", names[int(steps[2])], *steps[3:])) if int(steps[2]) < len(names) else "funds"
    return "/".join(steps)


def pointer_of(record: Record, cell: str) -> str:
    """The JSON pointer of a cell, row or part by its name; that of its row where the cell is not there yet."""
    head, _, rest = cell.partition("/")
    if rest in PARTS:
        cell = f"{head}/target"
    if KEY.fullmatch(cell):
        return f"/indicators/{_row(record, cell)}"
    if cell == "" or cell in ("funds", "execution", "goal", "total", "indicators", *(f"funds/{r}" for r in FUND_ROWS)):
        return f"/{cell}" if cell else ""
    found = spot(record, cell)
    return found.pointer if found else ""


def texts(record: Record) -> dict[str, str]:
    """Every cell of a form with its text, empty ones too; in the order of the form."""
    form, typed = record.form, typed_texts(record.form)
    found = {cell: _at(form, Spot(tuple(cell.split("/")), kind), typed) for cell, kind in _FIXED.items()}
    for number, name in enumerate(_numbered(row.label for row in form.funds.more)):
        for amount in AMOUNTS:
            place = Spot(("funds", "more", number, amount), "number")
            found[f"funds/more/{name}/{amount}"] = _at(form, place, typed)
    for number, key in enumerate(record.keys):
        row = form.indicators[number]
        for name in ROW_FIELDS:
            pointer = f"/indicators/{number}/{name}"
            found[f"{key}/{name}"] = typed.get(pointer) or shown(getattr(row, name))
    for heading in _declared(form, typed):
        found[f"declared/{heading}"] = _at(form, Spot(("declared_weights", heading), "number"), typed)
    return found | {name: form.extras[number].text for name, number in extra_names(record).items()}


def _declared(form: Form, typed: Mapping[str, str]) -> list[str]:
    start = "/declared_weights/"
    more = [pointer.removeprefix(start) for pointer in typed if pointer.startswith(start)]
    return list(dict.fromkeys((*form.declared_weights, *more)))


def text_of(record: Record, cell: str) -> str:
    """The text of one cell; empty for a labelled cell that is not there yet.

    Raises:
        UnknownCell: there is no such cell.
    """
    head, _, rest = cell.partition("/")
    if rest in PARTS:
        from jixiao.writing.official.values import split_target

        return split_target(record.form.indicators[_row(record, head)].target)[PARTS.index(rest)]
    place = spot(record, cell)
    return _at(record.form, place, typed_texts(record.form)) if place else ""


def typed_texts(form: Form) -> dict[str, str]:
    """What was typed where a number belongs and is none, by the pointer of the field."""
    return {extra.pointer or "": extra.text for extra in form.extras if is_typed(extra)}


def _at(form: Form, place: Spot, typed: Mapping[str, str]) -> str:
    value: Any = form
    for step in place.path:
        if isinstance(value, dict):
            value = value.get(step)
        else:
            value = value[step] if isinstance(step, int) else getattr(value, step)
    return (typed.get(place.pointer) or "") if value is None else shown(value)


def put(form: Form, path: Path, value: Any) -> Form:
    """The form with one field set; a declared weight of `None` goes."""
    changed: Form = _put(form, path, value)
    return changed


def _put(held: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(held, dict):
        return {name: item for name, item in (held | {step: value}).items() if item is not None}
    if isinstance(step, int):
        return (*held[:step], _put(held[step], rest, value), *held[step + 1 :])
    return replace(held, **{step: _put(getattr(held, step), rest, value)})


def empty_row() -> Indicator:
    """A row in which nothing was typed yet."""
    return Indicator()


def empty_fund_row(label: str) -> LabelledFundRow:
    """A further row of funds."""
    return LabelledFundRow(label)
