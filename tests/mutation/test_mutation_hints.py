"""The record is a hint of whom to ask: it decides nothing by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mutation import judging, plan, record
from mutation.__main__ import every_site, sample
from mutation.judging import Judge
from mutation.record import Note
from mutation.running import HOUSE, Bench, Ran
from mutation.site import Site

SITES = list(every_site())
ONE, OTHER = sample(SITES, 2, 9)
GOOD, BROKEN, SLEEPY = "tests/a.py::test_good", "tests/a.py::test_broken", "tests/b.py::test_sleepy"


class Copy(Bench):
    """A copy of the house that is none: which test notices what is a table."""

    def __init__(self) -> None:
        """Begin."""
        self.place = HOUSE
        self.asked: list[tuple[Site, plan.Stage]] = []

    def take_compiled(self, other: Bench, part: str = "tests") -> None:
        """There is nothing compiled."""

    def judge(self, site: Site, stage: plan.Stage, limit: int, allowed: int) -> Ran:  # noqa: ARG002 -- as in a real one
        """The good test notices every change; the others none."""
        self.asked.append((site, stage))
        return Ran("killed", GOOD, 0) if GOOD in stage else Ran("survived", "", 0)


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch) -> Copy:
    """The copy, in a house in which one test fails where nothing is changed."""

    def unchanged(_: Path, stage: plan.Stage, *__: int, **___: bool) -> Ran:
        return Ran("killed", BROKEN, 0) if BROKEN in stage else Ran("survived", "", 0)

    monkeypatch.setattr(judging, "run_stage", unchanged)
    return Copy()


def stages(*some: plan.Stage) -> Callable[[str], list[plan.Stage]]:
    """The same stages for every change."""
    return lambda _: list(some)


def test_a_hint_that_fails_where_nothing_is_changed_is_refused(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that always fails would notice everything: the change goes the long way, and survives there."""
    monkeypatch.setattr(plan, "stages", stages(("tests/b.py",)))
    judge = Judge([copy])
    verdicts = dict(judge.judged([ONE, OTHER], {ONE: Note(by=BROKEN), OTHER: Note(by=GOOD)}))
    assert judge.refused == [BROKEN]
    assert (verdicts[ONE].verdict, verdicts[OTHER].verdict, judge.by_hint) == ("survived", "killed", 1)
    assert (ONE, (BROKEN,)) not in copy.asked


def test_a_hint_that_does_not_notice_decides_nothing(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change is asked of its stages: where none notices it, it has survived, whatever the record says."""
    monkeypatch.setattr(plan, "stages", stages(("tests/b.py",), (GOOD,)))
    judge = Judge([copy])
    assert [ran.verdict for _, ran in judge.judged([ONE], {ONE: Note(by=SLEEPY)})] == ["killed"]
    assert copy.asked == [(ONE, (SLEEPY,)), (ONE, ("tests/b.py",)), (ONE, (GOOD,))]
    monkeypatch.setattr(plan, "stages", stages(("tests/b.py",)))
    assert [ran.verdict for _, ran in judge.judged([ONE], {ONE: Note(by=SLEEPY)})] == ["survived"]


def test_what_has_no_time_left_is_not_noticed(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """The long way ends; what it did not reach is told as such, and known survivors are not made again."""
    monkeypatch.setattr(plan, "stages", stages(("tests/b.py",), (GOOD,)))
    verdicts = dict(Judge([copy], long_way=0).judged([ONE, OTHER], {OTHER: Note(why="the same digits")}))
    assert {site: ran.verdict for site, ran in verdicts.items()} == {ONE: "no time", OTHER: "survived"}
    assert copy.asked == []


def test_a_change_is_known_wherever_its_line_stands(tmp_path: Path) -> None:
    """The record holds what it is given, and forgets a change whose line has gone; reasons stay with survivors."""
    file = tmp_path / "noticed.jsonl"
    assert record.write(SITES, {ONE: Note(by=GOOD), OTHER: Note()}, file) == 2
    file.write_text(file.read_text(encoding="utf-8").replace('"why":""', '"why":"same"'), encoding="utf-8")
    record.write(SITES, {OTHER: Note()}, file)
    assert record.notes(SITES, file) == {ONE: Note(by=GOOD), OTHER: Note(why="same")}
    assert record.write([site for site in SITES if site.file != ONE.file or site == OTHER], {}, file) == 1
    assert len(dict(record.keys(SITES))) == len(SITES) == len({key for _, key in record.keys(SITES)})


def test_the_recorded_sample_is_that_of_ci() -> None:
    """What was drawn once stays in the sample, and each survivor has its reason."""
    assert [key for key, note in record.read().items() if note.survived and not note.why] == []
    kept = record.notes(SITES).keys()
    assert set(sample(SITES, 300, record.SEED, kept)) >= set(kept)
