"""Rows of an imported form and rows of the filing: the same indicator keeps its key, and with it its history."""

from collections.abc import Sequence

from jixiao.form import Form, Indicator
from jixiao.office.filing.cells import Record
from jixiao.review.wording import bare


def keyed(form: Form, held: Record, last_key: int) -> tuple[Record, dict[str, str], int]:
    """The imported form with keys: those of the filing for the indicators it has by name, new ones for the others.

    Args:
        form: the imported form.
        held: the filing's form and keys.
        last_key: the highest number a key has had.

    Returns:
        The record; the new keys (each by itself); the highest number now.
    """
    free = list(zip(held.keys, held.form.indicators, strict=True))
    keys = [_taken(row, free, exact=True) for row in form.indicators]
    keys = [key or _taken(row, free, exact=False) for key, row in zip(keys, form.indicators, strict=True)]
    made: dict[str, str] = {}
    for number, key in enumerate(keys):
        if not key:
            last_key += 1
            keys[number] = f"k{last_key}"
            made[keys[number]] = keys[number]
    return Record(form, tuple(keys)), made, last_key


def _taken(row: Indicator, free: list[tuple[str, Indicator]], *, exact: bool) -> str:
    """The key of the first free row that is the same indicator, which is then free no more; empty for none."""
    for index, (key, other) in enumerate(free):
        if _name(row, exact=exact) == _name(other, exact=exact):
            del free[index]
            return key
    return ""


def _name(row: Indicator, *, exact: bool) -> Sequence[str]:
    return (bare(row.name), row.level2, row.level1) if exact else (bare(row.name),)
