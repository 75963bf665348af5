"""Where a filing stands, as the line of steps at the head of its pages."""

from dataclasses import dataclass
from typing import Final

from jixiao.office.doors.table import APPROVED, DRAFT, PUBLISHED, STATES, WITH_DEPARTMENT, WITH_FINANCE, WITH_HEAD
from jixiao.office.look.words import say

STATE_WORDS: Final = {
    DRAFT: ("填报中", "Being filled in"),
    WITH_HEAD: ("单位负责人", "Unit head"),
    WITH_DEPARTMENT: ("主管部门", "Department"),
    WITH_FINANCE: ("财政", "Finance"),
    APPROVED: ("已审定", "Approved"),
    PUBLISHED: ("已公开", "Published"),
}
"""What a state is called."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, whether it is past, whether the filing stands there."""

    words: str
    done: bool
    here: bool


def steps(state: str) -> list[Step]:
    """The six steps with the present one marked."""
    at = STATES.index(state)
    return [Step(say(*STATE_WORDS[one]), number < at, number == at) for number, one in enumerate(STATES)]
