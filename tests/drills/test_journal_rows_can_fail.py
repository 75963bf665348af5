"""The rows of the journal notice a verifier, a tree or an SM3 that is at fault."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from drills.row import Drill, Outcome, Row
from drills.rows import f1_tampering, f2_verified, f3_two_trees
from jixiao.journal import hashing, removing, tree, walking
from jixiao.journal.hashing import Pair, node


def ran(row: Row, count: int, folder: Path, *, full: bool = False) -> Outcome:
    """The row, with a tiny count."""
    return row.run(Drill(count, 1, folder, full))


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Hashes are begun anew, before and after."""
    hashing._begun.cache_clear()
    yield
    hashing._begun.cache_clear()


@pytest.mark.parametrize(("row", "count"), [(f1_tampering.ROW, 60), (f2_verified.ROW, 3000), (f3_two_trees.ROW, 30)])
def test_the_rows_pass(row: Row, count: int, tmp_path: Path) -> None:
    """With nothing planted there are no faults, and as many trials as asked for."""
    outcome = ran(row, count, tmp_path)
    assert (outcome.count, outcome.faults) == (count, ())


def test_f1_sees_a_verifier_that_compares_no_roots(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A verifier that takes any root for the signed one lets edits pass."""
    monkeypatch.setattr(walking.Walk, "_judge", lambda *_: None)
    faults = ran(f1_tampering.ROW, 60, tmp_path).faults
    assert any("edit" in fault and "not seen" in fault for fault in faults)


def test_f1_sees_a_verifier_that_lets_events_be_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A verifier that believes any line of hashes lets a single event be taken out."""
    monkeypatch.setattr(removing, "judge", lambda *_: iter(()))
    monkeypatch.setattr("jixiao.journal.verifying.removing.judge", lambda *_: iter(()))
    faults = ran(f1_tampering.ROW, 60, tmp_path).faults
    assert any("hide" in fault for fault in faults)


def test_f1_sees_false_alarms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A verifier that finds a removal after 400 days too early is told by the clean logs."""
    monkeypatch.setattr(removing, "RETENTION", timedelta(days=401))
    assert any("false alarm" in fault for fault in ran(f1_tampering.ROW, 60, tmp_path).faults)


def test_f2_sees_a_log_that_is_not_what_was_signed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A line that was written otherwise than it was hashed is a fault of the row."""
    monkeypatch.setattr(f2_verified, "leaf", lambda line: hashing.leaf(line + b" "))
    assert any("expected" in fault for fault in ran(f2_verified.ROW, 200, tmp_path).faults)


def test_f2_judges_time_in_the_long_form_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What takes longer than promised fails the long form, not the run of CI."""
    monkeypatch.setattr(f2_verified, "SECONDS", ((100, 0), (1000, 0)))
    assert any("processor time" in fault for fault in ran(f2_verified.ROW, 1000, tmp_path, full=True).faults)
    (tmp_path / "ci").mkdir()
    assert ran(f2_verified.ROW, 1000, tmp_path / "ci").faults == ()


def test_f3_sees_trees_that_do_not_agree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An SM3 tree whose nodes stand the other way round is not that of its leaves."""

    def half(left: Pair, right: Pair) -> Pair:
        return Pair(node(right, left).sm3, node(left, right).sha256)

    monkeypatch.setattr(tree, "node", half)
    assert any("each hash alone" in fault for fault in ran(f3_two_trees.ROW, 5, tmp_path).faults)


def test_f3_sees_that_a_wrong_sm3_is_not_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the self-test, the row tells that the program went on."""
    monkeypatch.setattr(f3_two_trees, "self_test", lambda: None)
    assert any("went on" in fault for fault in ran(f3_two_trees.ROW, 1, tmp_path).faults)
