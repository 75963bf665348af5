"""The frame of the drills: a row that fails is told, a row that did too little fails, a row that dies fails."""

from dataclasses import replace
from pathlib import Path

import pytest

from drills import ledger, one, running, shelf
from drills.row import Drill, Outcome, Row


def made(outcome: Outcome) -> Row:
    """A row with that outcome."""
    return Row("A1", "试", "trial", 3, 30, "trials", lambda _: outcome)


def test_every_module_holds_its_row() -> None:
    """Each row module is named for the row it holds, and CI's measure is not above the long one."""
    assert [row.id for row in shelf.rows()] == list(shelf.names())
    assert all(0 < row.ci <= row.full for row in shelf.rows())


def test_a_row_that_did_less_than_asked_fails() -> None:
    """Fewer trials than were asked for are a fault by themselves."""
    assert one.judged(Outcome(3), 3).faults == ()
    assert "asked for 3" in one.judged(Outcome(2), 3).faults[0]


def test_a_run_ends_with_its_outcome(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line of a run is its outcome, with what it took."""
    monkeypatch.setattr(shelf, "row", lambda _: made(Outcome(3, ("错",), ("2 MB",))))
    one.main("A1", "3", "1", "ci")
    assert '"faults": ["错"], "told": ["2 MB"], "milliseconds"' in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    "command", ["raise SystemExit(0)", "raise ValueError('x')", "import os; os.kill(os.getpid(), 9)"]
)
def test_a_row_that_dies_fails(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its end: a row without an outcome has failed, and no later row is stopped by it."""
    noted: list[object] = []
    monkeypatch.setattr(ledger, "note", noted.append)
    real = running._done
    monkeypatch.setattr(running, "_done", lambda words, job: real([words[0], "-c", command], job))
    assert running.run_all([running.Asked(made(Outcome(3)), 3, 1, full=False)]) == ["A1"]
    assert len(noted) == 1


def test_the_longest_rows_begin_first_and_faults_are_told_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By what they took when they were kept; after all the rows come their seconds, sorted, and the faults again."""
    begun: list[str] = []

    def ran(job: running._Job) -> running.Line:
        begun.append(job.asked.row.id)
        faults = ["错"] * (job.asked.row.id == "A1")
        took = {"A1": 1000, "A2": 3000, "A3": 2000}[job.asked.row.id]
        return {"row": job.asked.row.id, "database": "", "faults": faults, "milliseconds": took, "processor_ms": took}

    monkeypatch.setattr(running, "_run", ran)
    monkeypatch.setattr(ledger, "processor_seconds", lambda: {("A1", ""): 7, ("A2", ""): 8})
    rows = [replace(made(Outcome(3)), id=name, cores=2) for name in ("A1", "A2", "A3")]
    assert running.run_all([running.Asked(row, 3, 1, full=False) for row in rows]) == ["A1"]
    assert begun == ["A3", "A2", "A1"]  # what was never kept may be long
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told[1:4]] == ["A2", "A3", "A1"]
    assert told[-1] == "FAILED A1: 错"


def test_the_table_shows_the_last_run_and_the_longest(tmp_path: Path) -> None:
    """The page has CI's last run and the longest long one of a row, and the trials of all."""
    run = {
        "row": "A1", "en": "trial", "unit": "trials", "database": "", "seed": 1, "told": [], "faults": [],
        "milliseconds": 1500, "day": "2026-11-26", "commit": "abc", "machine": "m",
    }  # fmt: skip
    runs = [run | {"count": count, "full": full} for count, full in ((3, False), (30, True), (4, False), (20, True))]
    rows = list(ledger.table(runs))[2:]
    assert [row.split(" | ")[3:5] for row in rows] == [["CI", "4 trials"], ["full", "30 trials"]]
    assert all(row.endswith("| 57 |") for row in rows)
    page = tmp_path / "figures.md"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="is missing"):
        ledger.write_figures(page)


def test_runs_of_a_changed_clone_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only runs of a commit as it is go into the kept ledger, each once."""
    monkeypatch.setattr(ledger, "HERE", tmp_path / "out" / "here.jsonl")
    monkeypatch.setattr(ledger, "KEPT", tmp_path / "kept.jsonl")
    for name in ("abc", "abc+"):
        monkeypatch.setattr(ledger, "commit", lambda name=name: name)
        ledger.note({"row": "A1"})
    assert ledger.keep() == ledger.keep() == 1


def test_a_drill_is_given_what_was_asked() -> None:
    """A drill carries count, seed and folder."""
    assert Drill(3, 1, Path()).full is False


def test_two_databases_share_the_measure_of_ci() -> None:
    """Half each in CI, rounded up; the long form is whole on both."""
    row = replace(made(Outcome(3)), postgresql=True, shared=True)
    assert running.count_of(running.Asked(row, 3, 1, full=False)) == 2
    assert running.count_of(running.Asked(row, 30, 1, full=True)) == 30
    assert running.count_of(running.Asked(replace(row, shared=False), 3, 1, full=False)) == 3
