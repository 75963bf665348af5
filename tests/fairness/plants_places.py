"""Planted faults that only some places can have (JX370, JX371), and what is lawful beside them."""

from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from fairness.planting import Case, met, near, plant
from fairness.sound import CENT
from forms.dice import Dice
from jixiao.form import Execution, Form, Indicator, Total

OFFICES = ("湖北省财政厅", "湖北省财政厅机关服务中心")
_SECTION = 40
_LEFT_OUT = ("JX307", "JX308", "JX312", "JX315", "JX331", "JX332", "JX333", "JX415", "JX440")
"""Asked, or not, because lines that lost points are left out of the form."""


def without_points(form: Form) -> Form | None:
    """The form in 湖北's layout: execution 20, outputs 40, effects 40, no column of points, every line met."""
    kept = [line for line in form.indicators if met(line) and line.score == line.weight]
    output = [line for line in kept if line.level1 == "产出指标"]
    effect = [line for line in kept if line.level1 in {"效益指标", "满意度指标"}]
    funds = form.funds.total
    if len(output) < 2 or len(effect) < 2 or not funds.adjusted or funds.executed is None:
        return None
    score = (20 * min(Decimal(1), funds.executed / funds.adjusted)).quantize(CENT, ROUND_HALF_UP)
    lines = (*_shared(output), *_shared(effect))
    return replace(
        form,
        department=OFFICES[0],
        unit=OFFICES[1],
        indicators=lines,
        execution=Execution(Decimal(20), form.execution.rate, score),
        total=Total(None, score + 2 * _SECTION),
        grade=None,
    )


def _shared(lines: list[Indicator]) -> tuple[Indicator, ...]:
    """The points of a section shared among its lines, the first taking what is left over."""
    each, rest = divmod(_SECTION, len(lines))
    return tuple(replace(line, weight=None, score=Decimal(each + (0 if at else rest))) for at, line in enumerate(lines))


@plant("JX370")
def points_that_no_split_explains(dice: Dice, form: Form) -> Case | None:
    """One met line has points that belong to no split of its section; the total is that of the lines."""
    made = without_points(form)
    if made is None:
        return None
    more, number = Decimal(dice.choice(("1", "2.5", "5"))), dice.between(0, len(made.indicators) - 1)
    lines = tuple(
        replace(line, score=(line.score or Decimal(0)) + more) if at == number else line
        for at, line in enumerate(made.indicators)
    )
    total = Total(None, (made.total.score or Decimal(0)) + more)
    return Case(replace(made, indicators=lines, total=total), ("JX370 /indicators",), (*_LEFT_OUT, "JX114"))


@near("JX370")
def points_of_the_section(dice: Dice, form: Form) -> Case | None:
    """The same layout; the lines of each section have its points between them."""
    made = without_points(form)
    return None if made is None else Case(made, may=_LEFT_OUT)


@plant("JX371")
def grade_left_blank(dice: Dice, form: Form) -> Case:
    """The form has a cell for the grade, and it is empty or holds a dash."""
    blank = dice.choice((None, "-", "—", ""))
    return Case(replace(form, grade=blank, places={"/grade": ()}), ("JX371 /grade",))


@near("JX371")
def no_cell_for_a_grade(dice: Dice, form: Form) -> Case | None:
    """The layout has no cell for the grade, or the place may leave it empty."""
    if dice.chance(50):
        return Case(replace(form, grade=None))
    made = without_points(form)
    return None if made is None else Case(replace(made, places={"/grade": ()}), may=_LEFT_OUT)
