"""What a check answers: findings are values, in three families that never mix."""

from typing import Literal

from msgspec import Struct

from jixiao.form import Place
from jixiao.scoring.sheet import Clause, Text

Family = Literal["arithmetic", "clause", "doubt"]
Severity = Literal["error", "warning", "info"]


class Finding(Struct, frozen=True):
    """疑点: where, what was read, what was expected, what to do; a question with evidence, without markup.

    Attributes:
        code: "JX204"; never used twice.
        name: the fault in one word, "budget_cut_targets_unchanged".
        family: arithmetic (the form contradicts itself), clause (a dated rule is not met), doubt (a question).
        severity: error, warning or info.
        pointer: JSON pointer of the field the finding is about.
        places: where that field was read.
        read: what was read.
        expected: what was expected, or what would answer the question.
        ask: the question or demand, in 中文 and English.
        clause: the rule it rests on; `None` for arithmetic and for a doubt that rests on none.
        trial: whether the check that asks is on trial: not yet, or not well enough, measured.
    """

    code: str
    name: str
    family: Family
    severity: Severity
    pointer: str
    places: tuple[Place, ...]
    read: Text
    expected: Text
    ask: Text
    clause: Clause | None = None
    trial: bool = False


class Undecided(Struct, frozen=True):
    """A check that could not decide, and what it would need."""

    code: str
    pointer: str
    needs: Text


class Review(Struct, frozen=True):
    """All findings of one form, and the checks that could not decide."""

    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
