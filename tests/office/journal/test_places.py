"""Second places: what is written there can be read back, by the commands of the page, too."""

import re
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from jixiao.journal.opening import split
from jixiao.office.environment import BadSetting, journal_days
from jixiao.office.journal.places import Folder, Syslog, place_of

PAGE = Path(__file__).parents[3] / "docs/howto/keep-the-journal.md"
NOTES = ["office\n1\nAAAA\n\n— office AbCd+/==\n", "office\n2\nBBBB\n\n— office AbCd+/==\n"]


def test_a_folder_holds_what_a_log_holds(tmp_path: Path) -> None:
    """Appended bit by bit, read back as checkpoints of an exported log are."""
    folder = Folder(tmp_path, ours=False)
    for note in NOTES:
        folder.put([note])
    (file,) = tmp_path.iterdir()
    assert [text for _, text in split(file.read_text(encoding="utf-8"))] == NOTES
    assert folder.lately() == NOTES[::-1]


def test_a_disk_that_is_not_mounted_is_not_made(tmp_path: Path) -> None:
    """Writing to it and asking it fail; nothing is there afterwards. Our own folder is made."""
    away = Folder(tmp_path / "disk", ours=False)
    with pytest.raises(FileNotFoundError):
        away.put(NOTES)
    with pytest.raises(FileNotFoundError):
        away.lately()
    assert not (tmp_path / "disk").exists()
    Folder(tmp_path / "own", ours=True).put(NOTES)
    assert (tmp_path / "own").is_dir()


@pytest.mark.enable_socket
def test_a_syslog_server_gets_a_line_each_and_the_page_brings_them_back(tmp_path: Path) -> None:
    """The server's file, through the line of the page, is an anchor again."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = threading.Thread(target=_take, args=(server, got))
        listener.start()
        Syslog("127.0.0.1", server.getsockname()[1]).put(NOTES)
        listener.join(10)
    lines = b"".join(got).decode().splitlines()
    assert len(lines) == 2
    assert all(re.match(r"<110>1 \S+Z \S+ jixiao - checkpoint - \"office", line) for line in lines)
    (tmp_path / "messages").write_bytes(b"".join(got))
    command = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("grep -o"))
    subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, check=True)  # noqa: S603 -- the line of our own page
    assert [text for _, text in split((tmp_path / "anchor.txt").read_text(encoding="utf-8"))] == NOTES


def _take(server: socket.socket, got: list[bytes]) -> None:
    line, _ = server.accept()
    with line:
        while part := line.recv(4096):
            got.append(part)


@pytest.mark.enable_socket
def test_a_syslog_server_that_is_away_fails() -> None:
    """Nobody listens: an error, not silence, which UDP would be."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        Syslog("127.0.0.1", port).put(NOTES)


@pytest.mark.parametrize("setting", ["ftp://host/x", "syslog://", "syslog://host:port", "syslog://host/path"])
def test_another_setting_is_told(setting: str, tmp_path: Path) -> None:
    """What was read and what is expected."""
    with pytest.raises(BadSetting, match=re.escape(setting)) as told:
        place_of(setting, tmp_path)
    assert "syslog://HOST:514" in told.value.zh


def test_settings_that_are_right_are_taken(tmp_path: Path) -> None:
    """A folder, a server with and without a port, nothing at all."""
    assert place_of("", tmp_path).name == str(tmp_path / "checkpoints")
    assert place_of("/mnt/audit", tmp_path).name == "/mnt/audit"
    assert place_of("syslog://loghost", tmp_path).name == "syslog://loghost:514"
    assert place_of("syslog://loghost:6514", tmp_path).name == "syslog://loghost:6514"


@pytest.mark.parametrize("text", ["183", "0", "-400", "40 0", "ten", "9999999"])
def test_less_than_six_months_is_refused_with_the_clause(text: str) -> None:
    """The sentence has what was read, the least, and the article."""
    with pytest.raises(BadSetting, match="article 21") as told:
        journal_days(text)
    assert "第二十三条第三项" in told.value.zh
    assert "184" in told.value.zh


def test_six_months_and_more_are_taken() -> None:
    """184 is enough; nothing said is 400."""
    assert [journal_days(text) for text in ("", "184", "3650")] == [400, 184, 3650]
