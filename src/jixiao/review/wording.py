"""Wording of names and texts: doubled words, copies, repeated names; everything on folded text without white space."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from jixiao.form import fold

_MARKS: Final = re.compile(r"[\s,.;:!?，。；：！？、·“”\"'‘’()（）《》【】\[\]-]+")
_NUMBERING: Final = re.compile(r"^(?:指标)?\d+[:.、：]")
_AT_ONCE: Final = re.compile(r"([\u4e00-\u9fff]{2,})\1")
_NUMBERS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_YEAR: Final = re.compile(r"[(（\[【]?(?:19|20)\d\d年?度?[)）\]】]?")
_LEAST_TAIL: Final = 4
_LEAST_COPY: Final = 15
_LONGEST_PART: Final = 60
_LONGEST_TEXT: Final = 4000


def squeeze(text: str) -> str:
    """The text folded to half width, all white space taken out."""
    return _squeezed(text) if len(text) <= _SHORT else fold("".join(text.split()))


def bare(text: str) -> str:
    """The text without punctuation and white space."""
    return _bared(text) if len(text) <= _SHORT else _MARKS.sub("", fold(text))


_SHORT: Final = 100
"""Names and units are looked at by many features, so what is made of short texts is kept for a while."""


@lru_cache(maxsize=2048)
def _squeezed(text: str) -> str:
    return fold("".join(text.split()))


@lru_cache(maxsize=2048)
def _bared(text: str) -> str:
    return _MARKS.sub("", fold(text))


def undated(project: str) -> str:
    """A project's name without the year that forms print in it; a name that is a year only stays."""
    return _YEAR.sub("", project) or project


def doubled_words(squeezed: str, joints: re.Pattern[str]) -> bool:
    """Whether a squeezed name says the same words twice, in whatever order (每日提供餐饮及时性餐饮提供及时性).

    Either a block of two or more characters stands twice in a row, or the name splits into two halves of at least four
    characters that end alike and of which one uses only characters of the other: one measure named twice. Parts between
    joints (、和及与或) are a list, not a repetition.
    """
    name = _NUMBERING.sub("", squeezed)
    return any(_doubled(part) for part in joints.split(name) if _LEAST_TAIL <= len(part) <= _LONGEST_PART)


def _doubled(part: str) -> bool:
    if _AT_ONCE.search(part):
        return True
    if len(part) < 2 * _LEAST_TAIL or len(part) - len(set(part)) < _LEAST_TAIL:
        return False
    return any(_within(part[:cut], part[cut:]) for cut in range(_LEAST_TAIL, len(part) - _LEAST_TAIL + 1))


def _within(head: str, tail: str) -> bool:
    if head[-1] != tail[-1]:
        return False
    shorter, longer = (tail, head) if len(tail) <= len(head) else (head, tail)
    return not Counter(shorter) - Counter(longer)


def copied(result: str, goal: str) -> bool:
    """Whether a result repeats the goal: at most one character in ten differs, or the goal stands in it as a whole.

    Texts of fewer than 15 characters are never called copies: there are few ways to say a short thing.
    """
    said, promised = bare(result[:_LONGEST_TEXT]), bare(goal[:_LONGEST_TEXT])
    if len(promised) < _LEAST_COPY or len(said) < _LEAST_COPY:
        return False
    whole = len(said) + len(promised)
    limit = whole // 10
    near = abs(len(said) - len(promised)) <= limit and _distance(said, promised, limit) <= limit
    return near or (promised in said and (len(said) - len(promised)) * 5 <= len(promised))


def _distance(one: str, other: str, most: int) -> int:
    """How many characters must be taken out and put in; more than `most` where it is more."""
    from rapidfuzz.distance import Indel  # a fifth of all that is loaded at the start, and seldom asked

    return Indel.distance(one, other, score_cutoff=most)


def own_numbers(result: str, goal: str) -> bool:
    """Whether a result names a number that the goal does not name."""
    return bool(set(_NUMBERS.findall(fold(result[:_LONGEST_TEXT]))) - set(_NUMBERS.findall(fold(goal[:_LONGEST_TEXT]))))


def key(squeezed: str) -> str:
    """What two squeezed names share when they name the same indicator."""
    return bare(_NUMBERING.sub("", squeezed) if squeezed[:1].isdigit() or squeezed[:2] == "指标" else squeezed)
