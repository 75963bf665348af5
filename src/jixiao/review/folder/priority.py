"""Which form to open first, and why: a rank made of named parts, every part told in words.

A form with an open arithmetic finding comes before one with none; then one with an open clause finding; then doubts;
then the rest. Within such a step the weight decides: the sum of what its open findings weigh (severity × share of right
questions; further findings of the same check count a part), times a factor of the money at stake, of the points at
stake, and of the trust of the reading. Then money, then the gap between claim and low end, then the form's digest.
"""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import msgspec
from msgspec import Struct

from jixiao.form import plain
from jixiao.review.folder.brief import Brief
from jixiao.review.page import Check
from jixiao.review.rounding import half_up
from jixiao.review.verdict import Family
from jixiao.scoring.sheet import Text

STEPS: Final[tuple[Family, ...]] = ("arithmetic", "clause", "doubt")
_FAMILY: Final = {
    "arithmetic": Text("算术", "arithmetic"),
    "clause": Text("条款", "clause"),
    "doubt": Text("疑问", "doubt"),
}
_MOST_NAMED: Final = 3


class WeightsRefused(Exception):
    """The file of weights is not of its format: which key, and what was expected."""


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """From this value on, this factor."""

    start: Fraction
    factor: Fraction


class Weights(Struct, frozen=True):
    """What the parts of a rank weigh; see priority.toml.

    Attributes:
        severity: severity of a check → what a finding of it weighs.
        again: what each further finding of the same check on a form counts.
        right: family → share of right questions, where a check has no figures of its own.
        money: bands of the money at stake, in 元.
        points: what the points at stake are divided by.
        trust: bands of the lowest confidence.
        base: what every form weighs when samples are drawn.
    """

    severity: Mapping[str, Fraction]
    again: Fraction
    right: Mapping[str, Fraction]
    money: tuple[Band, ...]
    points: Fraction
    trust: tuple[Band, ...]
    base: Fraction


class Rank(Struct, frozen=True):
    """Where a form stands and why.

    Attributes:
        step: 0 with an open arithmetic finding, 1 with one of clause, 2 of doubt, 3 with none.
        concern: what the open findings weigh.
        money, points, trust: the three factors.
        weight: their product.
    """

    step: int
    concern: Fraction
    money: Fraction
    points: Fraction
    trust: Fraction

    @property
    def weight(self) -> Fraction:
        """What decides within the step."""
        return self.concern * self.money * self.points * self.trust


def load_weights(text: str) -> Weights:
    """The weights of a TOML text.

    Raises:
        WeightsRefused: it is no TOML, a key is missing or unknown, or a value is no number from 0 on.
    """
    try:
        page = msgspec.convert(tomllib.loads(text, parse_float=Decimal), _Page)
        return Weights(
            severity=_fractions(page.severity),
            again=_fraction(page.again["part"]),
            right=_fractions(page.right),
            money=_bands(page.money),
            points=_divisor(page.points["whole"]),
            trust=_bands(page.trust),
            base=_fraction(page.sampling["base"]),
        )
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, KeyError, ValueError, ZeroDivisionError) as fault:
        raise WeightsRefused(f"排序权数 weights of the ranking: {fault}") from fault


class _Page(Struct, forbid_unknown_fields=True):
    severity: dict[str, str]
    again: dict[str, str]
    right: dict[str, str]
    money: list[dict[str, str]]
    points: dict[str, str]
    trust: list[dict[str, str]]
    sampling: dict[str, str]


def rank_of(brief: Brief, checks: Mapping[str, Check], weights: Weights, measured: Mapping[str, Fraction]) -> Rank:
    """Where a form stands.

    Args:
        brief: the form.
        checks: the checks by code.
        weights: what the parts weigh.
        measured: code → share of right questions, of the checks that have figures.
    """
    families = {checks[code].family for code in brief.asked}
    return Rank(
        step=next((step for step, family in enumerate(STEPS) if family in families), len(STEPS)),
        concern=sum((_concern(checks[code], n, weights, measured) for code, n in brief.asked.items()), Fraction(0)),
        money=_factor(weights.money, Fraction(brief.money.greatest)),
        points=1 + Fraction(brief.points) / weights.points,
        trust=_factor(weights.trust, Fraction(brief.trust)),
    )


