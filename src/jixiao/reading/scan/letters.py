"""From a recogniser's numbers to letters: greedy decoding of its classes over the columns of a strip (CTC)."""

from typing import NamedTuple

import numpy as np

from jixiao.reading.scan.engines import Batch

_STEP = 8
"""Pixels of a strip that one column of the answer stands for."""
_RIVAL = 0.004
_MOST_RIVALS = 3


class Letter(NamedTuple):
    """A letter read.

    Attributes:
        text: the letter.
        share: the model's probability of it, 0 to 1.
        start, end: the columns of the strip as the model saw it.
        rivals: what else it may be, with the model's probabilities; "" means that there may be no letter.
    """

    text: str
    share: float
    start: int
    end: int
    rivals: tuple[tuple[str, float], ...]


class Reading(NamedTuple):
    """A strip read.

    Attributes:
        letters: from left to right.
        missed: the highest probability of a letter where none was read.
    """

    letters: tuple[Letter, ...]
    missed: float

    @property
    def text(self) -> str:
        """The letters as the model gives them."""
        return "".join(letter.text for letter in self.letters)

    @property
    def least(self) -> float:
        """The probability of the least sure letter, a missed one included; 0 where nothing was read."""
        return min((letter.share for letter in self.letters), default=0.0) * (1 - self.missed)


def decode(answer: Batch, classes: tuple[str, ...]) -> Reading:
    """The letters of one strip.

    Args:
        answer: for each column of the strip the probability of each class.
        classes: the letter of each class; the first is the blank between letters.
    """
    best = answer.argmax(axis=1)
    shares = answer[np.arange(len(best)), best]
    letters: list[Letter] = []
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
        if best[start]:
            peak = start + int(shares[start:end].argmax())
            rivals = _rivals(answer[peak], int(best[peak]), classes)
            letters.append(
                Letter(classes[best[peak]], float(shares[peak]), int(start) * _STEP, int(end) * _STEP, rivals)
            )
    return Reading(tuple(letters), _missed(answer, best))


def _rivals(column: Batch, chosen: int, classes: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    if column[chosen] > 1 - _RIVAL:
        return ()
    likely = np.flatnonzero(column > _RIVAL)
    likely = likely[np.argsort(-column[likely])][: _MOST_RIVALS + 1]
    return tuple((classes[index], float(column[index])) for index in likely if index != chosen)[:_MOST_RIVALS]


def _missed(answer: Batch, best: Batch) -> float:
    """How likely a letter stands where the blank won: beside a letter its own edge does not count."""
    blank = np.flatnonzero(best == 0)
    doubtful = blank[answer[blank, 0] < 1 - 0.02]
    highest = 0.0
    for at in doubtful:
        rival = int(answer[at, 1:].argmax()) + 1
        if rival not in best[max(at - 1, 0) : at + 2]:
            highest = max(highest, float(answer[at, rival]))
    return highest
