"""Verifying at the desk: an exported log, the proof of one event, or a seal; keys and checkpoints are brought along."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from jixiao.desk.errors import WrongUse
from jixiao.journal import proof as proofs
from jixiao.journal import times
from jixiao.journal.hashing import self_test
from jixiao.journal.keys import Public, public
from jixiao.journal.note import Unsigned
from jixiao.journal.opening import open_log, unopened
from jixiao.journal.statements import Anchor
from jixiao.journal.verdict import Fault
from jixiao.journal.verifying import verify_log
from jixiao.journal.words import Unreadable, Words
from jixiao.writing.verified import EventWire, SealWire, Seen, seen_of

_HEAD: Final = 400
_ZIP: Final = b"PK\x03\x04"
_LARGEST_PROOF: Final = 32 * 1024 * 1024
_NO_KEY: Final = Words(
    "没有给出密钥，用的是文件自带的公钥：是不是这份日志的密钥，这里看不出来。请用 --key 给出另行取得的公钥。",
    "No key was given, the one in the file was used: whether it is the log's does not show here. Give --key with the "
    "public key had from elsewhere.",
)
_ACT: Final = Words("不要采信；从日志页重新下载。", "Do not rely on it; download it anew from the page of the journal.")
_EXPECTED: Final = Words("签名的日志中的一条", "an event of the log that was signed")


class Verified(Struct, frozen=True):
    """What was found: what was seen, what is wrong, what could not be shown."""

    seen: Seen
    faults: tuple[Fault, ...]
    unshown: tuple[Words, ...]


def verify(path: Path, keys: Iterable[str] = (), anchors: Iterable[Path] = ()) -> Verified:
    """Verify an exported log, the proof of one event, or a seal, whichever it is.

    Args:
        path: a folder or a zip; or a file.
        keys: public keys, or files that hold them.
        anchors: of a log: files of checkpoints kept elsewhere, folders of such, or older exports of the same log.

    Raises:
        Unreadable: it cannot be read.
        WrongUse: a key or an anchor cannot be used.
        NoSM3: the platform has no SM3.
    """
    trusted = keys_of(keys)
    kept = [each for anchor in anchors for each in _anchors(anchor)]
    self_test()
    if path.is_file() and not _is_zip(path):
        if kept:
            raise WrongUse("--anchor 只用于日志。", "--anchor is for logs only.")
        return _proof(path, trusted) if _is_proof(path) else _sealed(path, trusted)
    verdict = verify_log(open_log(path), trusted, kept)
    return Verified(seen_of(verdict), tuple(verdict.faults), tuple(verdict.unshown))


def _is_zip(path: Path) -> bool:
    """Whether it is a zip, or half of one: half a log is a damaged log and no seal."""
    return zipfile.is_zipfile(path) or _head(path).startswith(_ZIP)


def _is_proof(path: Path) -> bool:
    return proofs.CONTRACT.encode() in _head(path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise unopened(str(path), error) from None


def _proof(path: Path, keys: Sequence[Public]) -> Verified:
    with path.open(encoding="utf-8", errors="replace") as file:
        proof = proofs.read(file.read(_LARGEST_PROOF))
    unshown = () if keys else (_NO_KEY,)
    line = proof.line.decode(errors="replace")
    try:
        proved = proofs.verify(proof, keys)
    except (proofs.Disproved, Unsigned) as error:
        fault = Fault("event_disproved", path.name, 0, error.words, _EXPECTED, _ACT)
        return Verified(EventWire(line, -1, "", 0, ""), (fault,), unshown)
    state = proved.checkpoint
    seen = EventWire(line, proved.event.place, state.origin, state.size, times.written(state.at))
    return Verified(seen, (), unshown)


def _sealed(path: Path, keys: Sequence[Public]) -> Verified:
    from jixiao.desk.sealing import verify_seal

    verdict = verify_seal(path, keys)
    seen = SealWire(verdict.key, verdict.sealed, verdict.program, verdict.lines, verdict.forms)
    return Verified(seen, tuple(verdict.faults), tuple(verdict.unshown))


def keys_of(given: Iterable[str]) -> tuple[Public, ...]:
    """Public keys from texts or from files with one a line.

    Raises:
        WrongUse: one is no key.
    """
    return tuple(key for each in given for key in _keys(each))


def _keys(given: str) -> list[Public]:
    path = Path(given)
    try:
        text = _text(path) if path.is_file() else given
        found = [public(line) for line in text.splitlines() if line.strip()]
    except Unreadable as error:
        raise WrongUse(f"--key：{error.words.zh}。", f"--key: {error.words.en}.") from error
    if not found:
        raise WrongUse(f"--key：{given} 里没有公钥，应每行一个。", f"--key: no key in {given}; one a line is expected.")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Unreadable(f"{path} 不是文本文件", f"{path} is no text file") from None
    except OSError as error:
        raise unopened(str(path), error) from None


def _anchors(path: Path) -> list[Anchor]:
    """The checkpoints of a file, of every file in a folder, or of an older export."""
    try:
        found = _kept(path)
    except Unreadable as error:
        raise WrongUse(f"--anchor：{error.words.zh}。", f"--anchor: {error.words.en}.") from error
    if not any(each.text.strip() for each in found):
        zh = f"--anchor：{path} 里没有检查点，应有另处保存的检查点。"
        raise WrongUse(zh, f"--anchor: no checkpoint in {path}; checkpoints kept elsewhere are expected.")
    return found


def _kept(path: Path) -> list[Anchor]:
    if path.suffix.lower() == ".zip" or (path / "events.jsonl").is_file():
        return [Anchor(str(path), open_log(path).checkpoints)]
    try:
        files = sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]
    except OSError as error:
        raise unopened(str(path), error) from None
    return [Anchor(str(file), _text(file)) for file in files]
