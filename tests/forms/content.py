"""Random forms as they are printed: every string a form of some family shows, from one seed."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from forms import words
from forms.dice import Dice
from jixiao.form import plain
from jixiao.layout.families import Family

CENT = Decimal("0.01")
STANDARD = (
    (("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")), 50),
    (("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")), 30),
    (("满意度指标", ("服务对象满意度指标",)), 10),
)
NEW = (
    (("成本指标", ("成本指标", "社会成本指标", "生态环境成本指标")), 20),
    (("产出指标", ("数量指标", "质量指标", "时效指标")), 40),
    (("效益指标", ("社会效益指标", "可持续影响指标")), 30),
)
DECISION = (
    (("决策", ("项目立项",)), 10),
    (("管理", ("资金管理",)), 25),
    (("产出", ("产出数量", "产出质量")), 30),
    (("效益", ("社会效益", "满意度")), 35),
)


@dataclass(slots=True)
class PrintedRow:
    """One indicator as printed.

    Attributes:
        target: the text of a target that stands in one column.
        filler: whether it is a row of the template that nobody filled ("……"): printed, and no indicator.
    """

    level1: str
    level2: str
    name: str
    sign: str
    value: str
    unit: str
    target: str
    actual: str
    weight: str
    score: str
    deviation: str
    extra: str = ""
    filler: bool = False

    def in_words(self, fields: set[str]) -> bool:
        """Whether the target stands in a column for words, beside one for numbers."""
        return "other_target" in fields and self.sign == "定性"

    def target_in(self, fields: set[str]) -> str:
        """What the column of the target prints, where sign and unit may have columns of their own."""
        if self.in_words(fields):
            return ""
        if "sign" in fields:
            return self.value
        if "unit" in fields:
            return self.value if self.sign == "定性" else self.sign + self.value
        return self.target


@dataclass(slots=True)
class Printed:
    """One form as printed, whatever its layout.

    Attributes:
        funds: row label → column field → text.
        above, below: a line over the title, and one under the table.
        points: first-level heading → its points.
        more_goals: goals after the first, expected and actual.
        prefix: what stands before each name, "{n}" for its number in its group; `None` as the family has it.
        headings: how headings are set: as words, with blanks between their letters, or a letter a line.
        year_line: whether a line names the year; else the title does.
        grade_shown, score_shown: how grade and total score are printed; empty where as they are.
    """

    title: str
    year: int
    project_name: str
    project_code: str
    department: str
    unit: str
    funds: list[tuple[str, dict[str, str]]]
    expected: str
    initial: str
    actual: str
    rows: list[PrintedRow]
    total_weight: str
    total_score: str
    grade: str
    points: dict[str, str]
    above: str = ""
    below: str = ""
    remarks: list[str] = field(default_factory=list)
    more_goals: list[tuple[str, str]] = field(default_factory=list)
    prefix: str | None = None
    headings: Literal["words", "spaced", "upright"] = "words"
    year_line: bool = True
    grade_shown: str = ""
    score_shown: str = ""


def make(seed: int, family: Family, most: int = 0) -> Printed:
    """A form of a family; the same seed makes the same form.

    Args:
        seed: decides all chances.
        family: its layout.
        most: so many indicators, at most, under one heading; drawn by lot where zero.
    """
    dice = Dice(f"{family.id}:{seed}")
    year = dice.choice((2020, 2021, 2022, 2023, 2024, 2025))
    place, office = dice.choice(words.PLACES), dice.choice(words.OFFICES)
    department = place + office
    unit = dice.choice((department, place + dice.choice(words.OFFICES), department + "机关"))
    style = dice.choice(("0.00", "0", "0.0"))
    rows, points = _rows(dice, family, year, (style, most))
    funds, execution = _funds(dice, family)
    weights = sum((Decimal(row.weight) for row in rows if row.weight), Decimal(0)) + execution[0]
    scores = sum((Decimal(row.score) for row in rows if row.score), Decimal(0)) + execution[1]
    score = scores.quantize(CENT)
    return Printed(
        title=dice.choice((family.title, f"{place}{family.title}", family.title)),
        year=year,
        project_name=dice.choice(words.SUBJECTS) + dice.choice(words.KINDS),
        project_code=f"{dice.between(110000, 659999)}{year % 100:02}{dice.choice('RTY')}{dice.below(10**12):012}",
        department=department,
        unit=unit,
        funds=funds,
        expected=_goal(dice, words.GOALS),
        initial=_goal(dice, words.GOALS),
        actual=_goal(dice, words.DONE),
        rows=rows,
        total_weight=shown(weights, style),
        total_score=plain(score),
        grade=grade_of(score),
        points=points,
        above=dice.choice(("", "", "附件2", "附表3-1")),
        below=dice.choice(("", "", "注：本表一式两份，得分保留两位小数。", "填报人：王丽    联系电话：0551-6260001")),
        remarks=[dice.choice(words.REMARKS + words.PEOPLE) for _ in range(8)],
    )


def _goal(dice: Dice, sentences: tuple[str, ...]) -> str:
    chosen = dice.sample(sentences, dice.between(1, min(4, len(sentences))))
    if len(chosen) > 1 and dice.chance(60):
        return "".join(f"{number}.{text}" for number, text in enumerate(chosen, 1))
    return "".join(chosen)


def shown(number: Decimal, style: str) -> str:
    """A number of points in a form's style."""
    if style == "0.00":
        return plain(number.quantize(CENT))
    return plain(number.quantize(Decimal("0.1"))) if style == "0.0" else plain(number.normalize())


