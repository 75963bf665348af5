"""A second scorer, in Decimal, written from the rules and from nothing else: what the first one is measured against.

Rules: 财预〔2020〕10号 as the notes on policy state them (rate and score of execution, met or pro rata, three bands,
caps, grades), both lawful formulas for an upper bound, all or nothing at a target of zero. It shares no code with
the scorer and reads no book.
"""

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
        lawful: each score that a lawful formula gives, the ministry's own first; empty if none can be computed.
        low, high: the band's ends of a qualitative line; both `None` for a number.
    """

    lawful: tuple[Decimal, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    def nearest(self, claimed: Decimal | None) -> Decimal | None:
        """The score that stands: the claimed one where the rules allow it, otherwise the first or nearest lawful."""
        if self.low is not None and self.high is not None:
            return self.high if claimed is None else min(max(claimed, self.low), self.high)
        if not self.lawful:
            return None
        return claimed if claimed in self.lawful else self.lawful[0]


def rounded(number: Decimal) -> Decimal:
    """To the cent, half up, once."""
    return number.quantize(CENT, ROUND_HALF_UP, context=PRECISE)


def execution(form: Form) -> Worth:
    """预算执行: executed over adjusted budget times the points, within 0 and them; no budget, no points."""
    weight, row = form.execution.weight, form.funds.total
    if weight is None or row.adjusted is None or row.executed is None:
        return Worth()
    if row.adjusted <= 0:
        return Worth((rounded(ZERO),))
    return Worth((_share(weight, row.executed, row.adjusted),))


def line(indicator: Indicator) -> Worth:
    """One indicator: by number where target and actual are numbers, by label where they are not."""
    weight, operator = indicator.weight, indicator.target.operator
    if weight is None or operator is None:
        return Worth()
    if operator in ("qualitative", "before"):
        return _banded(weight, indicator.actual.text)
    actual, bounds = _comparable(indicator)
    if actual is None or not bounds:
        return Worth()
    lawful = _lawful(operator, weight, actual, bounds)
    return Worth(tuple(dict.fromkeys(lawful)))


def total(form: Form) -> Decimal | None:
    """The sum of what stands on each line; `None` when a line cannot be computed."""
    return _sum(_standing(form))


def low(form: Form) -> Decimal | None:
    """The sum with each qualitative line at the lower end of its band."""
    worths = [(line(indicator), indicator.score) for indicator in form.indicators]
    values = [worth.low if worth.low is not None else worth.nearest(claimed) for worth, claimed in worths]
    return _sum([execution(form).nearest(form.execution.score), *values])


def grade(points: Decimal | None) -> str | None:
    """优 from 90, 良 from 80, 中 from 60, 差 below."""
    return None if points is None else next(name for floor, name in GRADES if points >= floor)


def _standing(form: Form) -> list[Decimal | None]:
    lines = [line(indicator).nearest(indicator.score) for indicator in form.indicators]
    return [execution(form).nearest(form.execution.score), *lines]


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    with localcontext(PRECISE):
        return sum(known, ZERO) if len(known) == len(values) else None


def _banded(weight: Decimal, label: str) -> Worth:
    if label not in LABELS:
        return Worth()
    floor, ceiling = BANDS[LABELS[label]]
    with localcontext(PRECISE):
        return Worth(low=rounded(weight * floor), high=rounded(weight * ceiling))


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
    full, nothing = rounded(weight), rounded(ZERO)
    if _met(operator, actual, bounds):
        return [full]
    bound = bounds[-1] if operator == "range" and actual > bounds[-1] else bounds[0]
    if bound <= 0:
        return [nothing]
    if operator in ("≥", ">", "=") or bound > actual:
        return [_share(weight, actual, bound)]
    with localcontext(PRECISE):
        return [_share(weight, bound, actual), _share(weight, bound + bound - actual, bound)]


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
    """Points in proportion, within 0 and the weight, rounded once."""
    if part <= 0:
        return rounded(ZERO)
    if part >= whole:
        return rounded(weight)
    with localcontext(PRECISE):
        return rounded(weight * part / whole)
