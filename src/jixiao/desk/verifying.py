"""Verifying at the desk: an exported log, with keys and checkpoints that were had from elsewhere."""

from collections.abc import Iterable
from pathlib import Path

from jixiao.desk.errors import WrongUse
from jixiao.journal.keys import Public, public
from jixiao.journal.opening import open_log
from jixiao.journal.statements import Anchor
from jixiao.journal.verdict import Verdict
from jixiao.journal.verifying import verify_log
from jixiao.journal.words import Unreadable


def verify(path: Path, keys: Iterable[str] = (), anchors: Iterable[Path] = ()) -> Verdict:
    """Verify an exported log.

    Args:
        path: a folder or a zip.
        keys: public keys, or files that hold them.
        anchors: files of checkpoints kept elsewhere, folders of such, or older exports of the same log.

    Raises:
        Unreadable: the log cannot be read.
        WrongUse: a key or an anchor cannot be used.
        NoSM3: the platform has no SM3.
    """
    trusted = keys_of(keys)
    kept = [each for anchor in anchors for each in _anchors(anchor)]
    return verify_log(open_log(path), trusted, kept)


def keys_of(given: Iterable[str]) -> tuple[Public, ...]:
    """Public keys from texts or from files with one a line.

    Raises:
        WrongUse: one is no key.
    """
    return tuple(key for each in given for key in _keys(each))


def _keys(given: str) -> list[Public]:
    path = Path(given)
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else given
        return [public(line) for line in text.splitlines() if line.strip()]
    except Unreadable as error:
        raise WrongUse(f"--key：{error.words.zh}。", f"--key: {error.words.en}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"--key：{given} 读不了（{error}）。", f"--key: {given} cannot be read ({error}).") from error


def _anchors(path: Path) -> list[Anchor]:
    """The checkpoints of a file, of every file in a folder, or of an older export."""
    try:
        if path.suffix.lower() == ".zip" or (path / "events.jsonl").is_file():
            return [Anchor(str(path), open_log(path).checkpoints)]
        files = sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]
        found = [Anchor(str(file), file.read_text(encoding="utf-8")) for file in files]
    except Unreadable as error:
        raise WrongUse(f"--anchor：{error.words.zh}。", f"--anchor: {error.words.en}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(
            f"--anchor：{path} 读不了（{error}）。", f"--anchor: {path} cannot be read ({error})."
        ) from error
    if not found:
        zh = f"--anchor：{path} 里没有文件，应有另处保存的检查点。"
        raise WrongUse(zh, f"--anchor: there is no file in {path}; checkpoints kept elsewhere are expected.")
    return found