def _rows(dice: Dice, family: Family, year: int, habits: tuple[str, int]) -> tuple[list[PrintedRow], dict[str, str]]:
    style, given = habits
    scheme = DECISION if family.id == "yinchuan" else dice.choice((STANDARD, STANDARD, NEW))
    rows: list[PrintedRow] = []
    points: dict[str, str] = {}
    most = given or dice.choice((1, 2, 2, 3, 4))
    for (level1, below), weight in scheme:
        chosen = [level2 for level2 in below if dice.chance(80)] or [below[0]]
        section: list[PrintedRow] = []
        for level2 in chosen:
            names = words.NAMES[level2]
            chosen_names = dice.sample(names, dice.between(1, min(most, len(names))))
            section.extend(_row(dice, level1, level2, name, year) for name in chosen_names)
        for row, share in zip(section, _shares(dice, Decimal(weight), len(section), style), strict=True):
            _score(dice, row, share, style)
        rows += section
        points[level1] = plain(Decimal(weight))
    return rows, points


def _shares(dice: Dice, whole: Decimal, count: int, style: str) -> list[Decimal]:
    step = Decimal(1) if style == "0" and count <= whole else Decimal("0.5")
    shares = [step * (int(whole / count / step) or 1) for _ in range(count)]
    shares[-1] += whole - sum(shares)
    return dice.sample(shares, count)


def _score(dice: Dice, row: PrintedRow, weight: Decimal, style: str) -> None:
    lost = dice.chance(20)
    score = (weight * Decimal(dice.between(50, 99)) / 100).quantize(CENT, ROUND_HALF_UP) if lost else weight
    row.weight, row.score = shown(weight, style), plain(score.normalize()) if lost else shown(score, style)
    row.deviation = dice.choice(words.REASONS) if lost and dice.chance(70) else ""
    row.extra = dice.choice(("", "完成得满分", "实际/目标×分值"))


