"""The lines of a log, one after the other: each well written and in its place, the tree over them as it was signed."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from jixiao.journal.exporting import EVENTS
from jixiao.journal.hashing import Pair, leaf
from jixiao.journal.line import EVENT, REMOVED, Entry, Removed, decode
from jixiao.journal.statements import Statement, short
from jixiao.journal.tree import Frontier
from jixiao.journal.verdict import Fault
from jixiao.journal.words import Unreadable, Words

_BATCH: Final = 4096
_ACT: Final = json.dumps(REMOVED).encode()
_PLACE, _NUMBER, _AT, _ACT_GROUP = 1, 2, 3, 6
_LOOK: Final = Words(
    "不要采信这份日志；取另一份导出，从这一行起比较。",
    "Do not rely on this log; compare it with another export from this line on.",
)
_ANOTHER: Final = Words(
    "比较另一份导出的这几行，就知道改了什么；不要采信这份日志。",
    "Compare these lines with another export to see what was changed; do not rely on this log.",
)
_BACKUP: Final = Words(
    "日志的末尾被删，或者数据库退回到了旧的备份：向运行方要求说明。",
    "The end was cut off, or an old backup was put back: ask whoever runs it.",
)
_BEHIND: Final = Words(
    "如果这份日志是在那之前导出的，请取一份之后的导出再核验；否则就是末尾被删，或者数据库退回到了旧的备份："
    "向运行方要求说明。",
    "If the log was exported before that checkpoint, verify a later export; otherwise the end was cut off, or an old "
    "backup was put back: ask whoever runs it.",
)
_FORK: Final = Words(
    "日志被改写后重新签过名，或者对不同的人出示过不同的日志。保存这份检查点，它就是证据。",
    "The log was rewritten and signed anew, or different logs were shown to different people. Keep the checkpoint; it "
    "is the proof.",
)


class Walk:
    """What is known after the lines so far.

    Attributes:
        tree: over them.
        faults: what is wrong with them.
        first, last: moments of the first and last event that is there; "" for none.
        removed: places of which only the hashes are there.
        removals: the events that tell of removals.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        """Begin before the first line, with what was signed, shortest log first."""
        self.tree = Frontier()
        self.faults: list[Fault] = []
        self.first = self.last = b""
        self.removed: list[int] = []
        self.removals: list[Entry] = []
        self._statements = statements
        self._next = 0
        self._sound = 0
        self._numbers: set[int] = set()
        self._told: set[str] = set()

    def through(self, lines: Iterable[bytes]) -> None:
        """Go through all lines, and hold their number against what was signed."""
        rest, stop = iter(lines), self._compare()
        while batch := list(islice(rest, min(_BATCH, stop - self.tree.size) if stop > 0 else _BATCH)):
            self.tree.extend(self._leaves(batch))
            if self.tree.size == stop:
                stop = self._compare()
        self._end()

    def _leaves(self, lines: Sequence[bytes]) -> list[Pair]:
        """The leaf of each line, after a look at what the line says."""
        leaves = []
        numbers, match = self._numbers, EVENT.fullmatch
        for place, line in enumerate(lines, self.tree.size):
            text = line[:-1]
            found = match(text)
            if found is None or found[_ACT_GROUP] == _ACT or not line.endswith(b"\n"):
                leaves.append(self._seldom(place, line))
                continue
            stated, number = int(found[_PLACE]), int(found[_NUMBER])
            if stated != place or number in numbers:
                self._wrong(place, stated, number)
            numbers.add(number)
            self.last = found[_AT]
            self.first = self.first or self.last
            leaves.append(leaf(text))
        return leaves

    def _seldom(self, place: int, line: bytes) -> Pair:
        """A line that is no ordinary event: a removed one, one that tells of removals, or none at all."""
        text = line.removesuffix(b"\n")
        if text == line:
            self._say("torn", place, Words("没有行尾", "no end of line"), Words("每行有行尾", "an end of every line"))
        try:
            entry = decode(text)
        except Unreadable as error:
            self._say(
                "line_unreadable", place, error.words, Words("jixiao/journal/1 的一行", "a line of jixiao/journal/1")
            )
            return leaf(text)
        if isinstance(entry, Removed):
            self._wrong(place, entry.place, None)
            self.removed.append(place)
            return entry.leaf
        self._wrong(place, entry.place, entry.number)
        self._numbers.add(entry.number)
        if entry.act == REMOVED:
            self.removals.append(entry)
        return leaf(text)

    def _wrong(self, place: int, stated: int, number: int | None) -> None:
        """Say so if a line does not stand where it says, or its event was there before."""
        if stated != place:
            zh, en = ("缺", "missing") if stated > place else ("多", "too many, or moved")
            read = Words(f"位置 {stated}（此前有行{zh}了或移动了）", f"place {stated} (lines before it are {en})")
            self._say("out_of_place", place, read, Words(f"位置 {place}", f"place {place}"))
        if number in self._numbers:
            read = Words(f"事件号 {number}，前面已有", f"event number {number}, which was there before")
            self._say("twice", place, read, Words("每个事件号只出现一次", "every number once"))

    def _compare(self) -> int:
        """Hold the root against what was signed for this length.

        Returns:
            The length at which to compare next; -1 for none.
        """
        while self._next < len(self._statements):
            statement = self._statements[self._next]
            if statement.checkpoint.size > self.tree.size:
                return statement.checkpoint.size
            self._judge(statement, self.tree.root())
            self._next += 1
        return -1

    def _judge(self, statement: Statement, root: Pair) -> None:
        if statement.checkpoint.root == root:
            self._sound = self.tree.size
            return
        code = "forked" if statement.anchor and "changed" not in self._told else "changed"
        if code in self._told:
            return
        self._told.add(code)
        end = self.tree.size
        start = self._sound + 1 if self._sound < end else 1  # these lines are signed twice, and not alike
        read = Words(
            f"第 {start} 至 {end} 行之间有改动；这 {end} 行的根是 {short(root)}",
            f"something between lines {start} and {end} is not what was signed; their root is {short(root)}",
        )
        self.faults.append(Fault(code, EVENTS, start, read, statement.told(), _FORK if statement.anchor else _ANOTHER))

    def _end(self) -> None:
        """Hold the number of lines against what was signed."""
        size = self.tree.size
        rest = self._statements[self._next :]
        for anchor, code in ((False, "cut_off"), (True, "behind")):
            if longer := [each for each in rest if each.anchor == anchor]:
                read = Words(f"共 {size} 行", f"{size} lines")
                self.faults.append(Fault(code, EVENTS, size, read, longer[-1].told(), _BEHIND if anchor else _BACKUP))
        own = [each.checkpoint.size for each in self._statements if not each.anchor]
        if own and own[-1] < size:
            read = Words(f"共 {size} 行", f"{size} lines")
            expected = Words(
                f"{own[-1]} 行：最后的检查点只到这里，后面的行没有签名",
                f"{own[-1]} lines: the last checkpoint ends there, nothing was signed for what follows",
            )
            self.faults.append(Fault("unsigned_lines", EVENTS, own[-1] + 1, read, expected, _LOOK))

    def _say(self, code: str, place: int, read: Words, expected: Words) -> None:
        """Note a fault of a line, the first of its kind only: others follow from it."""
        if code not in self._told:
            self._told.add(code)
            self.faults.append(Fault(code, EVENTS, place + 1, read, expected, _LOOK))
