"""What was printed: the widths of punctuation and the spaces, told by the ink around the letters.

A recogniser knows letters and hardly their widths: "（" and "(" differ by the paper beside them. That paper is
measured, as are the gaps that are spaces, by the rules of `glyphs.text_of`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jixiao.reading.glyphs import is_cjk
from jixiao.reading.scan.letters import Letter, Reading
from jixiao.reading.scan.recogniser import width_of
from jixiao.reading.scan.strips import Strip

_WIDE_OF = dict(zip("(),:;!?", "（），：；！？", strict=True))
_NARROW_OF = {wide: narrow for narrow, wide in _WIDE_OF.items()}
_OPENING, _CLOSING = "（(", "）)"
_WIDE_GAP, _NARROW_GAP = 0.4, 0.26
"""Paper beside a full-width sign is more than this, beside a half-width one less than that, in em."""
_SPACE, _BESIDE_SIGN = 1.15, 1.75
_SIGNS = frozenset("，。；：、！？）》”（《“")
_POINTS = (".", "·", "`", "'")
_WIDE_FIGURES = dict(zip("0123456789", "０１２３４５６７８９", strict=True))
_WIDE_PITCH = 0.8
"""Figures whose middles are farther apart than this, in em, are full-width."""
_LIST_NUMBER = re.compile(r"(^|[。；;！ ])[0-9]{1,2}\.$")


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter as printed.

    Attributes:
        text: the letter; of a sign whose width is not told, the half-width one.
        share: the model's probability of it, whatever its width.
        rivals: what else it may be.
        wide: of a sign that comes in two widths, which one it is; `None` where the ink does not tell.
        middle: the column of the strip about which it stands.
    """

    text: str
    share: float
    rivals: tuple[tuple[str, float], ...] = ()
    wide: bool | None = None
    middle: float = 0.0

    @property
    def open(self) -> bool:
        """Whether its width is still to be told."""
        return self.wide is None and self.text in _WIDE_OF


SPACE = Sign(" ", 1.0)


def signs_of(strip: Strip, reading: Reading) -> list[Sign]:
    """The letters of a strip with spaces and widths as printed."""
    scale = strip.pixels.shape[1] / width_of(strip.pixels)
    letters = _without_idle_spaces(reading.letters)
    middles = [(letter.start + letter.end) / 2 * scale for letter in letters]
    signs: list[Sign] = []
    for number, letter in enumerate(letters):
        before, after = max(number - 1, 0), min(number + 1, len(letters) - 1)
        if number and letter.text != " " != letters[before].text and _is_space(letters, number, middles, strip):
            signs.append(SPACE)
        around = letters[before].text if number else "", letters[after].text if after > number else ""
        sign = _sign(letter, around, _paper(strip, middles[before], middles[after]))
        signs.append(replace(sign, middle=middles[number]))
    return _without_stray_points(_with_wide_figures(signs, strip.em))


def _with_wide_figures(signs: Sequence[Sign], em: float) -> list[Sign]:
    """Figures set as far apart as Chinese letters are full-width ones, and so are per cent signs beside them."""
    made = list(signs)
    for number, (one, other) in enumerate(pairwise(signs)):
        if one.text in _WIDE_FIGURES and other.text in _WIDE_FIGURES and other.middle - one.middle > _WIDE_PITCH * em:
            for at in (number, number + 1):
                made[at] = replace(made[at], text=_WIDE_FIGURES.get(made[at].text, made[at].text))
    if made == list(signs):
        return made
    return [replace(sign, text="％") if sign.text == "%" else sign for sign in made]


def _without_stray_points(signs: list[Sign]) -> list[Sign]:
    """Signs without a speck read as a point: at the line's begin, or at its end behind Chinese or a number.

    The point of a list's number at the end of a line ("…。2.") stays.
    """
    while len(signs) > 1 and signs[0].text in _POINTS:
        signs = signs[1:]
    while len(signs) > 1 and signs[-1].text in _POINTS and not _LIST_NUMBER.search(text_of(signs)):
        signs = signs[:-1]
    return signs


