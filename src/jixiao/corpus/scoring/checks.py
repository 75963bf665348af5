"""Which checks a corpus is asked: all, or those that read no free text."""

from collections.abc import Sequence
from typing import Final, Literal

from jixiao.language.columns.frames import inputs_of
from jixiao.language.ir import reachable
from jixiao.review import Reviewer
from jixiao.review.compiled import APPLIES

Asked = Literal["numeric", "all"]
KINDS: Final = frozenset({"i.operator", "i.band", "i.level1", "i.level2", "f.grade", "f.grade_letter"})
"""Texts of a few kinds, which are as good as numbers."""


def codes_of(reviewer: Reviewer, asked: Asked) -> Sequence[str]:
    """The codes of the checks that are asked, those on trial too.

    Numeric ones read numbers, truths, texts of a few kinds, and of other texts only whether they say anything: all of
    that stands in columns that are no texts to be read.
    """
    return [code for code in reviewer.checks if asked == "all" or not _free_texts(reviewer, code)]


def _free_texts(reviewer: Reviewer, code: str) -> set[str]:
    names = [code, code + APPLIES] if reviewer.checks[code].applies else [code]
    outputs = reviewer.scorer.program.outputs(names).values()
    inputs = inputs_of(reachable(outputs), outputs)
    texts = {name for name, node in inputs.nodes.items() if node.type == "text"}
    return texts - inputs.asked_whether_blank - KINDS
