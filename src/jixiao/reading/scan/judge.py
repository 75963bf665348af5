"""Which reading of a strip stands, and how sure it is: the tiny model first, the small one where that is not enough."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.reading.scan.recogniser import Recogniser
from jixiao.reading.scan.strips import Strip
from jixiao.reading.scan.trust import State, trust_of
from jixiao.reading.scan.typeset import Sign, signs_of, text_of

_DOUBT = 0.90
"""Where the tiny model's least sure letter is below this, the small model reads the strip, too."""
_DIGIT = re.compile(r"[0-9]")
_FIGURES_MOST = 16
_SURE_FIGURES = 0.995
"""Short texts with figures are read twice below this. Above it both models read the same in 454 of 454 of them."""
_CERTAIN_STROKE = Decimal("0.99")


@dataclass(frozen=True, slots=True)
class Judged:
    """A strip read.

    Attributes:
        signs: its letters as printed.
        trust: how sure they are all right, 0 to 1.
        others: what the other model read, with a probability, where it read otherwise.
    """

    signs: tuple[Sign, ...]
    trust: Decimal
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Two recognisers; of the tiny one there may be none."""

    small: Recogniser
    tiny: Recogniser | None

    def judge(self, strips: Sequence[Strip]) -> list[Judged]:
        """What each strip says."""
        plain = [number for number, strip in enumerate(strips) if not strip.stroke]
        first = _run(self.tiny, strips, plain) if self.tiny else {}
        again = [number for number in plain if number not in first or _is_doubtful(first[number])]
        second = _run(self.small, strips, again)
        return [
            Judged((Sign(strip.stroke, 1.0),), _CERTAIN_STROKE)
            if strip.stroke
            else _choose(first.get(number), second.get(number))
            for number, strip in enumerate(strips)
        ]


def _run(recogniser: Recogniser, strips: Sequence[Strip], numbers: Sequence[int]) -> "dict[int, _Said]":
    readings = recogniser.read([strips[number].pixels for number in numbers])
    return {
        number: _Said(tuple(signs_of(strips[number], reading)), reading.missed)
        for number, reading in zip(numbers, readings, strict=True)
    }


class _Said(NamedTuple):
    """What one model says: the signs, and how likely it missed one."""

    signs: tuple[Sign, ...]
    missed: float

    @property
    def text(self) -> str:
        return text_of(self.signs)

    @property
    def least(self) -> float:
        """The probability of the least sure letter; 0 where nothing was read."""
        return min((sign.share for sign in self.signs), default=0.0) * (1 - self.missed)


def _is_doubtful(said: _Said) -> bool:
    figures = len(said.signs) <= _FIGURES_MOST and bool(_DIGIT.search(said.text))
    return said.least < (_SURE_FIGURES if figures else _DOUBT)


def _choose(tiny: _Said | None, small: _Said | None) -> Judged:
    said = [one for one in (small, tiny) if one is not None]
    best = max(said, key=lambda one: one.least)
    agree = len({one.text for one in said}) == 1
    others = tuple((one.text, one.least / 2) for one in said if one.text != best.text)
    state: State = "one" if len(said) == 1 else "agree" if agree else "differ"
    trust = trust_of(state, best.least, best.text)
    return Judged(best.signs, trust, others)
