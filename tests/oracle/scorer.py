"""A second scorer, in Decimal, written from the rules and from nothing else: what the first one is measured against.

Rules: 财预〔2020〕10号 (rate and score of execution, met or pro rata, three bands, caps, grades). Where it is silent,
what published forms do: two formulas live side by side for a bound that is exceeded, and full points without a bonus
for a target of = that is exceeded; a target of 0 is all or nothing; a score may be printed with fewer decimals. It
shares no code with the scorer and reads no book.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

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
class Worth:
    """What one line is worth.

    Attributes:
        exact: the points each lawful formula gives, unrounded, the first choice first; empty if none can be computed.
        weight: the points of the line.
        low, high: the band's ends of a qualitative line; both `None` for a number.
        high_in: whether the upper end belongs to the band.
    """

    exact: tuple[Decimal, ...] = ()
    weight: Decimal = ZERO
    low: Decimal | None = None
    high: Decimal | None = None
    high_in: bool = False

    @property
    def lawful(self) -> tuple[Decimal, ...]:
        """Each lawful score, rounded."""
        return tuple(dict.fromkeys(rounded(points) for points in self.exact))

    def stands(self, claimed: Decimal | None) -> Decimal | None:
        """The score that stands: of lawful ones the one claimed, else the first; in a band the nearest."""
        if self.low is not None and self.high is not None:
            return None if claimed is None else min(max(claimed, self.low), self.high)
        fitting = [points for points in self.exact if claimed is not None and self.fits(claimed, points)]
        chosen = [*fitting, *self.exact][:1]
        return rounded(chosen[0]) if chosen else None

    def agrees(self, claimed: Decimal | None) -> bool | None:
        """Whether what is claimed is lawful; `None` where nothing is claimed or nothing can be computed."""
        if claimed is None or self.stands(claimed) is None:
            return None
        if self.low is not None and self.high is not None:
            return self.low <= claimed < self.high or (claimed == self.high and self.high_in)
        return any(self.fits(claimed, points) for points in self.exact)

    def fits(self, claimed: Decimal, points: Decimal) -> bool:
        """A claim fits if it is right but for its last place: within a cent, or rounded to the decimals it prints."""
        if not 0 <= claimed <= self.weight:
            return False
        exponent = claimed.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        if places < 2 and claimed == points.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=PRECISE):
            return True
        return claimed == rounded(points) or abs(PRECISE.subtract(claimed, points)) < CENT


def rounded(number: Decimal) -> Decimal:
    """To the cent, half up, once."""
    return number.quantize(CENT, ROUND_HALF_UP, context=PRECISE)


def execution(form: Form) -> Worth:
    """预算执行: executed over adjusted budget times the points, within 0 and them; no budget, no points."""
    weight, row = execution_weight(form), form.funds.total
    if weight is None:
        return Worth()
    if weight == 0 or row.adjusted == 0:
        return Worth((ZERO,), weight)
    if row.adjusted is None or row.executed is None or row.adjusted < 0:
        return Worth()
    return Worth((_share(weight, row.executed, row.adjusted),), weight)


def execution_weight(form: Form) -> Decimal | None:
    """The points printed, or the 10 that are missing from 100; none where the others make 100 and none are claimed."""
    if form.execution.weight is not None:
        return form.execution.weight
    others = sum((item.weight for item in form.indicators if item.weight is not None), ZERO)
    if others == 90:
        return Decimal(10)
    return ZERO if others == HUNDRED and form.execution.score is None else None


def line(indicator: Indicator) -> Worth:
    """One indicator: by number where target and actual are numbers, by label where they are not."""
    weight, operator = indicator.weight, indicator.target.operator
    if weight is None or operator is None:
        return Worth()
    if operator == "before" and (day := DAY.fullmatch(indicator.actual.text)):
        return _dated(weight, indicator.target.value, day)
    if operator in ("qualitative", "before"):
        return banded(weight, indicator.actual.text)
    actual, bounds = _comparable(indicator)
    if actual is None or not bounds:
        return Worth()
    return Worth(tuple(_lawful(operator, weight, actual, bounds)), weight)


def total(form: Form) -> Decimal | None:
    """The sum of what stands on each line; `None` when there is no line or one cannot be computed.

    Rows without points and score stand under a scored row (其中) and are left out where the others make the 100.
    """
    scores = [score for score, counts in zip(standing(form), _counting(form), strict=True) if counts]
    return _sum(scores) if len(scores) > 1 else None


def standing(form: Form) -> list[Decimal | None]:
    """The score that stands on each line, execution first."""
    lines = [line(indicator).stands(indicator.score) for indicator in form.indicators]
    return [execution(form).stands(form.execution.score), *lines]


def low(form: Form) -> Decimal | None:
    """The total with each qualitative line at the lower end of its band."""
    ends = [None, *(line(indicator).low for indicator in form.indicators)]
    lines = zip(ends, standing(form), _counting(form), strict=True)
    return (
        _sum([score if end is None else end for end, score, counts in lines if counts]) if total(form) else total(form)
    )


def _counting(form: Form) -> list[bool]:
    """Which lines count, execution first: all, unless those with points or a score make the full 100."""
    printed = [item.weight is not None or item.score is not None for item in form.indicators]
    points = [item.weight or ZERO for item in form.indicators] + [execution_weight(form) or ZERO]
    return [True, *printed] if sum(points, ZERO) == HUNDRED else [True] * (len(printed) + 1)


def grade(points: Decimal | None) -> str | None:
    """优 from 90, 良 from 80, 中 from 60, 差 below."""
    return None if points is None else next(name for floor, name in GRADES if points >= floor)


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    with localcontext(PRECISE):
        return sum(known, ZERO) if len(known) == len(values) else None


def banded(weight: Decimal, label: str) -> Worth:
    """A line of words: the ends of the band of its label."""
    if label not in LABELS:
        return Worth()
    floor, ceiling = BANDS[LABELS[label]]
    with localcontext(PRECISE):
        low_end, high_end = min(weight, rounded(weight * floor)), min(weight, rounded(weight * ceiling))
    return Worth((), weight, low_end, high_end, high_in=ceiling == ONE)


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


def _lawful(operator: str, weight: Decimal, actual: Decimal, bounds: list[Decimal]) -> list[Decimal]:
    if _met(operator, actual, bounds):
        return [weight]
    bound = bounds[-1] if actual > bounds[-1] else bounds[0]
    if bound <= 0:
        return [ZERO]
    if operator in ("≥", ">") or actual < bound:
        return [_share(weight, actual, bound)]
    with localcontext(PRECISE):
        both = [_share(weight, bound, actual), _share(weight, bound + bound - actual, bound)]
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
