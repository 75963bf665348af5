"""Labels among pieces of text, those set in several lines, or one letter a line, too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.layout.grid import Box
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.aligned.segments import Segment, joined_text, outline

_MOST_JOINED: Final = 8
OPENING: Final = ("head", "tail")
"""Blocks of the lexicon whose labels open a row of their own."""


@dataclass(frozen=True, slots=True)
class Found:
    """A label found: its pieces, and the first block of the lexicon that has it."""

    segments: tuple[Segment, ...]
    block: str
    name: str

    @property
    def box(self) -> Box:
        """Its outline."""
        return outline(self.segments)


def labels_of(segments: Iterable[Segment], lexicon: Lexicon, blocks: Sequence[str]) -> list[Found]:
    """The labels among pieces, from top to bottom; the longest wins where one is part of another.

    Args:
        segments: pieces of text.
        lexicon: the words.
        blocks: blocks of the lexicon to look in.
    """
    rest = sorted(segments, key=lambda each: (each.middle, each.box[0]))
    taken: set[int] = set()
    found: list[Found] = []
    for segment in rest:
        if id(segment) in taken:
            continue
        label = _longest(_chain(segment, rest), lexicon, blocks) or _inline(segment, lexicon, blocks)
        if label:
            found.append(label)
            taken.update(map(id, label.segments))
    return found


def _chain(first: Segment, ordered: Sequence[Segment]) -> list[Segment]:
    """The pieces that stand under one another from a first one on, closely."""
    chain = [first]
    for each in ordered:
        last = chain[-1]
        if each.middle <= last.middle or each.overlap(last.box[0], last.box[2]) <= 0:
            continue
        high = last.box[3] - last.box[1]
        if each.box[1] - last.box[3] > high or each.box[0] > first.box[0] + 3 * high or len(chain) == _MOST_JOINED:
            break
        chain.append(each)
    return chain


def _longest(chain: Sequence[Segment], lexicon: Lexicon, blocks: Sequence[str]) -> Found | None:
    for count in range(len(chain), 0, -1):
        if count > 1 and _are_two(chain[:count], lexicon, blocks):
            continue
        text = joined_text(chain[:count])
        for block in blocks:
            name = lexicon.find(block, text)
            if name:
                return Found(tuple(chain[:count]), block, name)
    return None


def _are_two(chain: Sequence[Segment], lexicon: Lexicon, blocks: Sequence[str]) -> bool:
    """Whether the last piece is a label of its own, under another (中央主管部门 over 地方主管部门)."""
    texts = (joined_text(chain[:-1]), chain[-1].text)
    return all(any(lexicon.find(block, text) for block in blocks) for text in texts)


def _inline(segment: Segment, lexicon: Lexicon, blocks: Sequence[str]) -> Found | None:
    """A label with its value behind a colon (备注：无)."""
    label, colon, _ = segment.text.replace(":", "：").partition("：")
    for block in OPENING if colon else ():
        name = lexicon.find(block, label)
        if name and block in blocks:
            return Found((segment,), block, name)
    return None
