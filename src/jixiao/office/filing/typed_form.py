"""A page posted without a script: all its texts at once; what the person changed is what differs from its base."""

from collections.abc import Iterable, Mapping
from typing import Final

from jixiao.office.filing.cells import KEY, PARTS, UnknownCell, spot, text_of
from jixiao.office.filing.changing import ROWS
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Filing, Save
from jixiao.office.filing.saving import changes_of

_OTHERS: Final = frozenset({"csrfmiddlewaretoken", "base", "row", "row_act", "act"})
_LEVELS: Final = ("level1", "level2")


def asked_by_form(filing: Filing, posted: Mapping[str, str]) -> Asked:
    """The save that a posted page asks for: cells that differ from the version it showed, and one act on the rows."""
    base = int(posted["base"]) if posted.get("base", "").isdecimal() else filing.version
    held = record_of(filing)
    earlier = _at_base(filing, base)
    given = {name: text.replace("\r\n", "\n") for name, text in posted.items() if name not in _OTHERS}
    keys = earlier.get(ROWS, " ".join(held.keys)).split()
    changes = []
    for cell, now in _levels_together(given, keys).items():
        was = earlier.get(cell)
        if was is None and _is_cell(filing, cell):
            was = text_of(held, cell)
        if was is not None and now.strip() != was.strip():
            changes.append(Change(cell, was, now))
    return Asked(base, tuple(changes), _rows(keys, posted.get("row", ""), posted.get("row_act", "")))


def _is_cell(filing: Filing, cell: str) -> bool:
    held = record_of(filing)
    if cell.partition("/")[2] in PARTS:
        return cell.partition("/")[0] in held.keys
    try:
        spot(held, cell)
    except UnknownCell:
        return False
    return True


def _at_base(filing: Filing, base: int) -> dict[str, str]:
    """The texts at the base of the cells that were changed since."""
    found: dict[str, str] = {}
    saves = Save.objects.filter(filing=filing, number__gt=base, refused=False).order_by("number")
    for text in saves.values_list("changes", flat=True):
        for cell, was, _ in changes_of(text):
            found.setdefault(cell, was)
    return found


def _levels_together(given: Mapping[str, str], keys: Iterable[str]) -> dict[str, str]:
    """Headings of rows that the page showed as one: what was typed in the first goes for those under it."""
    return dict(given) | dict(_carried(given, list(keys)))


def _carried(given: Mapping[str, str], keys: list[str]) -> Iterable[tuple[str, str]]:
    for level in _LEVELS:
        for key in keys:
            head = given.get(f"head:{key}/{level}", "")
            if head and KEY.fullmatch(key):
                yield f"{key}/{level}", given.get(head, given.get(f"{key}/{level}", ""))


def _rows(keys: list[str], row: str, act: str) -> tuple[str, ...] | None:
    """The rows after one act: a row added below, moved, or removed; `None` for no act."""
    if act == "add":
        at = keys.index(row) + 1 if row in keys else len(keys)
        return (*keys[:at], "n1", *keys[at:])
    if row not in keys or act not in ("up", "down", "remove"):
        return None
    at, left = keys.index(row), [key for key in keys if key != row]
    if act == "remove":
        return tuple(left)
    left.insert(max(0, at - 1) if act == "up" else at + 1, row)
    return tuple(left)
