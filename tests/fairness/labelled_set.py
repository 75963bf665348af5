"""The labelled set as a whole, and its judgements."""

from functools import cache
from typing import Final

from fairness.by_person import written_forms
from fairness.generated import generated_forms
from fairness.judging import Judgement, judged
from fairness.labelled import Labelled

SET: Final = 1
"""Number of the set; raised when forms or labels are made anew, so that figures of two sets are not compared."""


@cache
def labelled_forms() -> tuple[Labelled, ...]:
    """All labelled forms: those a person wrote, then the generated ones."""
    return (*written_forms(), *generated_forms())


@cache
def judgements() -> tuple[Judgement, ...]:
    """All judgements on all forms."""
    return tuple(each for form in labelled_forms() for each in judged(form))
