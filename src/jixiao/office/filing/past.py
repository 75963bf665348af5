"""The past of a form: every change with who and when; an earlier value put back as a new change; versions compared."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from jixiao.office.filing.cells import KEY, Record, UnknownCell, pointer_of
from jixiao.office.filing.changing import ROWS, changed, difference, replayed
from jixiao.office.filing.judging import form_of, record_of
from jixiao.office.filing.merging import Asked, Merged
from jixiao.office.filing.models import Filing, Save, Version
from jixiao.office.filing.saving import Refused, Saved, changes_of, editable, in_turn, write
from jixiao.office.look.words import say, told
from jixiao.review.naming import field_name

ON_A_PAGE = 30


class Past(Struct, frozen=True):
    """One change of a cell: its name in words, was, now; whether the cell is still there."""

    cell: str
    name: str
    was: str
    now: str


def told_changes(held: Record, changes: Sequence[tuple[str, str, str]]) -> list[Past]:
    """Changes of a save in words; rows that are gone by what they were called in it."""
    gone = {cell.partition("/")[0]: was or now for cell, was, now in changes if cell.endswith("/name")}
    return [
        _rows_told(held, was, now, gone) if cell == ROWS else Past(cell, _name(held, cell, gone), was, now)
        for cell, was, now in changes
    ]


def _rows_told(held: Record, was: str, now: str, gone: dict[str, str]) -> Past:
    """Rows that went on the one side, those that came on the other; none on both where they were moved."""
    rows = {key: row.name for key, row in zip(held.keys, held.form.indicators, strict=True)} | gone
    before, after = was.split(), now.split()
    went = "、".join(rows.get(key) or key for key in before if key not in after)
    came = "、".join(rows.get(key) or key for key in after if key not in before)
    return Past(
        ROWS,
        _name(held, ROWS, gone),
        say(f"删去：{went}", f"removed: {went}") if went else "",
        say(f"新增：{came}", f"added: {came}") if came else "" if went else say("顺序变动", "moved"),
    )


def _name(held: Record, cell: str, gone: dict[str, str]) -> str:
    if cell == ROWS:
        return say("指标行的增删和顺序", "Rows added, removed or moved")
    row, _, rest = cell.partition("/")
    if KEY.fullmatch(row) and row not in held.keys:
        what = gone.get(row) or row
        return say(f"已删去的指标「{what}」 · {_column(rest)}", f"removed indicator “{what}” · {_column(rest)}")
    try:
        pointer = pointer_of(held, cell)
    except UnknownCell:
        return cell
    return told(field_name(held.form, pointer)) if pointer else cell.rpartition("/")[2].lstrip("+")


def _column(name: str) -> str:
    from jixiao.review.naming import INDICATOR_COLUMNS

    return told(INDICATOR_COLUMNS[name]) if name in INDICATOR_COLUMNS else name


def cell_past(filing: Filing, cell: str) -> Iterator[tuple[Save, str, str]]:
    """The saves that changed a cell, the newest first, with what it was and became; refused ones, too."""
    saves = Save.objects.filter(filing=filing, changes__contains=f'"{cell}').select_related("by").order_by("-pk")
    for save in saves:
        for name, was, now in changes_of(save.changes):
            if name == cell or name.startswith(f"{cell}."):
                yield save, was, now


def at_version(filing: Filing, number: int) -> Record:
    """The form as it was at a version: the present one with the later saves taken back.

    Raises:
        UnknownCell: the history does not fit the form: a fault of the program.
    """
    held = record_of(filing)
    later = Save.objects.filter(filing=filing, refused=False, number__gt=number).order_by("-number")
    for text in later.values_list("changes", flat=True):
        held = replayed(held, [(cell, now, was) for cell, was, now in changes_of(text)])
    return held


def put_back(user: Any, number: int, save: int, cell: str) -> Saved:
    """Make what a save took away the value of a cell again, as a new change; of a removed row, the whole row.

    Raises:
        Http404: there is no such filing for this person.
        Refused: the person may not now, or the save did not change that cell.
    """
    return in_turn(user, number, lambda: _put_back(user, editable(user, number), save, cell))


def _put_back(user: Any, filing: Filing, save: int, cell: str) -> Saved | None:
    found = Save.objects.filter(pk=save, filing=filing).first()
    wanted = {name: (was, now) for name, was, now in changes_of(found.changes)} if found else {}
    if found is None or cell not in wanted or cell == ROWS:
        raise Refused(404, "change", say("历史里没有这一改动。", "The history has no such change."))
    texts = {name: pair[1 if found.refused else 0] for name, pair in wanted.items()}
    held, row = record_of(filing), cell.partition("/")[0]
    is_gone = bool(KEY.fullmatch(row)) and row not in held.keys
    given = (
        {name: text for name, text in texts.items() if name.startswith(f"{row}/")} if is_gone else {cell: texts[cell]}
    )
    if is_gone and int(row[1:]) > filing.last_key:
        raise Refused(404, "row", say("这一行从未保存过。", "That row was never saved."))
    after = changed(held, given, (*held.keys, row) if is_gone else None)
    merged = Merged(after, tuple(difference(held, after)), {}, filing.last_key)
    if not merged.changes:
        raise Refused(422, "same", say("这一格现在就是这个值。", "The cell holds that value already."))
    return write(user, filing, merged, Asked(filing.version), "restored")


def compared(before: Record, after: Record) -> list[Past]:
    """Two versions of a form, cell by cell where they differ."""
    changes = tuple(difference(before, after))
    return told_changes(after, changes)


def record_of_version(version: Version) -> Record:
    """The form of a frozen version with the keys of its rows."""
    return Record(form_of(version.form), tuple(version.keys.split()))
