"""Sweeping the store: what no row names goes after an hour, what a row names never does."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.cli import jixiao
from jixiao.office.filing import sweeping
from jixiao.office.filing.evidence import attach, remove
from jixiao.office.filing.files import path_of, put
from jixiao.office.filing.models import Evidence
from jixiao.office.filing.sweeping import Swept, sweep
from jixiao.office.jobs.models import Job
from jixiao.office.jobs.registry import TASKS
from jixiao.office.jobs.worker import work_off
from office.making import Office, make_filing

HOURS = 3600


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def aged(path: Path, seconds: int = 2 * HOURS) -> Path:
    """A file as if it had been written so long ago."""
    then = time.time_ns() - seconds * 10**9
    os.utime(path, ns=(then, then))
    return path


def test_a_file_without_a_row_goes_after_an_hour(office: Office) -> None:
    """The old one goes, the young one waits for its row; both are counted."""
    old, young = aged(path_of(put([b"old"]).sha256)), path_of(put([b"young"]).sha256)
    assert sweep() == Swept(orphans=2, unfinished=0, young=1, removed=1)
    assert (old.exists(), young.exists()) == (False, True)
    assert list(old.parent.iterdir()) == []


def test_what_a_row_names_stays(office: Office) -> None:
    """However old, and also where the evidence was removed: that it was there, and the file, stay."""
    filing, clerk = make_filing(office), office.people["clerk"]
    piece = attach(clerk, filing.pk, "k1/actual", SimpleUploadedFile("a.pdf", b"%PDF-1.4"), "")
    aged(path_of(piece.sha256))
    remove(clerk, filing.pk, piece.pk)
    assert sweep() == Swept(0, 0, 0, 0)
    assert path_of(piece.sha256).read_bytes() == b"%PDF-1.4"


def test_what_was_being_written_goes_too(office: Office, tmp_path: Path) -> None:
    """Halves of files, and of packages of open data, that a process left when it died."""
    put([b"x"])
    half, package = tmp_path / "files" / "new-abc", tmp_path / "open" / "2024" / "new-def"
    half.touch()
    package.mkdir(parents=True)
    assert sweep().young == 3
    for path in (half, package):
        aged(path)
    assert sweep().removed == 2
    assert not half.exists()
    assert not package.exists()


def test_bytes_that_come_again_while_they_go_are_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody brings the bytes of an old orphan at the moment it is taken away: their file is there."""
    path = aged(path_of(put([b"twice"]).sha256))
    asked = sweeping._is_named

    def brought(digest: str) -> bool:
        put([b"twice"])
        return asked(digest)

    monkeypatch.setattr(sweeping, "_is_named", brought)
    sweep()
    assert path.read_bytes() == b"twice"


def test_bytes_that_a_row_names_by_now_are_put_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that came between the look at all rows and the taking keeps its file."""
    path = aged(path_of(put([b"late"]).sha256))
    monkeypatch.setattr(sweeping, "_is_named", lambda _: True)
    assert sweep().removed == 0
    assert path.read_bytes() == b"late"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_every_column_that_names_files_is_looked_at() -> None:
    """Evidence, uploads, pictures and papers: a column of another width would have its files swept away."""
    looked = {f"{manager.model.__name__}.{name}" for manager, name in sweeping._columns()}
    assert {"Evidence.sha256", "Source.sha256", "Shown.picture", "Paper.sha256"} <= looked
    assert Evidence._meta.get_field("sha256").max_length == 64


def test_it_is_done_by_itself_and_by_command(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job each day; `jixiao sweep` tells what it found, and a folder that is none is wrong use."""
    aged(path_of(put([b"old"]).sha256))
    job = TASKS["filing.sweep"].enqueue()
    work_off()
    assert Job.objects.get(pk=job.pk).result == '{"orphans":1,"unfinished":0,"removed":1}'
    monkeypatch.setattr("jixiao.office.serve.ready.open_database", lambda _: None)
    said = CliRunner().invoke(jixiao, ["sweep", "--data", str(tmp_path), "--lang", "en"], standalone_mode=False)
    assert said.output == (
        "0 files without a row, 0 that were being written; 0 were removed, 0 are less than an hour old and stay.\n"
    )
