"""Writing a file whole or not at all."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from jixiao.desk import files, spool
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import refuse_output, replace_file
from jixiao.desk.spool import Spool


def test_written_whole(tmp_path: Path) -> None:
    """An existing file is replaced and nothing else is left in the folder."""
    path = tmp_path / "report.html"
    path.write_bytes(b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that does not exist is wrong use, said with the path, and nothing is made."""
    with pytest.raises(WrongUse, match="cannot be written") as caught:
        replace_file(tmp_path / "no" / "report.html", b"new")
    assert "report.html" in caught.value.zh
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """A folder of that name stays as it was and nothing is left beside it."""
    (tmp_path / "report.html").mkdir()
    with pytest.raises(WrongUse):
        replace_file(tmp_path / "report.html", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    """An output that is one of the inputs, by whatever path, is refused and the input stays."""
    source = tmp_path / "form.xlsx"
    source.write_bytes(b"form")
    with pytest.raises(WrongUse, match="would destroy it"):
        refuse_output(tmp_path / "." / "form.xlsx", [source])
    assert source.read_bytes() == b"form"


def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    """A folder, and a file in a folder that does not exist, are refused; a new file in an existing folder is not."""
    with pytest.raises(WrongUse, match="is a folder"):
        refuse_output(tmp_path, [])
    with pytest.raises(WrongUse, match="does not exist"):
        refuse_output(tmp_path / "no" / "report.html", [])
    refuse_output(tmp_path / "report.html", [tmp_path / "form.xlsx"])


def _full() -> Iterator[bytes]:
    yield b"half"
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk(tmp_path: Path) -> None:
    """It is said in words of both languages with what helps; the old file stays, and no half one is left."""
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    with pytest.raises(WrongUse) as caught:
        replace_file(path, _full())
    assert caught.value.zh == f"{path}：写不进去（磁盘已满）。请腾出空间，或写到别的磁盘。"
    assert caught.value.en == f"{path}: cannot be written (the disk is full). Make room, or write to another disk."
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("report.pdf", b"old")]


def test_no_room_for_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of temporary files is named, with what helps."""

    class Full:
        def seek(self, at: int) -> None: ...

        def write(self, piece: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device", piece)

        def close(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool, "TemporaryFile", Full)
    with pytest.raises(WrongUse, match="the disk is full") as caught, Spool() as put:
        put.add(b"form")
    assert "TMPDIR" in caught.value.zh


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    """A pipe, as a shell names one, gets the bytes and is not replaced by a file."""
    pipe, got = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    refuse_output(pipe, [])
    replace_file(pipe, iter((b"new", b"er")))
    reader.join(10)
    assert got == [b"newer"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies where devices lie is written to, even where it leads to a file, as stdout does behind `>`."""
    monkeypatch.setattr(files, "_STREAMS", frozenset({tmp_path}))
    target = tmp_path / "stdout"
    target.write_bytes(b"")
    before = target.stat().st_ino
    replace_file(target, b"new")
    assert (target.read_bytes(), target.stat().st_ino) == (b"new", before)


def test_a_long_name(tmp_path: Path) -> None:
    """A name as long as the system allows can be written; a longer one is said to be too long."""
    replace_file(tmp_path / f"{'n' * 251}.pdf", b"new")
    with pytest.raises(WrongUse, match="the name is too long"):
        replace_file(tmp_path / f"{'n' * 260}.pdf", b"new")
