"""Words wider than their cell: the letters of one number stay together, though a wall runs through them.

All geometry is in hundredths of a point, origin top left.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from jixiao.layout.grid import Box
from jixiao.reading.glyphs import Glyph

Home = tuple[list[Glyph], Box]
"""The letters of a cell, and its outline."""
_JOINED_PERCENT: Final = 6
"""Letters of one word stand no further apart than so many hundredths of an em, nor over each other by more."""
_CUT_PERCENT: Final = 4
"""A wall cuts a letter if it runs at least so many hundredths of an em inside its box."""
_CERTAIN: Final = Decimal("1.0")
_CROWDED: Final = Decimal("0.9")
_FIGURES: Final = frozenset("0123456789.,")


@dataclass(slots=True)
class Crossings:
    """What was found.

    Attributes:
        crowded: ids of the lists of letters of cells whose letters may belong to the cell beside them.
        words: the words that a wall runs through.
    """

    crowded: set[int] = field(default_factory=set)
    words: list[str] = field(default_factory=list)

    def clarity(self, letters: list[Glyph]) -> Decimal:
        """The most that may be trusted in a cell with these letters."""
        return _CROWDED if id(letters) in self.crowded else _CERTAIN


def keep_together(glyphs: Sequence[Glyph], at: Iterable[int], home: Callable[[int, int], Home | None]) -> Crossings:
    """Put every word that a wall runs through wholly into one cell.

    Args:
        glyphs: all letters in the order of the source.
        at: indexes of letters that were sorted into another cell than the letter before.
        home: the cell at a point.
    """
    found = Crossings()
    done = 0
    for index in at:
        if index < done or not _joined(glyphs[index - 1], glyphs[index]):
            continue
        start, done = _word(glyphs, index)
        _settle(glyphs[start:done], glyphs[index - 1 : index + 1], home, found)
    return found


def _joined(one: Glyph, other: Glyph) -> bool:
    """Whether two letters, one after the other in the source, are neighbours in a word."""
    em = other[3] - other[1]
    return (
        not other[5]
        and abs(one[1] + one[3] - other[1] - other[3]) * 4 < em
        and abs(other[0] - one[2]) * 100 <= _JOINED_PERCENT * em
    )


def _word(glyphs: Sequence[Glyph], index: int) -> tuple[int, int]:
    """Where the word begins that goes on at an index, and where it ends."""
    start, end = index - 1, index + 1
    while start and _joined(glyphs[start - 1], glyphs[start]):
        start -= 1
    while end < len(glyphs) and _joined(glyphs[end - 1], glyphs[end]):
        end += 1
    return start, end


def _settle(
    word: Sequence[Glyph], pair: Sequence[Glyph], home: Callable[[int, int], Home | None], found: Crossings
) -> None:
    """Gather a word in one cell if a wall cuts a letter of it; where a wall runs between two figures, doubt both."""
    homes = _homes(word, home)
    if len(homes) < 2:
        return
    figures = all(glyph[4] in _FIGURES for glyph in pair)
    if any(_is_cut(glyph, box) for glyph in pair for _, box in homes):
        target = _target(word, homes, home)
        mine = set(word)
        for letters, _ in homes:
            letters[:] = [glyph for glyph in letters if glyph not in mine]
        target.extend(word)
    elif not figures:
        return
    found.crowded.update(id(letters) for letters, _ in homes)
    found.words.append("".join(glyph[4] for glyph in word))


def _homes(word: Sequence[Glyph], home: Callable[[int, int], Home | None]) -> list[Home]:
    """The cells that a word's letters were sorted into."""
    homes: dict[int, Home] = {}
    for glyph in word:
        if here := home(*_middle(glyph)):
            homes[id(here[0])] = here
    return list(homes.values())


def _middle(glyph: Glyph) -> tuple[int, int]:
    return (glyph[0] + glyph[2]) // 2, (glyph[1] + glyph[3]) // 2


def _is_cut(glyph: Glyph, box: Box) -> bool:
    """Whether a side of a cell runs through a letter."""
    least = (glyph[3] - glyph[1]) * _CUT_PERCENT // 100
    return any(glyph[0] + least <= side <= glyph[2] - least for side in (box[0], box[2]))


def _target(word: Sequence[Glyph], homes: Sequence[Home], home: Callable[[int, int], Home | None]) -> list[Glyph]:
    """The cell a word belongs to: the one without other text on its line, else the one that holds its middle."""
    _, high = _middle(word[0])
    mine = set(word)
    free = [
        letters for letters, _ in homes
        if not any(glyph[1] < high < glyph[3] for glyph in letters if glyph not in mine)
    ]  # fmt: skip
    if len(free) == 1:
        return free[0]
    middle = home((word[0][0] + word[-1][2]) // 2, high)
    return middle[0] if middle else homes[0][0]