def _without_idle_spaces(letters: Sequence[Letter]) -> list[Letter]:
    """Letters without the spaces at the ends and beside Chinese: there the ink tells."""
    kept = []
    for number, letter in enumerate(letters):
        before, after = letters[number - 1 : number], letters[number + 1 : number + 2]
        idle = letter.text.isspace() and (
            not before
            or not after
            or is_cjk(before[0].text)
            or is_cjk(after[0].text)
            or not _worded(before[0], after[0])
        )
        if not idle:
            kept.append(letter)
    return kept


def _worded(before: Letter, after: Letter) -> bool:
    """Whether a space may part two letters: words and numbers, not a sign and its number."""
    return (before.text.isalnum() or before.text in ".,;:)%") and (after.text.isalnum() or after.text == "(")


def _is_space(letters: Sequence[Letter], number: int, middles: Sequence[float], strip: Strip) -> bool:
    """Whether the gap before a letter is as wide as a space."""
    beside_sign = letters[number - 1].text in _SIGNS or letters[number].text in _SIGNS
    return _paper(strip, middles[number - 1], middles[number]) >= (_BESIDE_SIGN if beside_sign else _SPACE)


def _paper(strip: Strip, low: float, high: float) -> float:
    """The widest paper between two columns, in em."""
    gaps = (right[0] - left[1] for left, right in pairwise(strip.runs) if low < (left[1] + right[0]) / 2 < high)
    return max(gaps, default=0) / strip.em


def _sign(letter: Letter, around: tuple[str, str], paper: float) -> Sign:
    narrow = _NARROW_OF.get(letter.text, letter.text)
    if narrow not in _WIDE_OF:
        return Sign(letter.text, letter.share, letter.rivals)
    same = (narrow, _WIDE_OF[narrow])
    share = min(1.0, letter.share + sum(share for text, share in letter.rivals if text in same))
    rivals = tuple(rival for rival in letter.rivals if rival[0] not in same)
    return Sign(narrow, share, rivals, _is_wide(narrow, around, paper))


def _is_wide(sign: str, around: tuple[str, str], paper: float) -> bool | None:
    """Whether a sign is full-width, by the widest paper around it; `None` where that does not tell.

    A bracket has its paper on the outer side, a comma or colon on the right or on both. At the end of a line that is
    not seen, and between two full-width signs it is set tighter.
    """
    outer = around[0] if sign == "(" else around[1]
    if not outer:
        return None
    if paper > _WIDE_GAP:
        return True
    return None if paper > _NARROW_GAP or outer in _SIGNS or outer in _WIDE_OF else False


def tally(signs: Sequence[Sign]) -> int:
    """How many brackets between Chinese letters are told to be wide rather than narrow: the habit of a page."""
    return sum(
        (1 if sign.wide else -1)
        for before, sign, after in zip(signs, signs[1:], signs[2:], strict=False)
        if sign.text in "()" and sign.wide is not None and is_cjk(before.text) and is_cjk(after.text)
    )


def settle_widths(lines: Sequence[Sequence[Sign]], habit: int) -> list[list[Sign]]:
    """The lines of a cell with every width told: a bracket is as wide as its partner, a comma as the letter before.

    Args:
        lines: the signs of each line.
        habit: the page's `tally` of brackets.
    """
    flat = [(number, sign) for number, line in enumerate(lines) for sign in line]
    told = [sign for _, sign in flat]
    waiting: list[int] = []
    for index, sign in enumerate(told):
        if sign.text == "(":
            waiting.append(index)
        elif sign.text == ")" and waiting:
            _agree(told, waiting.pop(), index)
    settled: list[list[Sign]] = [[] for _ in lines]
    before = ""
    for (number, _), sign in zip(flat, told, strict=True):
        wide = sign.wide
        if sign.open:
            wide = habit >= 0 if sign.text in "()" else bool(before) and is_cjk(before)
        text = _WIDE_OF[sign.text] if wide else sign.text
        settled[number].append(replace(sign, text=text, wide=wide))
        before = text
    return settled


def _agree(told: list[Sign], one: int, other: int) -> None:
    left, right = told[one], told[other]
    if left.wide is None:
        told[one] = replace(left, wide=right.wide)
    elif right.wide is None:
        told[other] = replace(right, wide=left.wide)


def text_of(signs: Iterable[Sign]) -> str:
    """The text of signs."""
    return "".join(sign.text for sign in signs)
