"""What cannot be served is said in a sentence of both languages, before anything starts."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao.desk.errors import WrongUse
from jixiao.office.database import BadDatabase, database
from jixiao.office.serve.folder import data_folder
from jixiao.office.serve.listening import listening


def served(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`jixiao serve` with arguments and settings that it must refuse."""
    command = [sys.executable, "-m", "jixiao", "serve", "--port", "0", *arguments]
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JIXIAO_DATA")}
    environment = kept | environment
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)  # noqa: S603


@pytest.mark.enable_socket
def test_a_port_in_use_is_told() -> None:
    """Port, reason and what to do, in 中文 and English."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WrongUse) as told:
            listening("127.0.0.1", taken.getsockname()[1])
    port = str(taken.getsockname()[1]) if taken.fileno() >= 0 else ""
    assert port in told.value.zh
    assert "已被占用" in told.value.zh
    assert "--port" in told.value.en


@pytest.mark.enable_socket
def test_an_address_of_another_machine_is_told() -> None:
    """192.0.2.1 (kept for documentation) is never an address of this machine."""
    with pytest.raises(WrongUse, match=r"192\.0\.2\.1 is no address of this machine"):
        listening("192.0.2.1", 8000)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """A data folder below a file cannot be made; the sentence names it."""
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(WrongUse, match="cannot be written") as told:
        data_folder(file / "data")
    assert "--data" in told.value.zh


@pytest.mark.parametrize("url", ["mysql://h/n", "postgresql://h", "nonsense", "postgresql://u:secret@h:port/n"])
def test_a_database_url_of_another_form_is_told(url: str, tmp_path: Path) -> None:
    """What was read without its password, and the form that is expected."""
    with pytest.raises(BadDatabase) as told:
        database(url, tmp_path)
    assert "postgresql://USER:PASSWORD@HOST:5432/NAME" in told.value.zh
    assert "secret" not in told.value.zh + told.value.en


def test_serve_with_a_bad_database_leaves_with_three(tmp_path: Path) -> None:
    """Exit code 3 and two sentences for a bad DATABASE_URL, no trace of the program."""
    done = served("--data", str(tmp_path), DATABASE_URL="mysql://somewhere/x")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 2


def test_serve_with_an_unreachable_server_leaves_with_three(tmp_path: Path) -> None:
    """Exit code 3 for a server that does not answer; the sentence has its address and never the password."""
    done = served("--data", str(tmp_path), DATABASE_URL="postgresql://me:secret@127.0.0.1:1/x")
    assert done.returncode == 3
    assert "x@127.0.0.1:1" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_with_a_damaged_file_leaves_with_three(tmp_path: Path) -> None:
    """Exit code 3 for a database file that is none; it is left as it is."""
    file = tmp_path / "office.sqlite3"
    file.write_bytes(b"no database" * 500)
    done = served("--data", str(tmp_path))
    assert done.returncode == 3
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == b"no database" * 500
