"""A full or read-only disk while a command works, wherever it is met: a sentence in both languages, exit code 3."""

import errno
import sys

import pytest

from jixiao.cli import main
from jixiao.desk import spool

SEED = "examples/shanghai-2024.txt"


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "磁盘是只读的")])
def test_no_temporary_file_can_be_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, words: str
) -> None:
    """Where the folder for temporary files takes nothing, the command says so and leaves no traceback."""

    def refused() -> None:
        raise OSError(number, "words of the system")

    monkeypatch.delenv("JIXIAO_LIMITS", raising=False)
    monkeypatch.setattr(spool, "TemporaryFile", refused)
    monkeypatch.setattr(sys, "argv", ["jixiao", "review", SEED])
    with pytest.raises(SystemExit) as left:
        main()
    said = capsys.readouterr().err
    assert left.value.code == 3
    assert words in said
    assert "cannot be written" in said


def test_a_failure_that_is_not_known_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says for no reason of ours is not hidden."""

    def failed() -> None:
        raise OSError(errno.ENOTSOCK, "odd")

    monkeypatch.delenv("JIXIAO_LIMITS", raising=False)
    monkeypatch.setattr(spool, "TemporaryFile", failed)
    monkeypatch.setattr(sys, "argv", ["jixiao", "review", SEED])
    with pytest.raises(OSError, match="odd"):
        main()
