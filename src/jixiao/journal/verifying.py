"""Whether an exported log is what was signed. Needs the log; with a key and a checkpoint from elsewhere, shows more."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from jixiao.journal import removing
from jixiao.journal.hashing import self_test
from jixiao.journal.keys import Public
from jixiao.journal.opening import Log
from jixiao.journal.statements import Anchor, Statements, gather
from jixiao.journal.verdict import Fault, Verdict
from jixiao.journal.walking import Walk
from jixiao.journal.words import Words

_NO_KEY: Final = Words(
    "没有给出密钥，用的是日志自带的公钥：如果有人把日志全部改写、换成自己的密钥重新签名，这里看不出来。"
    "请用 --key 给出另行取得的公钥。",
    "No key was given, the log's own was used: if somebody rewrote it all and signed it anew with a key of theirs, it "
    "does not show here. Give --key with the public key had from elsewhere.",
)
_NO_ANCHOR: Final = Words(
    "没有给出另处保存的检查点：末尾是否被删、数据库是否退回旧备份、别人看到的是不是另一份日志，这里看不出来。"
    "请用 --anchor 给出。",
    "No checkpoint kept elsewhere was given: whether the end was cut off, an old backup put back, or another log shown "
    "to others, does not show here. Give --anchor.",
)


def verify_log(log: Log, keys: Sequence[Public] = (), anchors: Iterable[Anchor] = ()) -> Verdict:
    """Verify a log from its first line to its last.

    Args:
        log: as exported.
        keys: the public keys that are trusted; none to take the log's own, which the verdict says.
        anchors: checkpoints kept elsewhere.

    Returns:
        What is wrong, what was seen, and what could not be shown.

    Raises:
        Unreadable: the file of events breaks off or holds a line longer than any event.
        NoSM3: the platform has no SM3.
    """
    self_test()
    signed = gather(log, keys, anchors)
    walk = Walk(signed.good)
    walk.through(log.lines())
    faults = [*signed.faults, *walk.faults, *_removed(walk, signed)]
    verdict = Verdict(faults, list(_unshown(walk, signed, trusted=bool(keys))))
    _tell(verdict, walk, signed)
    return verdict


def _removed(walk: Walk, signed: Statements) -> Iterable[Fault]:
    return removing.judge(walk.removed, walk.removals, signed.good, datetime.now(UTC))


def _tell(verdict: Verdict, walk: Walk, signed: Statements) -> None:
    states = [each.checkpoint for each in signed.good]
    verdict.origin = states[-1].origin if states else ""
    verdict.lines, verdict.removed = walk.tree.size, len(walk.removed)
    verdict.anchors = sum(each.anchor for each in signed.good)
    verdict.checkpoints = len(states) - verdict.anchors
    verdict.first, verdict.last = walk.first.decode(), walk.last.decode()
    verdict.root = walk.tree.root()
    verdict.doors = len({each.doors for each in states} - {""})


def _unshown(walk: Walk, signed: Statements, *, trusted: bool) -> Iterable[Words]:
    if not trusted:
        yield _NO_KEY
    kept = [each.checkpoint.size for each in signed.good if each.anchor]
    if not kept:
        yield _NO_ANCHOR
    elif kept[-1] < walk.tree.size:
        rest = f"{kept[-1] + 1}–{walk.tree.size}"
        yield Words(
            f"第 {rest} 行比另处保存的检查点新：持有私钥的人能不能改过它们，要等更新的检查点才看得出来。",
            f"Lines {rest} are newer than the checkpoint kept elsewhere: whether the holder of the private key changed "
            f"them shows only with a newer one.",
        )
    if walk.removed:
        count = len(walk.removed)
        yield Words(
            f"{count} 行的事件已过保存期删除，只剩杂凑值：其内容无从显示，所在位置未变。",
            f"The events of {count} lines were removed after the retention time; their hashes are left, in place.",
        )
