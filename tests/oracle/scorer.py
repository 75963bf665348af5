"""A second scorer, in Decimal, written from the rules and from nothing else: what the first one is measured against.

Rules: 财预〔2020〕10号 (rate and score of execution, met or pro rata, three bands, caps, grades). Where it is silent,
what published forms do: two formulas live side by side for a bound that is exceeded, and full points without a bonus
for a target of = that is exceeded; a target of 0 is all or nothing; a score may be printed with fewer decimals. It
shares no code with the scorer and reads no book. Where a place says otherwise, `Law` says so, written from the table of
places (policy.md, section 2).
"""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Literal

from jixiao.form import Form, Indicator

CENT = Decimal("0.01")
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
PRECISE = Context(prec=120, rounding=ROUND_HALF_UP)
ACHIEVED = ("达成指标", "达成年度指标", "达成预期指标")
PARTLY = ("部分达成指标", "部分达成年度指标并具有一定效果", "部分达成预期指标并具有一定效果")
MISSED = ("未达成指标", "未达成年度指标且效果较差", "未达成预期指标且效果较差")
GOOD, FAIR = Decimal("0.8"), Decimal("0.6")
BANDS = {"achieved": (GOOD, ONE), "partly": (FAIR, GOOD), "missed": (ZERO, FAIR)}
DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
LABELS = {label: band for band, labels in zip(BANDS, (ACHIEVED, PARTLY, MISSED), strict=True) for label in labels}
GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (ZERO, "差"))
FACTORS = {
    "元": ("元", ONE), "千元": ("元", Decimal(1_000)), "万元": ("元", Decimal(10_000)), "亿元": ("元", Decimal(10**8)),
    "%": ("%", ONE), "百分比": ("%", ONE), "‰": ("%", Decimal("0.1")),
    "万次": ("次", Decimal(10_000)),
}  # fmt: skip


@dataclass(frozen=True)
class Law:
    """What a place sets otherwise than the ministry.

    Attributes:
        weight: points of execution where none are printed.
        base: the budget execution is measured by.
        places: decimals of a score.
        inverse: above an upper bound only target ÷ actual is lawful.
        middle: per cent of the points at which a partly achieved line begins.
        over: per cent of a target from which over-completion counts.
        deduction: what it costs.
        by_hand: whether its score is then a person's.
        caps: most of the total for rates below each bound, the lowest first.
        steps: share of the points of execution in per cent from each rate on, the best first.
        direct: what is not met has nothing.
        pass_mark: completion in per cent below which there is nothing.
    """

    weight: Decimal = Decimal(10)
    base: Literal["adjusted", "initial"] = "adjusted"
    places: int = 2
    inverse: bool = False
    middle: Decimal = Decimal("0.6")
    over: Decimal = Decimal(130)
    deduction: Decimal = ZERO
    by_hand: bool = False
    caps: tuple[tuple[Decimal, Decimal], ...] = ()
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    direct: bool = False
    pass_mark: Decimal = ZERO


MINISTRY = Law()


@dataclass(frozen=True)
class Worth:
    """What one line is worth.

    Attributes:
        exact: the points each lawful formula gives, unrounded, the first choice first; empty if none can be computed.
        weight: the points of the line.
        low, high: the band's ends of a qualitative line; both `None` for a number.
        floor, ceiling: the ends of the band before they are rounded.
        high_in: whether the upper end belongs to the band.
        places: decimals of a score.
        strict: only the score itself is lawful, to the cent.
        by_hand: any score up to the weight stands.
        closed: a claim that both formulas give stands under the later one, full points.
    """

    exact: tuple[Decimal, ...] = ()
    weight: Decimal = ZERO
    low: Decimal | None = None
    high: Decimal | None = None
    floor: Decimal = ZERO
    ceiling: Decimal = ZERO
    high_in: bool = False
    places: int = 2
    strict: bool = False
    by_hand: bool = False
    closed: bool = False

    @property
    def lawful(self) -> tuple[Decimal, ...]:
        """Each lawful score, rounded."""
        return tuple(dict.fromkeys(rounded(points, self.places) for points in self.exact))

    def stands(self, claimed: Decimal | None) -> Decimal | None:
        """The score that stands: of lawful ones the one claimed, else the first; in a band the nearest."""
        if self.low is not None and self.high is not None:
            return None if claimed is None else min(max(claimed, self.low), self.high)
        if self.by_hand and claimed is not None:
            return min(max(claimed, ZERO), self.weight)
        fitting = [points for points in self.exact if claimed is not None and self.fits(claimed, points)]
        chosen = [*(reversed(fitting) if self.closed else fitting), *self.exact][:1]
        return min(self.weight, rounded(chosen[0], self.places)) if chosen else None

    def agrees(self, claimed: Decimal | None) -> bool | None:
        """Whether what is claimed is lawful; `None` where nothing is claimed or nothing can be computed."""
        if claimed is None or self.stands(claimed) is None:
            return None
        if self.low is not None and self.high is not None:
            above = claimed >= min(self.low, self.floor)
            return above and (claimed < self.ceiling or claimed in self._last)
        if self.by_hand:
            return 0 <= claimed <= self.weight
        return any(self.fits(claimed, points) for points in self.exact)

    @property
    def _last(self) -> set[Decimal | None]:
        """The highest score of a band: its end, or what was rounded to there from within the band."""
        rounded_to = {self.high} if self.high != self.ceiling else set()
        return {self.high, self.ceiling} if self.high_in else rounded_to

    def fits(self, claimed: Decimal, points: Decimal) -> bool:
        """A claim fits if it is right but for its last place: within a cent, or rounded to the decimals it prints."""
        if not 0 <= claimed <= self.weight:
            return False
        if self.strict:
            return claimed == rounded(points, self.places)
        exponent = claimed.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        if places < 2 and claimed == points.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=PRECISE):
            return True
        return claimed == rounded(points, self.places) or abs(PRECISE.subtract(claimed, points)) < CENT


