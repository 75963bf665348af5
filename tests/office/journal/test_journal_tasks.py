"""What the journal does by itself, beside the jobs."""

from datetime import timedelta
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from jixiao.office.jobs.registry import BESIDE, TASKS
from jixiao.office.jobs.run import JobFailed
from jixiao.office.journal import tasks
from jixiao.office.journal.models import Checkpoint, Event, Leaf, SecondPlace
from jixiao.office.journal.second_place import behind, send, state
from jixiao.office.journal.signing import NoKey
from office.journal.test_sequencing import told


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path, db: None) -> None:
    settings.DATA, settings.JOURNAL_KEY = tmp_path, tmp_path / "journal-key"


def _older(made: Checkpoint, by: timedelta) -> None:
    Checkpoint.objects.filter(pk=made.pk).update(at=made.at - by)


def test_a_day_begins_with_its_checkpoint_and_each_minute_with_news_has_one() -> None:
    """None before the first event; one of the day; none within the minute; one when it is over and something is new."""
    tasks.keep_up_once()
    assert not Checkpoint.objects.exists()
    told(2)
    tasks.keep_up_once()
    day = Checkpoint.objects.get()
    assert day.daily
    told(1)
    tasks.keep_up_once()
    assert (Leaf.objects.count(), Checkpoint.objects.count()) == (3, 1)
    _older(day, timedelta(minutes=1))
    tasks.keep_up_once()
    tasks.keep_up_once()
    assert list(Checkpoint.objects.order_by("pk").values_list("size", "daily")) == [(2, True), (3, False)]
    _older(day, timedelta(days=1))
    tasks.keep_up_once()
    assert list(Checkpoint.objects.order_by("pk").values_list("size", "daily"))[2:] == [(3, True)]


def test_a_worker_has_both_beside_it_and_a_fault_ends_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sequencer and second place run beside the jobs; what goes wrong in one look is over in the next."""
    assert {"journal.sequencer", "journal.second_place"} <= set(BESIDE)
    assert "journal.verify" in TASKS
    looks: list[int] = []
    stop = Flag()

    def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise NoKey("钥", "key")
        stop.set()

    monkeypatch.setattr(tasks, "PAUSE", 0)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    tasks._again_and_again(stop, look)
    assert len(looks) == 2


def test_a_place_that_never_answers_is_told_though_it_never_failed() -> None:
    """A checkpoint that has waited for five minutes is behind, whatever the reason; what waits is counted."""
    told(2)
    tasks.keep_up_once()
    assert state().failing is None
    assert behind() == 2
    made = Checkpoint.objects.get()
    _older(made, timedelta(minutes=6))
    late = state()
    assert late.failing is not None
    assert late.failing < timezone.now() - timedelta(minutes=5)
    assert send() == 1
    assert (state().failing, behind(), SecondPlace.objects.get().size) == (None, 0, 2)


def test_the_nightly_look_fails_loudly() -> None:
    """A fault makes the job a failed one, with the first fault in its sentence."""
    told(3)
    tasks.keep_up_once()
    Event.objects.filter(leaf__number=1).update(subject="filing/99")
    run_progress: list[int] = []
    with pytest.raises(JobFailed) as failed:
        tasks.look_at_everything.call(_Quiet(run_progress))  # type: ignore[arg-type]
    assert "第 2 条" in failed.value.why.zh
    assert run_progress == [0]


class _Quiet:
    """A run that nobody watches."""

    def __init__(self, told: list[int]) -> None:
        self._told = told

    def progress(self, done: int, _total: int) -> None:
        """Keep it."""
        self._told.append(done)
