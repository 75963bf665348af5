"""Where a filing stands, as the line of steps at the head of its pages."""

from dataclasses import dataclass

from jixiao.office.doors.states import STEPS
from jixiao.office.look.words import told


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, whether it is past, whether the filing stands there."""

    words: str
    done: bool
    here: bool


def steps(state: str) -> list[Step]:
    """The six steps with the present one marked."""
    at = list(STEPS).index(state)
    return [Step(told(words), number < at, number == at) for number, words in enumerate(STEPS.values())]
