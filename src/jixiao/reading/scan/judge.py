"""Which reading of a strip stands, and how sure it is: the tiny model first, the small one where that is not enough."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.reading.scan.letters import Reading
from jixiao.reading.scan.recogniser import Recogniser
from jixiao.reading.scan.strips import Strip
from jixiao.reading.scan.typeset import Sign, signs_of, text_of

_DOUBT = 0.90
"""Where the tiny model's least sure letter is below this, the small model reads the strip, too."""
_DIGIT = re.compile(r"[0-9]")
_FIGURES_MOST = 16
_CERTAIN_STROKE = Decimal("0.99")
_LIKELY = 0.005
_MOST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A strip read.

    Attributes:
        signs: its letters as printed.
        trust: how sure they are all right, 0 to 1.
        others: other readings with their probabilities.
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
        first = self._first(strips, plain)
        again = [number for number in plain if number not in first or _is_doubtful(first[number])]
        second = dict(zip(again, self.small.read([strips[number].pixels for number in again]), strict=True))
        return [
            Judged((Sign(strip.stroke, 1.0),), _CERTAIN_STROKE)
            if strip.stroke
            else _choose(strip, first.get(number), second.get(number))
            for number, strip in enumerate(strips)
        ]

    def _first(self, strips: Sequence[Strip], plain: list[int]) -> dict[int, Reading]:
        if self.tiny is None:
            return {}
        return dict(zip(plain, self.tiny.read([strips[number].pixels for number in plain]), strict=True))


def _is_doubtful(reading: Reading) -> bool:
    figures = bool(_DIGIT.search(reading.text)) and len(reading.text) <= _FIGURES_MOST
    return figures or reading.least < _DOUBT


def _choose(strip: Strip, tiny: Reading | None, small: Reading | None) -> Judged:
    readings = [reading for reading in (small, tiny) if reading is not None]
    signed = [(reading, tuple(signs_of(strip, reading))) for reading in readings]
    best, signs = max(signed, key=lambda pair: _least(pair[1], pair[0]))
    agree = len(signed) == 2 and text_of(signed[0][1]) == text_of(signed[1][1])
    least = _least(signs, best)
    trust = Decimal(round(1000 * (1 - (1 - least) / 4 if agree else least))) / 1000
    others = _others(signs)
    if not agree and len(signed) == 2:
        reading, said = next(pair for pair in signed if pair[1] is not signs)
        others = ((text_of(said), _least(said, reading) / 2), *others)
    return Judged(signs, trust, _merged(others, text_of(signs)))


def _least(signs: Sequence[Sign], reading: Reading) -> float:
    return min((sign.share for sign in signs), default=0.0) * (1 - reading.missed)


def _others(signs: Sequence[Sign]) -> tuple[tuple[str, float], ...]:
    """The readings that differ in one letter."""
    texts = [sign.text for sign in signs]
    return tuple(
        ("".join([*texts[:at], rival, *texts[at + 1 :]]), share)
        for at, sign in enumerate(signs)
        for rival, share in sign.rivals
    )


def _merged(others: Sequence[tuple[str, float]], text: str) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}
    for other, share in others:
        if other != text and share >= _LIKELY:
            best[other] = max(share, best.get(other, 0.0))
    return tuple(sorted(best.items(), key=lambda pair: -pair[1])[:_MOST_OTHERS])