def rounded(number: Decimal, places: int = 2) -> Decimal:
    """To the cent, or to fewer decimals, half up, once."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=PRECISE)


def execution(form: Form, law: Law = MINISTRY) -> Worth:
    """预算执行: executed over budget times the points, within 0 and them; no budget, no points."""
    weight, row = execution_weight(form, law), form.funds.total
    budget = row.adjusted if law.base == "adjusted" else row.initial
    if weight is None:
        return Worth()
    if weight == 0 or budget == 0:
        return Worth((ZERO,), weight, places=law.places)
    if budget is None or row.executed is None or budget < 0:
        return Worth()
    if law.steps:
        share = next((share for rate, share in law.steps if row.executed * HUNDRED >= rate * budget), ZERO)
        return Worth((_share(weight, share, HUNDRED),), weight, places=law.places)
    return Worth((_share(weight, row.executed, budget),), weight, places=law.places)


def execution_weight(form: Form, law: Law = MINISTRY) -> Decimal | None:
    """The points printed, or those of the place where they are missing from 100; none where the others make 100."""
    if form.execution.weight is not None:
        return form.execution.weight
    others = sum((item.weight for item in form.indicators if item.weight is not None), ZERO)
    if others + law.weight == HUNDRED:
        return law.weight
    return ZERO if others == HUNDRED and form.execution.score is None else None


def line(indicator: Indicator, law: Law = MINISTRY) -> Worth:
    """One indicator: by number where target and actual are numbers, by label where they are not."""
    weight, operator = indicator.weight, indicator.target.operator
    if weight is None or operator is None:
        return Worth()
    if operator == "before" and (day := DAY.fullmatch(indicator.actual.text)):
        return _dated(weight, indicator.target.value, day)
    if operator in ("qualitative", "before"):
        return banded(weight, indicator.actual.text, law)
    actual, bounds = _comparable(indicator)
    if actual is None or not bounds:
        return Worth()
    worth = Worth(tuple(_lawful(operator, weight, actual, bounds, law)), weight, places=law.places, closed=law.inverse)
    if operator in ("≥", ">") and bounds[0] > 0 and actual * HUNDRED >= bounds[0] * law.over:
        return _over_completed(worth, law)
    return worth


def _over_completed(worth: Worth, law: Law) -> Worth:
    if law.by_hand:
        return replace(worth, by_hand=True)
    if not law.deduction:
        return worth
    left = max(ZERO, rounded(worth.weight, law.places) - law.deduction)
    return replace(worth, exact=(min(left, worth.weight),), strict=True)


def total(form: Form, law: Law = MINISTRY) -> Decimal | None:
    """The sum of what stands on each line, at most its cap; `None` with no line or one that cannot be computed.

    Rows without points and score stand under a scored row (其中) and are left out where the others make the 100.
    """
    scores = [score for score, counts in zip(standing(form, law), _counting(form, law), strict=True) if counts]
    return _capped(_sum(scores), form, law) if len(scores) > 1 else None


def standing(form: Form, law: Law = MINISTRY) -> list[Decimal | None]:
    """The score that stands on each line, execution first."""
    lines = [line(indicator, law).stands(indicator.score) for indicator in form.indicators]
    return [execution(form, law).stands(form.execution.score), *lines]


def low(form: Form, law: Law = MINISTRY) -> Decimal | None:
    """The total with each qualitative line at the lower end of its band."""
    if total(form, law) is None:
        return None
    ends = [None, *(line(indicator, law).low for indicator in form.indicators)]
    lines = zip(ends, standing(form, law), _counting(form, law), strict=True)
    return _capped(_sum([score if end is None else end for end, score, counts in lines if counts]), form, law)


def _capped(points: Decimal | None, form: Form, law: Law) -> Decimal | None:
    """A total under the caps of a place; without an amount there is none, a budget of 0 has no rate and no cap."""
    row = form.funds.total
    budget = row.adjusted if law.base == "adjusted" else row.initial
    if not law.caps or points is None:
        return points
    if budget is None or row.executed is None:
        return None
    spent = row.executed * HUNDRED
    caps = [most for rate, most in law.caps if budget > 0 and 0 <= spent < rate * budget]
    return min([points, *caps[:1]])


def _counting(form: Form, law: Law) -> list[bool]:
    """Which lines count, execution first: all, unless those with points or a score make the full 100."""
    printed = [item.weight is not None or item.score is not None for item in form.indicators]
    points = [item.weight or ZERO for item in form.indicators] + [execution_weight(form, law) or ZERO]
    return [True, *printed] if sum(points, ZERO) == HUNDRED else [True] * (len(printed) + 1)


def grade(points: Decimal | None) -> str | None:
    """优 from 90, 良 from 80, 中 from 60, 差 below."""
    return None if points is None else next(name for floor, name in GRADES if points >= floor)


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    with localcontext(PRECISE):
        return sum(known, ZERO) if len(known) == len(values) else None


def banded(weight: Decimal, label: str, law: Law = MINISTRY) -> Worth:
    """A line of words: the ends of the band of its label."""
    if label not in LABELS:
        return Worth()
    ends = BANDS[LABELS[label]]
    floor, ceiling = (law.middle if end == FAIR else end for end in ends)
    with localcontext(PRECISE):
        low_end, high_end = (min(weight, rounded(weight * end, law.places)) for end in (floor, ceiling))
        exact = weight * floor, weight * ceiling
    return Worth((), weight, low_end, high_end, *exact, high_in=ceiling == ONE)


def _dated(weight: Decimal, due: object, day: re.Match[str]) -> Worth:
    """A deadline that was kept has full points; what a late day is worth is for a person to say."""
    done = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return Worth((weight,), weight) if isinstance(due, str) and done[: len(due)] <= due else Worth()


def _comparable(indicator: Indicator) -> tuple[Decimal | None, list[Decimal]]:
    target, actual = indicator.target, indicator.actual
    if actual.value is None:
        return None, []
    base, factor = FACTORS.get(target.unit, (target.unit, ONE))
    other, other_factor = FACTORS.get(actual.unit, (actual.unit, ONE))
    printed = [Decimal(value) for value in (target.value if isinstance(target.value, tuple) else [target.value or "0"])]
    if base != other:
        return None, []
    with localcontext(PRECISE):
        return actual.value * other_factor, [bound * factor for bound in printed]


def _lawful(operator: str, weight: Decimal, actual: Decimal, bounds: list[Decimal], law: Law) -> list[Decimal]:
    if _met(operator, actual, bounds):
        return [weight]
    bound = bounds[-1] if actual > bounds[-1] else bounds[0]
    if bound <= 0 or law.direct:
        return [ZERO]
    if operator in ("≥", ">") or actual < bound:
        return [ZERO if actual * HUNDRED < bound * law.pass_mark else _share(weight, actual, bound)]
    with localcontext(PRECISE):
        both = [_share(weight, bound, actual), _share(weight, bound + bound - actual, bound)]
    if law.inverse:
        both = both[:1]
    return [*both, weight] if operator == "=" else both


def _met(operator: str, actual: Decimal, bounds: list[Decimal]) -> bool:
    bound = bounds[0]
    if operator == "range":
        return bound <= actual <= bounds[1]
    if operator == "=" and bound == 0:
        return actual <= 0
    return {
        "≥": actual >= bound,
        ">": actual > bound,
        "=": actual == bound,
        "<": actual < bound,
        "≤": actual <= bound,
    }[operator]


def _share(weight: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Points in proportion, within 0 and the weight."""
    if part <= 0:
        return ZERO
    if part >= whole:
        return weight
    with localcontext(PRECISE):
        return weight * part / whole