def ranked(briefs: Sequence[Brief], ranks: Sequence[Rank]) -> list[int]:
    """The places of the forms in the order in which to open them: a total order, whatever order they come in."""

    def order(at: int) -> tuple[int, Fraction, Decimal, Decimal, tuple[str, str, int]]:
        brief, rank = briefs[at], ranks[at]
        return rank.step, -rank.weight, -brief.money.greatest, -gap_of(brief), brief.identity

    return sorted(range(len(briefs)), key=order)


def gap_of(brief: Brief) -> Decimal:
    """How far the claim lies above the low end; 0 where one is missing."""
    return Decimal(0) if brief.claimed is None or brief.low is None else brief.claimed - brief.low


def reasons(brief: Brief, rank: Rank, checks: Mapping[str, Check]) -> tuple[Text, ...]:
    """Why a form stands where it stands, in sentences: the families, then every factor with what it was made of."""
    told = [_family_told(brief, family, checks) for family in STEPS]
    sentences = [text for text in told if text is not None] or [
        Text("没有待答的疑点", "no open finding"),
    ]
    if rank.step < len(STEPS):
        sentences += _factors_told(brief, rank)
    if brief.waived:
        count = sum(brief.waived.values())
        sentences.append(Text(f"另有 {count} 处已说明，不计入", f"{count} more are waived and not counted"))
    return tuple(sentences)


def _family_told(brief: Brief, family: Family, checks: Mapping[str, Check]) -> Text | None:
    mine = {code: count for code, count in brief.asked.items() if checks[code].family == family}
    if not mine:
        return None
    named = sorted(mine, key=lambda code: (-mine[code], code))[:_MOST_NAMED]
    more = len(mine) - len(named)
    zh = "、".join(checks[code].title.zh for code in named) + (f"等 {len(mine)} 项" if more else "")
    en = ", ".join(checks[code].title.en for code in named) + (f" and {more} more checks" if more else "")
    count, name = sum(mine.values()), _FAMILY[family]
    return Text(f"{name.zh} {count} 处：{zh}", f"{count} of {name.en}: {en}")


def _factors_told(brief: Brief, rank: Rank) -> list[Text]:
    money, points = f"{brief.money.greatest:,f}", plain(brief.points)
    sure = f"{_digits(Fraction(brief.trust) * 100)}%"
    weight = _digits(rank.weight)
    by_money, by_points, by_trust = (_digits(factor) for factor in (rank.money, rank.points, rank.trust))
    return [
        Text(f"疑点分量 {_digits(rank.concern)}", f"the findings weigh {_digits(rank.concern)}"),
        Text(f"涉及资金 {money} 元，乘 {by_money}", f"money at stake {money} yuan, times {by_money}"),
        Text(f"涉及分值 {points} 分，乘 {by_points}", f"points at stake {points}, times {by_points}"),
        Text(f"读取把握 {sure}，乘 {by_trust}", f"trust of the reading {sure}, times {by_trust}"),
        Text(f"合计 {weight}", f"in all {weight}"),
    ]  # fmt: skip


def _digits(value: Fraction) -> str:
    """A weight as shown: two decimals, half up."""
    return plain(half_up(value))


def _concern(check: Check, count: int, weights: Weights, measured: Mapping[str, Fraction]) -> Fraction:
    right = measured.get(check.code, weights.right[check.family])
    return weights.severity[check.severity] * right * (1 + weights.again * (count - 1))


def _factor(bands: Sequence[Band], value: Fraction) -> Fraction:
    return next((band.factor for band in bands if value >= band.start), Fraction(1))


def _bands(given: Sequence[Mapping[str, str]]) -> tuple[Band, ...]:
    """The bands, the highest first."""
    bands = [Band(_fraction(band["from"]), _fraction(band["factor"])) for band in given]
    return tuple(sorted(bands, key=lambda band: band.start, reverse=True))


def _fractions(given: Mapping[str, str]) -> dict[str, Fraction]:
    return {name: _fraction(value) for name, value in given.items()}


def _divisor(text: str) -> Fraction:
    value = _fraction(text)
    if not value:
        raise ValueError(f"{text}: above 0")
    return value


def _fraction(text: Any) -> Fraction:
    value = Fraction(text)
    if value < 0:
        raise ValueError(f"{text}: from 0 on")
    return value
