"""Complete subtrees of the log, as they are kept: every leaf, and of the nodes each fourth level.

What lies between is worked out from the 16 below it, so a proof asks two questions for four levels: at ten million
events some six to twelve, for a sixteenth of the rows that all nodes would be.
"""

from typing import Final

from jixiao.journal.hashing import Pair
from jixiao.journal.tree import root
from jixiao.office.journal.models import Leaf, Node

STEP: Final = 4
"""Levels between those that are kept."""
_WIDTH: Final = 1 << STEP


class Torn(LookupError):
    """A leaf or node that must be there is not: the tables of the journal were damaged or changed."""

    def __init__(self, level: int, number: int) -> None:
        """Say which."""
        super().__init__(f"level {level}, number {number}")
        self.first = number << level


def place(level: int, number: int) -> int:
    """Level and number of a node as one number, those of a level in their order."""
    return level << 48 | number


class Subtrees:
    """Gives the hashes of complete subtrees, as `jixiao.journal.tree` asks for them; remembers what it read."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: dict[tuple[int, int], list[Pair]] = {}

    def __call__(self, level: int, number: int) -> Pair:
        """The hashes of a complete subtree.

        Raises:
            Torn: a row is missing.
        """
        more = level % STEP
        base, first = level - more, number << more
        row, at = self._row(base, first >> STEP), first & _WIDTH - 1
        parts = row[at : at + (1 << more)]
        if len(parts) < 1 << more:
            raise Torn(base, first)
        return root(parts)

    def _row(self, level: int, number: int) -> list[Pair]:
        """Up to sixteen that lie side by side, from `number` times sixteen on."""
        if (level, number) not in self._read:
            self._read[level, number] = _rows(level, number << STEP)
        return self._read[level, number]


def _rows(level: int, first: int) -> list[Pair]:
    """The hashes from `first` on, as far as they follow each other."""
    if level:
        begin = place(level, first)
        kept = Node.objects.filter(place__gte=begin, place__lt=begin + _WIDTH).order_by("place")
        rows = list(kept.values_list("place", "sm3", "sha256"))
    else:
        begin = first
        leaves = Leaf.objects.filter(number__gte=begin, number__lt=begin + _WIDTH).order_by("number")
        rows = list(leaves.values_list("number", "sm3", "sha256"))
    return [
        Pair(bytes.fromhex(sm3), bytes.fromhex(sha256)) for at, (number, sm3, sha256) in enumerate(rows, begin)
        if at == number
    ]  # fmt: skip
