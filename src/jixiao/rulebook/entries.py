"""The entries of a rulebook 规则集: dated values, tables and rule texts, each with clause, source and evidence."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Written = Literal["text-seen", "practice", "recalled"]
"""What a book's file may say of its evidence."""

Evidence = Literal["text-seen", "practice", "recalled", "changed"]
"""The same, and `changed`: a person tries another value; no law says it."""

Scalar = Decimal | bool | str
BandCode = str


class Provenance(Struct, frozen=True):
    """Where a value comes from: the clause, where it was read, and how good that evidence is.

    Attributes:
        document: the rule's document, with its number.
        article: article or place in it.
        source: where we read it.
        evidence: `text-seen` (the rule's own text), `practice` (forms and systems), `recalled` (known to the trade,
            its text not at hand), `changed` (no law: set by the user to see what would follow).
    """

    document: str
    article: str
    source: str
    evidence: Evidence


class Value(Struct, frozen=True):
    """A parameter, p.<name> in rule texts, in force since a day.

    Attributes:
        one_of: the texts it may be; empty where any.
        low, high: the ends (both in) of what a number may be; `None` where any.
    """

    name: str
    value: Scalar
    zh: str
    en: str
    since: str
    clause: Provenance
    one_of: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None


class Section(Struct, frozen=True):
    """The points of the lines under some first-level headings 一级指标."""

    zh: str
    en: str
    points: Decimal
    level1: tuple[str, ...]


class Profile(Struct, frozen=True):
    """First-level points of one case 权重: execution and sections; they sum to 100.

    Attributes:
        execution: points of execution; 0 where it is a line among the indicators.
        cost, output, benefit, satisfaction: points of the ministry's four sections; 0 where the book has others.
        sections: every section with its points and headings.
    """

    name: str
    zh: str
    en: str
    execution: Decimal
    cost: Decimal
    output: Decimal
    benefit: Decimal
    satisfaction: Decimal
    clause: Provenance
    sections: tuple[Section, ...] = ()


class Band(Struct, frozen=True):
    """A band of a qualitative indicator in per cent of its points.

    Attributes:
        code: its name in rule texts and labels; achieved, partly, missed, or one of the book's own.
        low, high: its ends.
        high_in: whether the upper end belongs to it.
        silent: the rule has the word but says nothing of its points; such a band lies over others.
    """

    code: BandCode
    zh: str
    en: str
    low: Decimal
    high: Decimal
    high_in: bool
    clause: Provenance
    silent: bool = False


class Labels(Struct, frozen=True):
    """Words that put a qualitative result in a band: as the whole text, or standing in it."""

    band: BandCode
    whole: tuple[str, ...]
    within: tuple[str, ...]
    clause: Provenance


class Grade(Struct, frozen=True):
    """A grade 评分等级 for totals from `low` (in) to `high` (in where `high_in`)."""

    name: str
    en: str
    low: Decimal
    high: Decimal
    high_in: bool
    clause: Provenance


class Cap(Struct, frozen=True):
    """The most a total may be where the execution rate (per cent) is from `rate_from` (in) to `rate_to` (out)."""

    rate_from: Decimal
    rate_to: Decimal
    at_most: Decimal
    clause: Provenance


class ExecutionStep(Struct, frozen=True):
    """The share of the points of execution (%) from rate `rate_from` (in) to `rate_to` (out, but in the last)."""

    rate_from: Decimal
    rate_to: Decimal
    share: Decimal
    clause: Provenance


class Let(Struct, frozen=True):
    """A named value: its rule text, its names for people, its clause."""

    name: str
    text: str
    zh: str
    en: str
    clause: Provenance


class Reading(Struct, frozen=True):
    """A lawful way to score a line 计分方法, named where it was used; {name} in its words is that named value's."""

    code: str
    zh: str
    en: str
    clause: Provenance


class Steps(Struct, frozen=True):
    """Which named values the derivation of execution, a line, the total, its supported part tells, in order.

    The steps of `by_reading` rest on the clause of the reading that scored the line, not on their own; those of
    `unweighted` are told of the lines of a form without a column of points.
    """

    execution: tuple[str, ...]
    line: tuple[str, ...]
    total: tuple[str, ...]
    by_reading: tuple[str, ...] = ()
    unweighted: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()


class Golden(Struct, frozen=True):
    """A worked case inside the book; run as a test. Numbers are digit strings, "" where nothing is printed.

    Attributes:
        title: what it shows.
        execution: adjusted, executed (元), points, claimed score.
        indicators: 年度指标值, 实际完成值, points, claimed score, a row each.
        lines: computed scores, execution first; "" where it cannot be computed.
        agrees: "yes", "no" or "" (cannot be decided), a line each.
        total: computed total.
        low: computed low total.
        grade: grade of the total.
        fiscal_year: year of the form.
        initial: 年初预算数 (元); where left out, the adjusted budget; "" for an empty cell.
        levels: 一级指标 of each indicator, or 一级指标/二级指标; where left out, none.
        declared: points printed in headings.
    """

    title: str
    execution: tuple[str, str, str, str]
    lines: tuple[str, ...]
    agrees: tuple[str, ...]
    indicators: tuple[tuple[str, str, str, str], ...] = ()
    total: str = ""
    low: str = ""
    grade: str = ""
    fiscal_year: int = 2024
    initial: str | None = None
    levels: tuple[str, ...] = ()
    declared: dict[str, str] = {}
