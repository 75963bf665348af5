"""The backup of every day: made, looked through, the oldest taken away; the administrator reads why one failed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jixiao.office.backup import daily
from jixiao.office.backup.checking import check_backup
from jixiao.office.backup.tasks import KIND, back_up
from jixiao.office.filing.files import path_of
from jixiao.office.filing.models import Evidence
from jixiao.office.jobs.models import Job
from jixiao.office.jobs.worker import work_off
from jixiao.office.journal.models import Event
from office.backup.backups_of import prepared, snapshot_of_tests
from office.making import Office, make_filing


@pytest.fixture
def place(office: Office, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of daily backups of an office with a file of evidence."""
    data = prepared(make_filing(office), settings, tmp_path)
    settings.BACKUP_DIR = str(tmp_path / "daily")
    (tmp_path / "daily").mkdir()
    opened: list[Any] = []

    def taken() -> Any:
        entered = snapshot_of_tests(data)
        opened.append(entered)
        return _Kept(entered)

    monkeypatch.setattr("jixiao.office.backup.snapshot.open_snapshot", taken)
    return tmp_path / "daily"


class _Kept:
    """A snapshot of the tests' database that is closed like any other."""

    def __init__(self, entered: Any) -> None:
        self._entered = entered
        self._held = entered.__enter__()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._held, name)

    def close(self) -> None:
        """Leave it."""
        self._entered.__exit__(None, None, None)


def test_the_backup_of_the_day_is_made_looked_through_and_noted(place: Path, settings: Any) -> None:
    """It is sound, it is an event, and with more than are kept the oldest goes."""
    settings.BACKUP_KEEP = 2
    for day in ("20200101-023000", "20200102-023000"):
        (place / f"jixiao-{day}.tar").write_bytes(b"old")
    (place / "of-somebody-else.tar").write_bytes(b"stays")
    back_up.enqueue()
    assert work_off() >= 1
    job = Job.objects.get(kind=KIND)
    assert (job.state, job.error_en) == ("done", "")
    newest, older = daily.kept(place)
    check_backup(newest)
    assert older.name == "jixiao-20200102-023000.tar"
    assert (place / "of-somebody-else.tar").exists()
    assert Event.objects.filter(act="backup.made", subject=f"backup/{newest.name}").exists()


@pytest.mark.parametrize("spoil", ["folder", "file"])
def test_why_it_failed_stands_on_the_page_of_the_administrator(
    place: Path, signed_in: Callable[[str], Client], spoil: str
) -> None:
    """A folder that is gone, a file that is missing in the store: in words, in both languages."""
    if spoil == "folder":
        place.rmdir()
    else:
        path_of(Evidence.objects.get().sha256).unlink()
    back_up.enqueue()
    work_off()
    assert Job.objects.get(kind=KIND).state == "failed"
    page = signed_in("system_admin").get("/backups/").content.decode()
    assert "失败" in page
    assert ("不存在" if spoil == "folder" else "缺少 1 个文件") in page


def test_the_page_says_what_there_is(place: Path, signed_in: Callable[[str], Client]) -> None:
    """Names and sizes; and that it is late where none came for a day and a half."""
    client = signed_in("system_admin")
    assert "逾期" in client.get("/backups/").content.decode()
    (place / "jixiao-20261126-023000.tar").write_bytes(b"x" * 12345)
    page = client.get("/backups/").content.decode()
    assert "jixiao-20261126-023000.tar" in page
    assert "12345" in page
    assert "逾期" not in page


def test_without_a_folder_nothing_is_made_and_the_page_says_how(
    office: Office, settings: Any, signed_in: Callable[[str], Client]
) -> None:
    """The task does nothing."""
    settings.BACKUP_DIR = ""
    back_up.enqueue()
    work_off()
    assert Job.objects.get(kind=KIND).state == "done"
    assert "JIXIAO_BACKUP_DIR" in signed_in("system_admin").get("/backups/").content.decode()


@pytest.mark.parametrize("username", ["clerk", "security_admin", "audit_admin", "finance"])
def test_backups_are_for_the_system_administrator(signed_in: Callable[[str], Client], username: str) -> None:
    """To others the page looks missing."""
    assert signed_in(username).get("/backups/").status_code == 404
