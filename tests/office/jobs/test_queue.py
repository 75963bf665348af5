"""The queue: who may take a job, who may end it, and what is told on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.office.jobs import queue, task
from jixiao.office.jobs.models import Job
from jixiao.office.jobs.queue import Claim, Lost
from jixiao.office.jobs.registry import TASKS
from jixiao.office.jobs.run import Cancelled, JobFailed, Run
from jixiao.office.jobs.worker import work_off
from jixiao.scoring.sheet import Text

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
LEASE = timedelta(seconds=5)
WHY = Text("坏了。", "Broken.")
CALLS: list[object] = []


@task("test.note")
def note(run: Run, word: str, times: int = 1) -> None:
    """Write a word down."""
    run.progress(1, 2, Text("写", "writing"))
    CALLS.extend([word] * times)


@task("test.hopeless")
def hopeless(run: Run) -> None:
    """Fail for good."""
    raise JobFailed("文件是空的。", "The file is empty.")


@task("test.faulty", attempts=2)
def faulty(run: Run) -> None:
    """Fail by a fault of the program."""
    raise KeyError("x")


@pytest.fixture(autouse=True)
def nothing_called() -> None:
    """Each test begins with nothing called."""
    CALLS.clear()


def waiting(**fields: object) -> Job:
    """A job that is due."""
    return Job.objects.create(kind="test.note", due_at=NOW, **fields)


def taken(worker: str, now: datetime) -> Claim:
    """The job that a worker takes; there is one."""
    held = queue.claim(worker, now, LEASE)
    assert held is not None
    return held


def test_a_job_is_done_with_its_arguments() -> None:
    """Arguments go through the table as JSON, given by place or by name; the job is over afterwards."""
    job = note.enqueue("甲", times=2)
    assert work_off() == 1
    job.refresh_from_db()
    assert CALLS == ["甲", "甲"]
    assert (job.state, job.due_at, job.done, job.total, job.message_en) == ("done", None, 1, 2, "writing")


def test_wrong_arguments_are_refused_where_they_are_given() -> None:
    """A job whose function cannot be called never enters the queue."""
    with pytest.raises(TypeError):
        note.enqueue(wrong="x")  # type: ignore[call-arg]
    assert not Job.objects.exists()


def test_a_job_belongs_to_the_transaction_of_its_caller() -> None:
    """What is rolled back was never asked for."""
    with transaction.atomic():
        note.enqueue("甲")
        transaction.set_rollback(True)
    assert work_off() == 0


def test_the_higher_priority_goes_first_and_a_later_job_waits() -> None:
    """Order is by priority, then by the time since which a job is due; one for tomorrow is left alone."""
    note.enqueue("second")
    note.using(priority=5).enqueue("first")
    note.using(run_after=datetime(9000, 1, 1, tzinfo=UTC)).enqueue("never")
    assert work_off() == 2
    assert CALLS == ["first", "second"]


def test_one_key_is_one_job_until_it_is_over() -> None:
    """While a job of a key waits, asking again gives the same one; afterwards a new one."""
    first = note.using(unique="k").enqueue("甲")
    assert note.using(unique="k").enqueue("乙") == first
    work_off()
    assert note.using(unique="k").enqueue("丙") != first


def test_a_refusal_is_not_tried_again_and_keeps_its_sentence() -> None:
    """A job that says it cannot be done fails at once, with its own words in both languages."""
    job = hopeless.enqueue()
    assert work_off() == 1
    job.refresh_from_db()
    assert (job.state, job.error_zh, job.error_en) == ("failed", "文件是空的。", "The file is empty.")


def test_a_fault_is_tried_again_later_and_then_given_up() -> None:
    """A fault of the program waits two seconds for its next attempt; after the last one the job has failed."""
    job = faulty.enqueue()
    assert work_off() == 1
    job.refresh_from_db()
    assert job.state == "waiting"
    assert "KeyError" in job.error_en
    Job.objects.update(due_at=NOW)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 2)


def test_a_kind_that_nobody_knows_fails_with_a_sentence() -> None:
    """A job left by another version of the program says so."""
    job = Job.objects.create(kind="test.gone", due_at=NOW)
    work_off()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "不认识" in job.error_zh


def test_a_silent_worker_loses_its_job_and_cannot_end_it() -> None:
    """After the lease another takes the job; the first, awake again, can neither renew nor end it, nor write."""
    waiting()
    first = taken("a", NOW)
    assert queue.claim("b", NOW + LEASE - timedelta(milliseconds=1), LEASE) is None
    second = taken("b", NOW + LEASE)
    with pytest.raises(Lost):
        queue.renew(first, NOW + LEASE)
    with pytest.raises(Lost), queue.finishing(first, NOW + LEASE):
        CALLS.append("written by the first")
    with queue.finishing(second, NOW + LEASE):
        CALLS.append("written by the second")
    assert CALLS == ["written by the second"]


def test_what_a_job_writes_at_its_end_is_kept_only_if_it_ends() -> None:
    """What takes back the writes of the last step takes back that the job is done, too."""
    job = waiting()
    held = taken("a", NOW)
    with queue.finishing(held, NOW):
        waiting()
        transaction.set_rollback(True)
    job.refresh_from_db()
    assert job.state == "running"
    assert Job.objects.count() == 1


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    """After its last attempt a job whose workers die one after another has failed, with a sentence."""
    job = waiting(most_attempts=2)
    assert taken("a", NOW)
    assert taken("b", NOW + LEASE)
    assert queue.claim("c", NOW + 2 * LEASE, LEASE) is None
    job.refresh_from_db()
    assert job.state == "failed"
    assert "放弃" in job.error_zh


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step() -> None:
    """Cancelling is heard at the next word of progress; the work stops there and the job is cancelled."""
    waiting_job, running = note.enqueue("甲"), waiting()
    assert queue.cancel(waiting_job.pk)
    held = taken("a", NOW)
    assert queue.cancel(running.pk)
    with pytest.raises(Cancelled):
        Run(held).progress(0, 1)
    queue.stopped(held, NOW)
    assert set(Job.objects.values_list("state", flat=True)) == {"cancelled"}
    assert not queue.cancel(running.pk)


def test_a_cancelled_job_whose_worker_died_is_not_run_again() -> None:
    """Nobody is left to hear the cancelling, so the next worker ends the job."""
    job = waiting()
    taken("a", NOW)
    queue.cancel(job.pk)
    assert queue.claim("b", NOW + LEASE, LEASE) is None
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_worker_that_is_told_to_stop_gives_its_job_back() -> None:
    """The job waits again at once, and the attempt is not held against it."""
    job = waiting(most_attempts=1)
    queue.put_back(taken("a", NOW), NOW)
    job.refresh_from_db()
    assert (job.state, job.due_at) == ("waiting", NOW)
    assert taken("b", NOW)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["claim", "renew", "finish", "fail", "stop", "cancel", "wait", "blink"]), st.integers(0, 2)
    ),
    max_size=30,
)


@settings(max_examples=60)
@given(ACTS)
def test_whatever_happens_a_job_ends_once_and_two_never_hold_it(acts: list[tuple[str, int]]) -> None:
    """Workers that claim, sleep, wake and end in any order: one end at most, and only by who holds it at that time."""
    Job.objects.all().delete()
    waiting(most_attempts=100)
    now, held, ends = NOW, dict[int, Claim](), 0
    free_from = NOW
    for act, who in acts:
        now += {"wait": LEASE, "blink": timedelta(milliseconds=900)}.get(act, timedelta(0))
        mine = held.get(who)
        if act == "claim":
            won = queue.claim(f"w{who}", now, LEASE)
            if won is not None:
                assert now >= free_from, "taken while another held it"
                held[who], free_from = won, now + LEASE
        elif act == "cancel":
            queue.cancel(Job.objects.get().pk, now)
        elif mine is not None:
            ends += act == "finish" and ended(mine, now)
            if act == "renew" and renewed(mine, now):
                free_from = now + LEASE
            if act in ("fail", "stop"):
                latest = Job.objects.get()
                was_mine = (latest.worker, latest.attempts, latest.state) == (mine.worker, mine.attempt, "running")
                _give(act, mine, now)
                free_from = min(free_from, now) if was_mine else free_from
    job = Job.objects.get()
    assert ends <= 1
    assert (job.state == "done") == (ends == 1)
    assert (job.due_at is None) == job.is_over


def ended(held: Claim, now: datetime) -> bool:
    """Whether a holder could end its job."""
    try:
        with queue.finishing(held, now):
            return True
    except Lost:
        return False


def renewed(held: Claim, now: datetime) -> bool:
    """Whether a holder could renew its lease."""
    try:
        queue.renew(held, now, LEASE)
    except Lost:
        return False
    return True


def _give(act: str, held: Claim, now: datetime) -> None:
    if act == "fail":
        queue.fail(held, now, WHY, again=True)
    else:
        queue.put_back(held, now)


def test_two_tasks_cannot_have_one_name() -> None:
    """A second task of the same kind would take the first one's jobs."""
    with pytest.raises(ValueError, match=r"test\.note"):
        task("test.note")(hopeless.call)
    assert TASKS["test.note"] is note