def _row(dice: Dice, level1: str, level2: str, name: str, year: int) -> PrintedRow:
    kind = dice.below(100)
    if kind < 25:
        text = dice.choice(words.WORDED_TARGETS)
        return PrintedRow(level1, level2, name, "定性", text, "", text, dice.choice(words.WORDED_ACTUALS), "", "", "")
    if level2 == "时效指标" and kind < 50:
        month, day = dice.between(3, 12), dice.between(1, 28)
        text = dice.choice((f"{year}年{month}月底前", f"在{year}年{month}月{day}日前完成", f"{month}月{day}日前"))
        done = dice.choice((f"{year}年{month}月{day}日完成", *words.WORDED_ACTUALS))
        return PrintedRow(level1, level2, name, "定性", text, "", text, done, "", "", "")
    return _numeric(dice, level1, level2, name)


def _numeric(dice: Dice, level1: str, level2: str, name: str) -> PrintedRow:
    unit = dice.choice(words.UNITS.get(level2, ("%",)))
    number = Decimal(dice.between(60, 100)) if unit == "%" else Decimal(dice.choice((1, 3, 12, 48, 365, 1200, 25600)))
    sign = "≤" if "成本" in level2 else dice.choice(("≥", "≥", "=", "≤" if level2 == "时效指标" else ">"))
    value = _digits(dice, number)
    actual = _digits(dice, number + dice.choice((0, 0, 0, 1, -1)))
    bracketed = dice.chance(40)
    shown = f"({unit})" if bracketed else unit
    printed_sign = dice.choice({"≥": ("≥", "≥", ">=", "不低于"), "≤": ("≤", "≤", "<=", "不超过")}.get(sign, (sign,)))
    return PrintedRow(
        level1, level2, name, sign, value, unit, f"{printed_sign}{value}{shown}", f"{actual}{shown}", "", "", ""
    )  # fmt: skip


def _digits(dice: Dice, number: Decimal) -> str:
    if dice.chance(40):
        return f"{number.quantize(CENT):,f}" if number >= 1000 and dice.chance(30) else plain(number.quantize(CENT))
    return plain(number)


def _funds(dice: Dice, family: Family) -> tuple[list[tuple[str, dict[str, str]]], tuple[Decimal, Decimal]]:
    if family.funds is None:
        return [], (Decimal(0), Decimal(0))
    grouped = dice.chance(30)
    most = 9_999_999_999 if family.currency_unit == "元" else 90_000_000
    total = Decimal(dice.between(1000, most)) / 100
    spent = (total * Decimal(dice.choice((100, 100, 97, 83, 60))) / 100).quantize(CENT)
    rate = (spent / total * 100).quantize(CENT, ROUND_HALF_UP)
    weight = Decimal(20) if family.id == "hubei" else Decimal(10)
    score = (weight * rate / 100).quantize(CENT, ROUND_HALF_UP)
    percent = "%" if dice.chance(50) else ""
    amounts = {"initial": total * 2 if dice.chance(30) else total, "adjusted": total, "executed": spent}
    rows: list[tuple[str, dict[str, str]]] = []
    for index, label in enumerate(family.funds.rows):
        share = Decimal(1) if index < 2 else Decimal(0)
        cells = {name: _money(amount * share, grouped=grouped) for name, amount in amounts.items()}
        zero = share == 0 and dice.chance(30)
        if zero:
            cells = dict.fromkeys(cells, dice.choice(("", "-", "—", "/")))
        top = label.field == "total"
        cells |= {
            "weight": plain(weight.quantize(CENT)) if top else "-",
            "rate": f"{rate}{percent}" if top or index == 1 else dice.choice(("", "-", "0.00")),
            "score": plain(score) if top else "-",
            "reason": dice.choice(("", *words.REASONS)) if top else "",
        }
        rows.append((label.label, cells))
    scored = family.id == "hubei" or any(label.field == "weight" for label in family.funds.columns)
    return rows, (weight, score) if scored else (Decimal(0), Decimal(0))


def _money(amount: Decimal, *, grouped: bool) -> str:
    rounded = amount.quantize(CENT)
    return f"{rounded:,f}" if grouped else plain(rounded)


def grade_of(score: Decimal) -> str:
    """The grade of a total score."""
    return next(name for bound, name in ((90, "优"), (80, "良"), (60, "中"), (0, "差")) if score >= bound)
