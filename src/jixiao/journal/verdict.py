"""What the verifier says: what is wrong, what was seen, and what it could not show."""

from dataclasses import dataclass, field

from jixiao.journal.hashing import EMPTY, Pair
from jixiao.journal.words import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that an honest log does not have.

    Attributes:
        code: a word that stays the same, "changed".
        file: which file of the log, or which anchor.
        line: which line of it, counted from 1; 0 for the file as a whole.
        read: what was read.
        expected: what was expected.
        act: what to do.
    """

    code: str
    file: str
    line: int
    read: Words
    expected: Words
    act: Words

    def text(self, language: str) -> str:
        """The fault in "zh" or "en", on one line."""
        parts = [each.in_(language) for each in (self.read, self.expected, self.act)]
        if language == "zh":
            where = f"{self.file} 第 {self.line} 行" if self.line else self.file
            return f"{where}：读到：{parts[0]}；应为：{parts[1]}。{parts[2]}"
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{where}: read: {parts[0]}; expected: {parts[1]}. {parts[2]}"


@dataclass(slots=True)
class Verdict:
    """What was found in a log.

    Attributes:
        faults: in the order in which they were met; the first one first. Empty for a sound log.
        unshown: what could not be shown either way, and what would show it.
        origin: the name of the log; "" if no checkpoint was good.
        lines: how many lines were read.
        removed: how many of them keep only the hashes of an event removed after the retention time.
        checkpoints: how many checkpoints of the log were good.
        anchors: how many checkpoints kept elsewhere were good.
        first: moment of the first event that is there; "" for none.
        last: moment of the last one.
        root: over all lines.
        doors: how many tables of who may do what the checkpoints name.
    """

    faults: list[Fault] = field(default_factory=list)
    unshown: list[Words] = field(default_factory=list)
    origin: str = ""
    lines: int = 0
    removed: int = 0
    checkpoints: int = 0
    anchors: int = 0
    first: str = ""
    last: str = ""
    root: Pair = EMPTY
    doors: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults
