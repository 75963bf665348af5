"""A full disk, a failing one, a database that is away: told in words of both languages, in the shape asked for."""

import errno
import json
import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client

from jixiao.office.jobs.models import Job
from jixiao.office.jobs.registry import TASKS, Task
from jixiao.office.jobs.worker import Pace, work_off
from jixiao.office.trouble import trouble_of
from office.making import Office, make_filing


def of_sqlite(code: int) -> OperationalError:
    """The error as Django raises it from SQLite's."""
    inner = sqlite3.OperationalError("words of its own")
    inner.sqlite_errorcode = code
    made = OperationalError("words of its own")
    made.__cause__ = inner
    return made


def of_postgresql(kind: type[psycopg.Error]) -> OperationalError:
    """The error as Django raises it from PostgreSQL's."""
    made = OperationalError("words of its own")
    made.__cause__ = kind("words of its own")
    return made


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (OSError(errno.ENOSPC, "x"), 507, "disk-full"),
        (OSError(errno.EDQUOT, "x"), 507, "disk-full"),
        (OSError(errno.EROFS, "x"), 503, "disk"),
        (of_sqlite(sqlite3.SQLITE_FULL), 507, "disk-full"),
        (of_sqlite(sqlite3.SQLITE_IOERR_FSYNC), 503, "disk"),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), 503, "disk"),
        (of_sqlite(sqlite3.SQLITE_BUSY), 503, "busy"),
        (of_postgresql(psycopg.errors.DiskFull), 507, "disk-full"),
        (of_postgresql(psycopg.errors.ReadOnlySqlTransaction), 503, "disk"),
        (of_postgresql(psycopg.OperationalError), 503, "database"),
        (InterfaceError("connection already closed"), 503, "database"),
    ],
)
def test_what_failed_is_known(error: Exception, status: int, code: str) -> None:
    """The system's, SQLite's and PostgreSQL's own numbers say what it was; none of their words is shown."""
    found = trouble_of(error)
    assert found is not None
    assert (found.status, found.code) == (status, code)
    assert "words of its own" not in found.words.zh + found.words.en


@pytest.mark.parametrize("error", [ValueError("x"), IntegrityError("x"), FileNotFoundError(errno.ENOENT, "x"), None])
def test_what_is_no_trouble_of_disk_or_database(error: Exception | None) -> None:
    """A fault of the program stays one."""
    assert trouble_of(error) is None


def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saves meet a full disk."""

    def full(*_: Any, **__: Any) -> None:
        raise of_sqlite(sqlite3.SQLITE_FULL)

    monkeypatch.setattr("jixiao.office.filing.saving.write", full)


def test_a_save_at_a_full_disk(
    office: Office, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script gets 507 with a code and a sentence; it keeps what was typed and tries again."""
    filing, client = make_filing(office), signed_in("clerk")
    client.raise_request_exception = False
    asked = {"base": 1, "changes": [{"cell": "k1/deviation", "was": "", "now": "天气"}]}
    failing(monkeypatch)
    answer = client.post(f"/filings/{filing.pk}/save", json.dumps(asked), content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (507, "disk-full")
    assert "磁盘已满" in answer.json()["words"]


def test_a_page_that_fails(office: Office, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """A person gets a page with the sentence in both languages, and no word of the program's inside."""
    client = signed_in("clerk")
    client.raise_request_exception = False
    for error, status, words in ((of_sqlite(10), 503, "cannot be written"), (ValueError("secret"), 500, "failed")):
        monkeypatch.setattr("jixiao.office.filing.pages.cell.comment", lambda *_, error=error: raised(error))
        answer = client.post(f"/filings/{make_filing(office).pk}/comments", {"words": "x"})
        assert answer.status_code == status
        page = answer.content.decode()
        assert words in page
        assert "管理员" in page
        assert "secret" not in page
        assert answer["Cache-Control"] == "no-store"


def raised(error: Exception) -> None:
    """Raise it."""
    raise error


def test_the_api_tells_it_as_a_problem(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program gets problem details with the status and the code of the trouble."""
    from office.api.test_api_reading import bearer

    failing(monkeypatch)
    client = Client(raise_request_exception=False)
    headers = bearer(office, "clerk") | {"If-Match": '"1"'}
    asked = {"changes": [{"cell": "k1/deviation", "was": "", "now": "天气"}]}
    where = f"/api/v1/forms/{make_filing(office).pk}"
    answer = client.patch(where, json.dumps(asked), content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (507, "application/problem+json")
    assert answer.json()["type"] == "urn:jixiao:problem:disk-full"


@pytest.mark.django_db
def test_a_job_that_met_a_full_disk_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error is the sentence, not the name of an exception; it is tried again later."""
    monkeypatch.setitem(TASKS, "trial.full", Task("trial.full", lambda _: raised(OSError(errno.ENOSPC, "x"))))
    job = TASKS["trial.full"].enqueue()
    work_off(Pace(beat=0))
    held = Job.objects.get(pk=job.pk)
    assert "磁盘已满" in held.error_zh
    assert held.state == Job.State.WAITING


def test_a_session_that_the_disk_would_not_take(rf: Any) -> None:
    """Django calls it a request that was interrupted (400); the person is told of the disk."""
    from django.contrib.sessions.exceptions import SessionInterrupted

    from jixiao.office.look.failing import refused

    try:
        try:
            raise of_sqlite(sqlite3.SQLITE_IOERR_FSYNC)
        except OperationalError:
            raise SessionInterrupted("its own words")  # noqa: B904 -- as Django does
    except SessionInterrupted as error:
        answer = refused(rf.post("/accounts/login/"), error)
        plain = refused(rf.post("/accounts/login/"), SessionInterrupted("its own words"))
    assert (answer.status_code, plain.status_code) == (503, 400)
    assert "磁盘" in answer.content.decode()


@pytest.mark.parametrize("page", ["take", "again"])
def test_a_job_is_put_into_the_queue_with_its_batch_or_not_at_all(
    office: Office, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Where the batch cannot name its job, there is no job that nobody could see or stop."""
    from jixiao.office.intake.views import batches
    from office.intake.lines_of import batch_of

    batch = batch_of(office, [])
    client = signed_in("department")
    client.raise_request_exception = False
    monkeypatch.setattr(batches, "_enqueued", lambda *_: raised(of_sqlite(sqlite3.SQLITE_FULL)))
    assert client.post(f"/intake/{batch.pk}/{page}/").status_code == 507
    assert not Job.objects.exists()
