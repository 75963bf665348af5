"""Periodic tasks: when they come due, and that each time comes once."""

from datetime import UTC, datetime, time, timedelta
from threading import Event, Thread

import pytest
from django.utils import timezone

from jixiao.office.jobs import Daily
from jixiao.office.jobs.models import Job, Schedule
from jixiao.office.jobs.registry import TASKS, Task
from jixiao.office.jobs.run import Run
from jixiao.office.jobs.schedule import enqueue_periodic, slot_of
from jixiao.office.jobs.wake import WAKE
from jixiao.office.jobs.worker import Pace, run_worker, work_off

MORNING = Daily(time(8, 30))


def nothing(run: Run) -> None:
    """A task that does nothing."""


@pytest.fixture
def only_mornings(monkeypatch: pytest.MonkeyPatch) -> None:
    """One task is known, every morning."""
    monkeypatch.setattr(
        "jixiao.office.jobs.schedule.TASKS", {"test.morning": Task("test.morning", nothing, every=MORNING)}
    )


def test_a_daily_slot_begins_at_its_time_where_the_office_is() -> None:
    """08:30 of the office's own day is the border, whatever day it is in Greenwich."""
    border = timezone.make_aware(datetime(2025, 3, 1, 8, 30))  # noqa: DTZ001 -- made aware right here
    before = slot_of(MORNING, border - timedelta(microseconds=1))
    assert slot_of(MORNING, border) == before + 1
    assert slot_of(MORNING, border + timedelta(hours=23, minutes=59)) == before + 1
    assert slot_of(MORNING, border.astimezone(UTC)) == before + 1


def test_slots_of_a_stretch_of_time_follow_each_other() -> None:
    """Every ten minutes there is another slot."""
    now = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
    slots = [slot_of(timedelta(minutes=10), now + timedelta(minutes=minutes)) for minutes in (0, 9, 10, 20)]
    assert [slot - slots[0] for slot in slots] == [0, 0, 1, 2]


@pytest.mark.django_db
@pytest.mark.usefixtures("only_mornings")
def test_each_morning_comes_once_even_late() -> None:
    """The first look puts the latest slot into the queue, the next ones nothing until the next morning."""
    noon = timezone.make_aware(datetime(2025, 3, 1, 12, 0))  # noqa: DTZ001 -- made aware right here
    counts = [enqueue_periodic(noon + timedelta(hours=hours)) for hours in (0, 1, 20, 21, 22, 23)]
    assert counts == [1, 0, 0, 1, 0, 0]
    assert Job.objects.filter(kind="test.morning").count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("only_mornings")
def test_of_two_workers_that_see_a_slot_one_takes_it() -> None:
    """A slot that another worker took meanwhile, or a later one, is left alone."""
    noon = timezone.make_aware(datetime(2025, 3, 1, 12, 0))  # noqa: DTZ001 -- made aware right here
    Schedule.objects.create(kind="test.morning", slot=slot_of(MORNING, noon) + 1)
    assert enqueue_periodic(noon) == 0


@pytest.mark.django_db
def test_jobs_that_ended_a_month_ago_are_forgotten() -> None:
    """Old jobs are deleted by the queue's own periodic task; younger and waiting ones stay."""
    now = timezone.now()
    old, young = (
        Job.objects.create(kind="test.old", state="done", over_at=now - timedelta(days=days)) for days in (31, 29)
    )
    waiting = Job.objects.create(kind="test.later", due_at=now + timedelta(days=1))
    TASKS["jobs.forget"].enqueue()
    work_off()
    assert set(Job.objects.exclude(kind="jobs.forget")) == {young, waiting}
    assert not Job.objects.filter(pk=old.pk).exists()


def test_a_worker_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks again, and ends when it is told to."""
    from django.db import OperationalError

    stop, looks = Event(), []

    def away(*_: object) -> bool:
        looks.append(1)
        if len(looks) == 2:
            stop.set()
        WAKE.set()
        raise OperationalError("gone")

    monkeypatch.setattr("jixiao.office.jobs.worker.work_one", away)
    monkeypatch.setattr("jixiao.office.jobs.worker._periodic", lambda looked: looked)
    thread = Thread(target=run_worker, args=(stop, Pace(look=0)))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert len(looks) == 2
