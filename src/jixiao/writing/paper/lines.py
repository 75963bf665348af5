"""Text broken into lines as Chinese is set, so that the lines, put together again, are the text letter by letter."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from jixiao.writing.paper.faces import JOINER

_NEVER_FIRST: Final = frozenset(
    "!%),.:;?]}¢°·ˇ―‖’”†‡›℃∶、。〃〆〉》」』】〕〗〞︵︹︽︿﹃﹘﹚﹜！＂％＇），．：；？］｝～％‰…—々〻ー-–"
)
"""What closes, ends or belongs to the letter before it (GB/T 15834; JIS X 4051 gives the like)."""
_NEVER_LAST: Final = frozenset("$([{£¥‘“‹〈《「『【〔〖〝﹗﹙﹛＄（．［｛￡￥#＃")
"""What opens, or belongs to the letter after it."""

_BLANKS: Final = re.compile(r"\s+")
_ODD_BLANK: Final = re.compile(r"[^\S ]|\s{2}|[^\x21-\x7e]\s|\s[^\x21-\x7e]")
"""A blank that a reader of lines would lose: beside Chinese, or not a single plain one."""


def break_lines(
    text: str, room: int, widths: Mapping[str, int], *, indent: int = 0, joined: bool = False
) -> tuple[str, ...]:
    r"""The lines of a text; "\n" in it is a line break that is meant.

    Args:
        text: the text.
        room: how wide a line may be, in thousandths of the letters' size.
        widths: how wide each letter is, likewise.
        indent: how much narrower the first line is.
        joined: mark every line that is not a paragraph's last as going on; else only those of which it cannot be seen.

    Returns:
        One line at least; marks as in `pages`.

    Raises:
        KeyError: a letter has no width.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        ends = list(accumulate(map(widths.__getitem__, part), initial=indent))
        if ends[-1] <= room:
            lines.append(_marked(part))
        else:
            lines.extend(_broken(part, room, ends, joined=joined))
        indent = 0
    return tuple(lines)


def shown(line: str) -> str:
    """What of a line takes room: all but the blanks and the mark it ends with."""
    return line.rstrip(JOINER + " \t\u00a0\u3000") if line and (line[-1] == JOINER or line[-1].isspace()) else line


def _broken(text: str, room: int, ends: list[int], *, joined: bool) -> Iterator[str]:
    """Lines of a text whose letters end at `ends`; that begins with the indent of the first line."""
    start = begun = 0
    while ends[-1] - begun > room:
        most = max(bisect_right(ends, begun + room) - 1, start + 1)
        cut = _cut(text, start, most) if most < len(text) else most
        if cut >= len(text):
            break
        yield _ended(text[start:cut], text[cut], joined=joined)
        start, begun = cut, ends[cut]
    yield _marked(text[start:])


def _cut(text: str, start: int, most: int) -> int:
    """Where a line that begins at `start` ends: at the last good place before `most`, else there.

    Blanks hang at its end, as many as there are.
    """
    if text[most : most + 1].isspace():
        return _after_blanks(text, most)
    for may in (_may_cut, _may_force):
        for at in range(most, start, -1):
            if may(text[at - 1], text[at]):
                return at
    return most


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _may_cut(left: str, right: str) -> bool:
    return _may_force(left, right) and (left.isspace() or is_wide(left) or is_wide(right))


def _may_force(left: str, right: str) -> bool:
    """Whether a word that no line holds may be cut here."""
    return not (right.isspace() or right in _NEVER_FIRST or left in _NEVER_LAST)


def is_wide(letter: str) -> bool:
    """Whether a letter is Chinese, or punctuation in a Chinese square: a line may end before and after it."""
    return letter >= "\u2e80" or letter in "“”‘’…—"


def _ended(line: str, following: str, *, joined: bool) -> str:
    """A line that goes on with a letter, marked where the end alone would not tell how."""
    bare = line.rstrip()
    blanks = line[len(bare) :]
    last = bare[-1:]
    if not blanks:
        told = not joined and not (last.isascii() and following.isascii())
        return _marked(bare) if told else _marked(bare) + JOINER
    if blanks == " " and not joined and _are_words(last, following):
        return _marked(bare)
    return _marked(bare) + "".join(JOINER + blank for blank in blanks) + JOINER


def _are_words(last: str, following: str) -> bool:
    """Whether a reader puts a blank between these letters by itself when a line ends between them."""
    plain = (last + following).isascii() and (last + following).isalnum()
    return plain and (last.isalpha() or following.isalpha())


def _marked(line: str) -> str:
    """A line whose odd blanks are marked as the text's."""
    if line.isprintable() and " " not in line:
        return line
    if not _ODD_BLANK.search(line):
        return line
    return _BLANKS.sub(lambda found: _marked_run(found, line), line)


def _marked_run(found: re.Match[str], line: str) -> str:
    around = line[found.start() - 1 : found.start()] + line[found.end() : found.end() + 1]
    if found[0] == " " and around.isascii():
        return found[0]
    return "".join(JOINER + blank for blank in found[0])
