"""Verifying at the desk: the proof of one event of a journal."""

from collections.abc import Iterable
from pathlib import Path

from jixiao.desk.verifying import keys_of
from jixiao.journal.line import Removed
from jixiao.journal.note import Unsigned
from jixiao.journal.proof import Disproved, read, verify
from jixiao.journal.words import Unreadable, Words

NO_KEY = Words(
    "没有给出密钥，用的是证明自带的公钥：只说明它自身相符。请用 --key 给出另行取得的公钥。",
    "No key was given, the proof's own was used: it only agrees with itself. Give --key with the public key had from "
    "elsewhere.",
)


def is_proof(path: Path) -> bool:
    """Whether a path is that of a proof, not of a log."""
    return path.suffix.lower() == ".json" and not path.is_dir()


def verify_proof(path: Path, keys: Iterable[str] = ()) -> tuple[bool, list[Words]]:
    """Hold an event against the checkpoint of its proof.

    Args:
        path: the file.
        keys: public keys, or files that hold them; none to use the proof's own, which is said.

    Returns:
        Whether the event is in the log that was signed, and what was found, a sentence each.

    Raises:
        Unreadable: the file is no proof.
        WrongUse: a key cannot be used.
    """
    trusted = keys_of(keys)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} 读不了（{error}）", f"{path} cannot be read ({error})") from error
    proof = read(text)
    try:
        shown = verify(proof, trusted)
    except (Disproved, Unsigned) as error:
        return False, [error.words]
    at, size = shown.checkpoint.at.isoformat(timespec="seconds"), shown.checkpoint.size
    told = [
        Words(
            f"第 {shown.event.place + 1} 条在 {shown.checkpoint.origin} 于 {at} 签名的日志（{size} 条）中，内容未变：",
            f"Line {shown.event.place + 1} is in the log that {shown.checkpoint.origin} signed at {at} ({size} lines), "
            "unchanged:",
        ),
        Words(proof.line.decode(), proof.line.decode()),
    ]
    if isinstance(shown.event, Removed):
        told.append(
            Words("事件已过留存期删除，只剩杂凑值。", "The event was removed after its retention; hashes are left.")
        )
    return True, told if trusted else [*told, NO_KEY]
