"""A derivation is the trace: it ends with the number it derives, in both languages."""

import re
from itertools import islice

from oracle.adversary import forms
from oracle.scoring import scored

MANY = 400
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_derivation_ends_with_its_score() -> None:
    """The last step of every line that has a score ends with that score, in 中文 and in English."""
    lines = [line for form in islice(forms(MANY), MANY) for line in scored(form).lines if line.computed is not None]
    short = [line for line in lines if not line.steps]
    wrong = [line for line in lines if line.steps and not _ends(line.steps[-1].zh, str(line.computed))]
    mute = [line for line in lines if line.steps and not _ends(line.steps[-1].en, str(line.computed))]
    assert (short, wrong, mute) == ([], [], [])
    assert len(lines) > MANY


def test_every_total_is_derived() -> None:
    """One of the steps of a total ends with it."""
    sheets = [sheet for form in islice(forms(MANY), MANY) if (sheet := scored(form)).score is not None]
    assert [sheet for sheet in sheets if not any(_ends(step.en, str(sheet.score)) for step in sheet.steps)] == []
    assert len(sheets) > MANY // 2


def test_english_steps_are_english() -> None:
    """No step told in English holds a word of Chinese."""
    told = [step.en for form in islice(forms(MANY), MANY) for line in scored(form).lines for step in line.steps]
    assert [step for step in told if CHINESE.search(step)] == []


def _ends(step: str, number: str) -> bool:
    """Whether a step says "= number" last, or before the reason why that branch was taken."""
    return f"= {number}" in (step[-len(number) - 2 :], re.split("，因为 |, because ", step)[0][-len(number) - 2 :])
