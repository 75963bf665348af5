"""Cell text as words: printed lines joined, and the blanks that layout put in taken out."""

import re
from functools import reduce
from typing import Final

from jixiao.reading.glyphs import JOINER

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad")) | {0xA0: " "}
"""What prints nothing, and the blank at which no line is broken: programs put it in for blanks that they would lose."""
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[%％]?")
_LONG: Final = 5
"""A number that fills a line of its column has so many figures at least."""
_FINE: Final = 3
"""Who prints so many decimals prints more of them on the next line."""
_BLANK_BY_WIDE = re.compile(rf"(?<=[{_WIDE}])\s+|(?<!{JOINER})\s+(?=[{_WIDE}])")


def joined(text: str, *, paged: bool) -> str:
    """The text of a cell in one line.

    Args:
        text: as the reader gave it, a line feed between printed lines.
        paged: whether it was printed on a page. There, blanks beside a Chinese character are the typesetter's
            (在 2024年) and go, unless they are marked; in a sheet they were typed and stay.

    Returns:
        The text, a joiner at its end where it goes on in another cell at once.
    """
    if text.isprintable() and " " not in text:  # most cells: one line of words and no blank of any kind
        return text
    if JOINER in text:
        text = text.removesuffix(2 * JOINER).replace(JOINER + "\n", "") if paged else text.replace(JOINER, "")
    lines = [line.strip() for line in text.translate(_INVISIBLE).replace("\r", "\n").split("\n")]
    line = reduce(join_two, filter(None, lines), "")
    if not paged:
        return line
    bare = _BLANK_BY_WIDE.sub("", line)
    return unmarked(bare) + JOINER * bare.endswith(JOINER) if JOINER in bare else bare


def unmarked(text: str) -> str:
    """A text without joiners, and without the line ends after them."""
    return text.replace(JOINER + "\n", "").replace(JOINER, "")


def _is_cut(before: str, after: str) -> bool:
    """Whether a line break stands within one number: 1234567 over 8.90, 100.0 over 0, 1684679.9025 over 94."""
    if "." in after:
        return "." not in before and len(before) >= _LONG
    if len(after) > 1 and after[0] == "0":
        return True
    decimals = len(before.partition(".")[2])
    return decimals >= _FINE or (decimals == 1 and len(after.rstrip("%")) == 1)


def join_two(before: str, after: str) -> str:
    """Two printed lines of one text: a blank between Latin words, nothing between Chinese ones or within a number.

    Two lines that are each a whole number stay apart (20 over 18 is not 2018), unless the break shows that it cut one.
    """
    if not before or not after:
        return before or after
    if before[-1] == JOINER:
        return before[:-1] + after
    if _NUMBER.fullmatch(before) and _NUMBER.fullmatch(after):
        return before + after if _is_cut(before, after) else f"{before} {after}"
    left, right = before[-1], after[0]
    latin = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    worded = latin and (left.isalpha() or right.isalpha())
    clause = left in ",;:" and right.isascii() and right.isalpha() and before[-2:-1].isascii()
    return f"{before} {after}" if worded or clause else before + after
