"""The row A1 can fail: a wrong verdict, none, one that does not exist, a parent that grows, a verdict too late."""

from drills.rows import a1_hostile
from hostile.families import FAMILIES
from hostile.hostile_files import Hostile
from hostile.hostile_table import EVERY


def test_wrong_verdicts_are_told() -> None:
    """A file without a verdict, with another one, or with a word that is none is a fault."""
    files = {name: Hostile(bytes, frozenset({code})) for name, code in (("a", "read"), ("b", "empty"), ("c", "evil"))}
    assert a1_hostile.wrong(files, {"a": ["read"], "b": ["crashed"]}) == [
        "the verdict evil does not exist", "b: crashed; written: empty", "c: no verdict; written: evil",
    ]  # fmt: skip


def test_costs_are_told() -> None:
    """Growth counts always, time in the long form."""
    told = {"slowest": 31, "grown": 21 * 1024, "grown_by_all": 0}
    assert len(a1_hostile.costs(told, judge_time=True)) == 2
    assert len(a1_hostile.costs(told, judge_time=False)) == 1


def test_enough_files_of_each_kind_are_chosen() -> None:
    """120 are 30 of each kind; 600 are there, each named once."""
    assert len(a1_hostile.chosen(120)) == 120
    assert [sum(name.startswith(f"{kind}: ") for name in a1_hostile.chosen(120)) for kind in a1_hostile._KINDS] == [
        30
    ] * 4
    assert len(a1_hostile.chosen(600)) == 600
    assert not set(EVERY) & set(FAMILIES)
