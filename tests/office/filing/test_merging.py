"""Two saves from one version: every pair of what each may do to cells and rows, merged or shown as a conflict."""

import pytest

from jixiao.office.filing.cells import Record, text_of
from jixiao.office.filing.merging import Asked, Change, Clash, Earlier, Merged, merge, merged_rows
from office.making import seed_forms

KEYS = tuple(f"k{number}" for number in range(1, 11))
BASE = Record(seed_forms()[0], KEYS)
LESS = KEYS[:9]
SAVES = {
    "score 8": ({"k10/score": "8"}, None),
    "score 9": ({"k10/score": "9"}, None),
    "other cell": ({"k1/score": "7"}, None),
    "row removed": ({}, LESS),
    "row added": ({"n1/name": "甲"}, (*KEYS, "n1")),
    "rows moved": ({}, (KEYS[1], KEYS[0], *KEYS[2:])),
    "nothing": ({}, None),
}
CONFLICTS = {
    ("score 8", "score 9"), ("score 9", "score 8"), ("score 8", "row removed"), ("score 9", "row removed"),
    ("row removed", "score 8"), ("row removed", "score 9"),
}  # fmt: skip


def saved(record: Record, name: str, earlier: tuple[Earlier, ...] = (), last_key: int = 10) -> Merged:
    """One of the saves, made from the base."""
    cells, rows = SAVES[name]
    changes = tuple(Change(cell, text_of(BASE, cell) if cell[0] == "k" else "", now) for cell, now in cells.items())
    return merge(record, Asked(1, changes, rows), earlier, last_key)


@pytest.mark.parametrize("first", SAVES)
@pytest.mark.parametrize("second", SAVES)
def test_two_saves_from_one_version(first: str, second: str) -> None:
    """What both may have stands together, in either order the same cells; what both cannot have is shown."""
    one = saved(BASE, first)
    earlier = (Earlier(2, "甲", "2024-01-01 08:00", one.changes),) if one.changes else ()
    if (first, second) in CONFLICTS:
        with pytest.raises(Clash) as clash:
            saved(one.record, second, earlier, one.last_key)
        assert {conflict.by for conflict in clash.value.conflicts} == {"甲"}
        return
    both = saved(one.record, second, earlier, one.last_key)
    for cells, _ in (SAVES[first], SAVES[second]):
        for cell, now in cells.items():
            if cell[0] == "k":
                assert text_of(both.record, cell) == now
    added = [key for key in both.record.keys if key not in KEYS]
    assert len(added) == [first, second].count("row added")
    assert ("k10" in both.record.keys) is ("row removed" not in (first, second))


def test_a_save_from_the_present_version_may_change_anything() -> None:
    """Without others there is no conflict, whatever the page believed the cell held."""
    done = merge(BASE, Asked(1, (Change("k1/score", "never", "3"),)), (), 10)
    assert done.changes == (("k1/score", "10.00", "3"),)


@pytest.mark.parametrize(
    ("theirs", "mine", "merged"),
    [
        ("abc", "acb", "acb"), ("bac", "abc", "bac"), ("abcx", "abcy", "abcyx"), ("ab", "abcy", "aby"),
        ("axbc", "cab", "caxb"), ("", "abc", ""), ("abc", "", ""),
    ],
)  # fmt: skip
def test_orders_of_rows_merge(theirs: str, mine: str, merged: str) -> None:
    """What either added stays, what either removed goes; whoever moved rows decides the order."""
    assert "".join(merged_rows("abc", theirs, mine)) == merged
