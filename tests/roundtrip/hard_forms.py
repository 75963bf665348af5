"""Forms that are hard to write: contents that a layout can hold and a reader would print so.

They are drawn from a `random.Random`: drawing each word by Hypothesis took ten times as long as writing and reading it
back. `forms` is the strategy for tests that draw a seed. Left out, because no reader can tell it from something else:
a text that is a label of some layout, that prints "nothing here" (a dash, 无数据) or is made of dots and blanks; a name
that begins with a project's code, or with the numbering 指标1; a goal that is one number (it could be points); a total
under the last row that cannot be points; blanks at the ends of a text; marks that print nothing.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from jixiao.form import (
    Actual,
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Project,
    Target,
    Total,
    canonical_level,
    combine_target,
    is_nothing,
    parse_actual,
    parse_number,
    parse_target,
)
from jixiao.layout.families import Family, Label
from jixiao.layout.lexicon import label_key, load_lexicon
from jixiao.reading.interpret.build import CODE_AND_NAME
from roundtrip.words import GBK_RARE, text

MORE_FUNDS = ("财政专户管理资金结余", "企业自筹资金", "社会捐赠款", "债券资金（一般债）")
FURTHER = ("项目实施内容", "绩效评价专家意见", "整改要求落实情况", "填报人")
NOTES = (
    "本表由项目实施单位填写，一式两份。",
    "（以上数据均已核对）",
    "各级指标的分值之和为一百分；实际完成值与年度指标值偏差较大的，须在偏差原因一栏说明情况，并附证明材料，由主管部门审核后随决算一并公开。",
    "Figures are audited, in 万元, and rounded to two decimals where a unit printed more of them than that.",
)
"""Lines under a table. A note that begins with a word and a colon (填报人：张三) is a labelled text to a reader."""
_LEXICON = load_lexicon()
_HEADINGS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
_UNITS = ("", "%", "次", "(次)", "万元", "人次", "（件）", " 平方米", "km", "／年")
_MOST = 6000
"""No text is drawn longer: it takes more than two pages in the widest cell."""
_ROWS = (0, 1, 2, 3, 5, 8, 12, 60)
"""How many indicators a form has: none, a few, and now and then so many that the table takes pages."""


def forms(family: Family, rare: str = GBK_RARE, longest: int = 40) -> st.SearchStrategy[Form]:
    """Forms whose every field the layout prints, as its reader would read it."""
    seeds = st.integers(0, 2**32 - 1)
    return seeds.map(lambda seed: Hard(Random(seed), family, rare, longest).form())  # noqa: S311 -- contents


def is_plain(words: str) -> bool:
    """Whether a text is no label, stands for something, and is what a reader gives back of a cell."""
    return not (
        not words or is_nothing(words) or _LEXICON.is_label(words) or words != words.strip()
        or label_key(words) == "" or set(words) <= set("….。·*＊ ")
    )  # fmt: skip


class Hard:
    """What one form is drawn with.

    Attributes:
        random: where all comes from.
        family: the layout.
        rare: rare letters that texts may hold.
        longest: how many letters a text may have, about.
    """

    def __init__(self, random: Random, family: Family, rare: str = GBK_RARE, longest: int = 40) -> None:
        """Take what to draw from, and for which layout."""
        self.random, self.family, self.rare, self.longest = random, family, rare, longest
        self.columns = {label.field for label in family.indicators.columns}
        self.head = {label.field for row in family.head.rows for label in row}
        self.tail = {label.field for row in family.tail.rows for label in row}
        self.year = random.randint(2000, 2035)

    def form(self) -> Form:
        """The form."""
        rows = self._rows()
        funds, beside = self._funds()
        return Form(
            title=self.random.choice((self.family.title, "2024年" + self.family.title, "某市" + self.family.title)),
            fiscal_year=self.year,
            project=self._project(),
            department=self._or_empty(),
            unit=self._or_empty() if "unit" in self.head else "",
            currency_unit=self.random.choice(("万元", "元")),
            funds=funds,
            execution=self._execution(),
            goal=self._goal(),
            indicators=rows,
            total=self._total(),
            grade=self.random.choice(("优", "良", "中", "差", None)) if "grade" in self.tail else None,
            declared_weights=self._declared(rows),
            extras=(
                *self._extras(self.family.head.rows), *beside, *self._extras(self.family.tail.rows), *self._further(),
            ),
        )  # fmt: skip

    def text(self, more: int = 1, fits: Callable[[str], bool] = is_plain) -> str:
        """A text that fits; `more` times as long as others."""
        longest = self.longest if self.longest <= 40 or self._chance(4) else 40
        while True:
            words = text(self.random, self.rare, min(longest * more, _MOST))
            if is_plain(words) and fits(words):
                return words

    def number(self, most: int = 10**8, least: int = 0) -> Decimal:
        """An amount or points as printed: with two decimals, or one, or none."""
        return Decimal(self.random.randint(least, most)).scaleb(-self.random.choice((2, 2, 2, 1, 0)))

    def _chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def _maybe(self, most: int, least: int = 0) -> Decimal | None:
        return None if self._chance(5) else self.number(most, least)

    def _or_empty(self) -> str:
        return "" if self._chance(4) else self.text()

    def _project(self) -> Project:
        if "project_name" not in self.head:
            return Project()
        printing = self.family.printing
        coded = bool(printing and printing.project) and self._chance(2)
        code = f"51000021R0000000{self.random.randrange(10**5):05}" if coded else None
        return Project(self.text(fits=lambda words: not CODE_AND_NAME.fullmatch(words)), code)

    def _rows(self) -> tuple[Indicator, ...]:
        count = self.random.choices(_ROWS, (4, 4, 4, 6, 8, 8, 4, 1))[0]
        rows = (self._indicator(*self.random.choice(_HEADINGS)) for _ in range(count))
        return tuple(sorted(rows, key=lambda row: (row.level1, row.level2)))

    def _indicator(self, level1: str, below: Sequence[str]) -> Indicator:
        return Indicator(
            level1=canonical_level(level1, 1),
            level2=canonical_level(self.random.choice(below), 2),
            name=self.text(fits=lambda words: not words.startswith("指标")),
            target=self._target(),
            actual=self._actual(),
            weight=self._maybe(9999) if "weight" in self.columns else None,
            score=self._maybe(9999, -500) if "score" in self.columns else None,
            deviation=self.text() if "deviation" in self.columns and self._chance(3) else "",
        )

    def _actual(self) -> Actual:
        kind = self.random.randrange(5)
        return Actual() if not kind else parse_actual(self.text() if kind < 3 else self._quantity(""))

    def _quantity(self, sign: str) -> str:
        return f"{sign}{self.number(100000)}{self.random.choice(_UNITS)}"

    def _target(self) -> Target:
        if self._chance(10):
            return Target()
        sign = self.random.choice(("≥", ">", "=", "<", "≤", "", "定性", "定性"))
        if "sign" not in self.columns:
            return parse_target(self.text() if sign == "定性" else self._quantity(sign), self.year)
        if sign in ("", "定性"):
            return combine_target("定性", self.text(), "", self.year)
        unit = self.random.choice(("", "%", "次", "万元", "人次"))
        return combine_target(sign, str(self.number(100000)), unit, self.year)

    def _declared(self, rows: Sequence[Indicator]) -> dict[str, Decimal]:
        declared = self.family.indicators.declares_points and self._chance(2)
        return {row.level1: self.number(100) for row in rows} if declared else {}

    def _total(self) -> Total:
        most = 99999 if self._chance(2) else 10000
        has = "total" in self.tail
        weight, score = (
            self._maybe_points(most) if has and name in self.columns else None for name in ("weight", "score")
        )
        return Total(weight, score)

    def _maybe_points(self, most: int) -> Decimal | None:
        """Points of the whole form; a number of 1000 or more under the last row is no total to a reader."""
        points = self._maybe(most)
        return points if points is None or points < 1000 else points.scaleb(-2)

    def _funds(self) -> tuple[Funds, tuple[Extra, ...]]:
        table = self.family.funds
        if table is None:
            return Funds(), ()
        columns = [label.field for label in table.columns]
        named: dict[str, FundRow] = {}
        more: list[LabelledFundRow] = []
        extras: list[Extra] = []
        for label in (*table.rows, *self._more_rows()):
            amounts = {name: self._amount() for name in ("initial", "adjusted", "executed") if name in columns}
            pointer = f"/funds/more/{len(more)}" if label.field == "more" else f"/funds/{label.field}"
            if label.field == "more":
                more.append(LabelledFundRow(label.label, **amounts))
            else:
                named[label.field] = FundRow(**amounts)
            extras += self._beside(pointer, table.columns)
        return Funds(more=tuple(more), **named), tuple(extras)

    def _more_rows(self) -> list[Label]:
        """Fund rows that the layout has no row for."""
        if not self._chance(6):
            return []
        return [Label(label, "more") for label in self.random.sample(MORE_FUNDS, self.random.randint(1, 3))]

    def _amount(self) -> Decimal | None:
        if self._chance(40):
            return self.number(10**17)
        return self._maybe(10**10, -(10**6) if self._chance(8) else 0)

    def _beside(self, pointer: str, columns: Sequence[Label]) -> list[Extra]:
        """What stands in columns of the fund table that are not of the row's own fields."""
        printing, found = self.family.printing, []
        for label in columns:
            if label.field == "rate" and pointer != "/funds/total" and self._chance(2):
                sign = printing.rate_sign if printing else ""
                found.append(Extra(label_key(label.label), f"{self.number(20000)}{sign}", pointer))
            if label.field == "reason" and self._chance(3):
                found.append(Extra(label_key(label.label), self.text(), pointer))
        return found

    def _execution(self) -> Execution:
        columns = {label.field for label in self.family.funds.columns} if self.family.funds else set()
        printing = self.family.printing
        declared = bool(printing and any("{execution}" in each for each in printing.relabel.values()))
        return Execution(
            weight=self._maybe(100) if "weight" in columns else self.number(50) if declared else None,
            rate=self._maybe(20000) if "rate" in columns else None,
            score=self._maybe(2000) if "score" in columns else None,
        )

    def _goal(self) -> Goal:
        expected = "" if self._chance(5) else self.text(8, lambda words: parse_number(words) is None)
        actual = self.random.choice(("", "已完成。", None, None, None)) if self.family.goal else ""
        return Goal(expected, self.text(8) if actual is None else actual)

    def _extras(self, rows: Sequence[Sequence[Label]]) -> list[Extra]:
        """Texts beside the layout's labels that have no field of their own."""
        labels = [label.label for row in rows for label in row if label.field == "extra"]
        return [Extra(label_key(label), self.text()) for label in labels if self._chance(2)]

    def _further(self) -> list[Extra]:
        """Texts that the layout has no cell for: labelled ones under the last row, others under the table."""
        labels = self.random.sample(FURTHER, 2) if self._chance(6) else []
        notes = self.random.sample(NOTES, 2) if self._chance(6) else []
        return [*(Extra(label, self.text()) for label in labels), *(Extra("unplaced", note) for note in notes)]
