"""The rows A2 and A4 can fail: an error of ours, a file not past its container, a limit that is off by one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drills.row import Drill
from drills.rows import a2_mutants, a4_limits
from hostile import limit_cases
from jixiao.reading import errors

FORM = (Path(__file__).parents[1] / "data" / "form1.xlsx").read_bytes()


def test_an_inner_error_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A reader that fails by an error of ours is a fault, and its file is kept."""

    def judged(_: object) -> Iterator[tuple[str, bytes, str]]:
        yield "XLSX", b"PK", "read"
        yield "small PDF", FORM, "truncated_or_damaged"
        while True:
            yield "XLSX", FORM, "crashed: inner error KeyError @ jixiao.reading.x:1"

    monkeypatch.setattr(a2_mutants, "verdicts", judged)
    monkeypatch.setattr(a2_mutants, "KEPT", tmp_path / "kept")
    outcome = a2_mutants.run(Drill(3, 1, tmp_path))
    assert outcome.count == len(outcome.faults) == 3
    assert (tmp_path / "kept" / "0").read_bytes() == FORM
    assert outcome.told == ("XLSX 3: crashed 3",)


def test_a_few_changed_files_pass(tmp_path: Path) -> None:
    """A slice of the row itself: a turn of every kind."""
    outcome = a2_mutants.run(Drill(20, 7, tmp_path))
    assert (outcome.count, outcome.faults) == (20, ())


def test_a_limit_off_by_one_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file within that is refused, one beyond that is not, and a sentence without the number are faults."""

    def refuse() -> None:
        raise errors.too_large("f", "有 3 页", "3 pages", "2 页", "2 pages")

    def case(within: object, beyond: object, said: str) -> limit_cases.Case:
        return limit_cases.Case("pages", said, within, beyond, said, "too_large")  # type: ignore[arg-type]  # both kinds of act

    made = [
        case(dict, refuse, "2 pages"),
        case(refuse, refuse, "2 pages"),
        case(dict, dict, "2"),
        case(dict, refuse, "9"),
    ]
    monkeypatch.setattr(limit_cases, "cases", lambda *_, **__: made)
    outcome = a4_limits.run(Drill(8, 1, tmp_path))
    assert (outcome.count, len(outcome.faults)) == (8, 3)
