"""Events are shown in words: every act that the office records has them, and every room of acts a heading."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jixiao.office.journal.words import ACTS, ROOMS

OFFICE: Final = Path(__file__).parents[3] / "src" / "jixiao" / "office"
ACT: Final = re.compile(r"[a-z]+\.[a-z_]+")
NOT_ACTS: Final = {"accounts.guessing", "people.invitation"}
"""Names of a signal and of sealed tokens."""


def recorded() -> Iterator[str]:
    """What looks like an act in the sources that record events."""
    for file in OFFICE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "journal.record import" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACT.fullmatch(node.value):
                    yield node.value


def test_every_act_recorded_is_shown_in_words() -> None:
    """No page of the journal shows a code to people."""
    acts = set(recorded()) - NOT_ACTS
    assert len(acts) > 60
    assert acts - ACTS.keys() == set()


def test_every_act_belongs_to_a_room_that_can_be_chosen() -> None:
    """The filter of the page offers the first part of every act."""
    assert {act.partition(".")[0] for act in ACTS} == ROOMS.keys()
