"""The score sheet: what a form claims, what the rulebook computes, and how, line by line."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from jixiao.scoring.evidence import Item

Evidence = Literal["text-seen", "practice", "recalled", "changed"]


class Text(Struct, frozen=True):
    """A sentence for people in 中文 and English."""

    zh: str
    en: str


class Clause(Struct, frozen=True):
    """The source of a rule: document, article, and how well it is evidenced."""

    document: str
    article: str
    evidence: Evidence


class Step(Struct, frozen=True):
    """One step of a derivation: a named value with the numbers it was made of, and its clause.

    Attributes:
        entry: id of the rulebook's entry behind it, as `jixiao explain` takes it ("rate", "reading.below").
    """

    zh: str
    en: str
    clause: Clause | None = None
    entry: str = ""


class Line(Struct, frozen=True):
    """One scored line.

    Attributes:
        pointer: "/execution" or "/indicators/0".
        claimed: 自评得分, `None` where none is printed.
        computed: the score under the rulebook; of a qualitative line the claimed score when it lies in the band of its
            label, otherwise the nearest end of the band; `None` when it cannot be computed.
        low: lower end of the band of a qualitative line; `None` for a number.
        high: upper end of that band.
        agrees: whether claimed and computed agree; `None` when that cannot be decided.
        formula: which formula computed it (of several lawful ones, the one that matches), in 中文 and English.
        steps: the derivation.
        needs: JSON pointers of the fields that are missing, when `computed` is `None`.
        reason: why a printed result cannot be scored, where nothing is missing; `None` otherwise.
    """

    pointer: str
    claimed: Decimal | None
    computed: Decimal | None
    low: Decimal | None
    high: Decimal | None
    agrees: bool | None
    formula: Text
    steps: tuple[Step, ...]
    needs: tuple[str, ...] = ()
    reason: Text | None = None


class Supported(Struct, frozen=True):
    """The second total 有据: what is left of the recomputed one where only evidenced lines count.

    It has no grade: no rule grades what evidence bears out so far.

    Attributes:
        score: the recomputed scores of the lines that have evidence, never above the recomputed total; `None` where an
            evidenced line cannot be computed.
        lines: pointers of the lines that have evidence.
        unsupported: pointers of the scored lines that have none.
        evidence: every piece, in the order it was given.
        steps: the derivation.
    """

    score: Decimal | None
    lines: tuple[str, ...]
    unsupported: tuple[str, ...]
    evidence: tuple[Item, ...]
    steps: tuple[Step, ...] = ()


class ScoreSheet(Struct, frozen=True):
    """A form scored under a rulebook.

    Attributes:
        rulebook: id of the book; with `on`, the day for which it was in force, and the book's fingerprint.
        claimed_score, claimed_grade: 自评 total and grade as printed.
        score: the recomputed total, `None` when a line cannot be computed.
        low: the total with every qualitative line at the lower end of its band; `None` when `score` is, and where the
            points of a qualitative line are printed nowhere.
        grade: the grade of `score`.
        lines: execution first, then the indicators in order.
        steps: the derivation of rate, total, caps and grade.
        needs: JSON pointers of the fields that are missing, when `score` is `None`.
        supported: the total that the attached evidence bears out; `None` where nobody was asked for evidence.
        unscored: why there is no score, where the form is of a kind that is not scored; `None` otherwise.
    """

    rulebook: str
    on: str
    fingerprint: str
    claimed_score: Decimal | None
    claimed_grade: str | None
    score: Decimal | None
    low: Decimal | None
    grade: str | None
    lines: tuple[Line, ...]
    steps: tuple[Step, ...] = ()
    needs: tuple[str, ...] = ()
    supported: Supported | None = None
    unscored: Text | None = None
