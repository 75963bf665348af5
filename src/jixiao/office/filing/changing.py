"""Changes of cells put into a form: pure, so that the same changes in the same order always make the same form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from jixiao.form import Extra, Form
from jixiao.office.filing import typed
from jixiao.office.filing.cells import (
    KEY,
    PARTS,
    UNPLACED,
    Kind,
    Path,
    Record,
    Spot,
    empty_fund_row,
    empty_row,
    is_typed,
    pointer_of,
    put,
    row_of_extra,
    spot,
    text_of,
    texts,
)
from jixiao.scoring.sheet import Text

ROWS: Final = "rows"
"""The name under which a change of the rows themselves stands in the history: their keys, by blanks."""


def changed(record: Record, given: Mapping[str, str], rows: Sequence[str] | None = None) -> Record:
    """The record with the rows as given, then with the texts of some cells.

    Args:
        record: what it is now.
        given: texts by cell; put in by the names of the cells in order, whatever theirs is.
        rows: the keys of all rows in order; `None` leaves them.

    Raises:
        UnknownCell: a cell, or its row, is not there.
    """
    made = record if rows is None else with_rows(record, rows)
    ordered = sorted(given)
    for row in dict.fromkeys(cell.partition("/")[0] for cell in ordered if cell.partition("/")[2] in PARTS):
        made = _parted(made, row, given)
    for cell in ordered:
        text = given[cell]
        if cell.partition("/")[2] not in PARTS:
            made = _set(made, cell, text)
    return made


def with_rows(record: Record, rows: Sequence[str]) -> Record:
    """The record with these rows in this order: known ones move, new ones are empty, others go with their extras."""
    form, old = record.form, {key: number for number, key in enumerate(record.keys)}
    indicators = tuple(form.indicators[old[key]] if key in old else empty_row() for key in rows)
    moved = {old[key]: number for number, key in enumerate(rows) if key in old}
    extras = tuple(extra for extra in (_moved(extra, moved) for extra in form.extras) if extra is not None)
    return Record(replace(form, indicators=indicators, extras=extras), tuple(rows))


def _moved(extra: Extra, moved: Mapping[int, int]) -> Extra | None:
    steps = (extra.pointer or "").split("/")
    if steps[1:2] != ["indicators"] or steps[2:3] == [] or not steps[2].isdecimal():
        return extra
    at = moved.get(int(steps[2]))
    return None if at is None else replace(extra, pointer="/".join(("", "indicators", str(at), *steps[3:])))


def _parted(record: Record, row: str, given: Mapping[str, str]) -> Record:
    if all(given.get(f"{row}/{part}") in (None, text_of(record, f"{row}/{part}")) for part in PARTS):
        return record
    sign, value, unit = (given.get(f"{row}/{part}", text_of(record, f"{row}/{part}")) for part in PARTS)
    made = typed.parted_target(sign, value, unit, record.form.fiscal_year)
    return Record(put(record.form, ("indicators", record.keys.index(row), "target"), made), record.keys)


def _set(record: Record, cell: str, text: str) -> Record:
    place = spot(record, cell)
    if place is None:
        return _new(record, cell, text)
    if text == _kept_text(record, cell, place):
        return record
    form = _without_typed(record.form, place.pointer)
    if place.kind in ("number", "rate"):
        return Record(_number(form, place, text), record.keys)
    if place.kind in ("level1", "level2"):
        return _level(Record(form, record.keys), place.path, place.kind, text)
    return Record(put(form, place.path, _value(form, place.kind, text)), record.keys)


def _kept_text(record: Record, cell: str, place: Spot) -> str:
    if place.kind == "target":
        return typed.target_text(record.form.indicators[int(place.path[1])].target, record.form.fiscal_year)
    return text_of(record, cell)


def _value(form: Form, kind: Kind, text: str) -> Any:
    if kind == "target":
        return typed.target(text, form.fiscal_year)
    if kind == "actual":
        return typed.actual(text)
    return typed.words(text) or (None if kind == "optional" else "")


def _number(form: Form, place: Spot, text: str) -> Form:
    read = typed.rate(text) if place.kind == "rate" else typed.number(text)
    made, left = put(form, place.path, read), typed.words(text)
    if read is not None or not left:
        return made
    return replace(made, extras=(*made.extras, Extra(UNPLACED, left, place.pointer)))


def _level(record: Record, path: Path, kind: Kind, text: str) -> Record:
    heading, points = typed.level(text, 1 if kind == "level1" else 2)
    made = Record(put(record.form, path, heading), record.keys)
    return made if points is None or not heading else _set(made, f"declared/{heading}", typed.shown(points))


def _without_typed(form: Form, pointer: str) -> Form:
    left = tuple(extra for extra in form.extras if extra.pointer != pointer or not is_typed(extra))
    return form if len(left) == len(form.extras) else replace(form, extras=left)


def _new(record: Record, cell: str, text: str) -> Record:
    """A labelled cell that the form does not have yet; nothing, where nothing was typed."""
    if not typed.words(text):
        return record
    form = record.form
    if cell.startswith("funds/more/") and "/+" not in cell:
        label = _label(cell.removeprefix("funds/more/").rpartition("/")[0])
        made = replace(form, funds=replace(form.funds, more=(*form.funds.more, empty_fund_row(label))))
        return _set(Record(made, record.keys), cell, text)
    row, label = row_of_extra(cell)
    extra = Extra(_label(label), typed.words(text), pointer_of(record, row) if row else None)
    return Record(replace(form, extras=(*form.extras, extra)), record.keys)


def _label(name: str) -> str:
    """The label in a name, without the number that told two of a label apart."""
    label, mark, number = name.rpartition("#")
    return label if mark and number.isdecimal() else name


def difference(before: Record, after: Record) -> Iterator[tuple[str, str, str]]:
    """What it takes to make one form of the other, as (cell, was, now): rows first, then cells."""
    if before.keys != after.keys:
        yield ROWS, " ".join(before.keys), " ".join(after.keys)
    was, now = kept_texts(before), kept_texts(after)
    for cell in dict.fromkeys((*was, *now)):
        if was.get(cell, "") != now.get(cell, ""):
            yield cell, was.get(cell, ""), now.get(cell, "")


def kept_texts(record: Record) -> dict[str, str]:
    """Every cell with the text that makes it again: of a target more than is shown, where its own says less."""
    found, year = texts(record), record.form.fiscal_year
    targets = zip(record.keys, record.form.indicators, strict=True)
    return found | {f"{key}/target": typed.target_text(row.target, year) for key, row in targets}


def replayed(record: Record, changes: Sequence[tuple[str, str, str]]) -> Record:
    """The record after a save of the history.

    Raises:
        UnknownCell: the changes are not of this record.
    """
    rows = next((tuple(now.split()) for cell, _, now in changes if cell == ROWS), None)
    kept = set(record.keys if rows is None else rows)
    given = {cell: now for cell, _, now in changes if cell != ROWS and _stands(cell, kept)}
    return changed(record, given, rows)


def _stands(cell: str, kept: set[str]) -> bool:
    head = cell.partition("/")[0]
    return head in kept or not KEY.fullmatch(head)


def faults(record: Record) -> dict[str, Text]:
    """The cells that hold what is no number, each with the sentence to show there."""
    from jixiao.office.filing.cells import cell_of, typed_texts

    return {
        cell_of(record, pointer): Text(
            zh=f"读到“{text}”，应为数字（如 1234.50），未计入；请改正。",
            en=f"“{text}” was read where a number is expected (like 1234.50); it does not count. Please correct it.",
        )
        for pointer, text in typed_texts(record.form).items()
    }
