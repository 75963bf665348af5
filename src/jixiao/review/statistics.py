"""Statistics of similar projects, made from their forms: quartiles and medians, exact, with the number of projects."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from jixiao.form import Form, Indicator
from jixiao.review.context import Peers, Similar, Spread
from jixiao.review.features.beside import base_unit, in_base, yuan
from jixiao.review.rounding import half_up
from jixiao.review.wording import key, squeeze

_QUARTERS: Final = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))
_COUNTED: Final = "数量指标"


def peers_from(forms: Iterable[Form], *, source: str, on: str, least: int) -> Peers:
    """The statistics of forms.

    A unit cost is everything a project spent over one of its quantities; it is meaningful between projects that do the
    same, which is why it is only compared between lines of one name and unit. A name that stands twice on a form is
    left out, as are values of 0 or less, and projects that spent nothing or whose unit of money is not known.

    Args:
        forms: the forms of the projects, each project and year once.
        source: where they come from, in words.
        on: ISO day on which this is done.
        least: the fewest projects of which a statistic is made.
    """
    actual: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    cost: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    years: set[int] = set()
    count = 0
    for form in forms:
        count += 1
        years |= {form.fiscal_year} if form.fiscal_year else set()
        spent = yuan(form, form.funds.total.executed)
        for name, value in _quantities(form).items():
            actual[name].append(value)
            if spent is not None and spent > 0:
                cost[name].append(Fraction(spent) / value)
    similar = (Similar(*name, _spread(actual[name], least), _spread(cost[name], least)) for name in sorted(actual))
    kept = tuple(one for one in similar if one.actual is not None or one.unit_cost is not None)
    return Peers(source, on, tuple(sorted(years)), count, least, kept)


def _quantities(form: Form) -> dict[tuple[str, str], Fraction]:
    """The quantities done, above 0, by name and base unit; a name that stands twice is left out."""
    found: dict[tuple[str, str], Fraction] = {}
    twice: set[tuple[str, str]] = set()
    for line in form.indicators:
        if line.level2 == _COUNTED and line.actual.value is not None and line.actual.value > 0 and line.name:
            name = (key(squeeze(line.name)), base_unit(line))
            twice |= {name} & found.keys()
            found[name] = in_base(line.actual.value, _unit(line))
    return {name: value for name, value in found.items() if name not in twice}


def _unit(line: Indicator) -> str:
    return line.actual.unit or line.target.unit


def _spread(values: list[Fraction], least: int) -> Spread | None:
    """Quartiles by linear interpolation, rounded once to two decimals, half away from zero; not if one rounds to 0."""
    if not values or len(values) < least:
        return None
    ordered = sorted(values)
    low, median, high = (half_up(_quantile(ordered, at)) for at in _QUARTERS)
    return Spread(len(ordered), low, median, high) if low else None


def _quantile(ordered: list[Fraction], at: Fraction) -> Fraction:
    place = at * (len(ordered) - 1)
    below, part = place.numerator // place.denominator, place % 1
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * part
