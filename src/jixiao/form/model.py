"""The evaluation form 自评表 as data: frozen, exact, without behaviour of its own (contract `jixiao/form/1`).

Amounts, points and rates are `Decimal` as printed; rates are in per cent; what is empty in print is `None` (texts: "").
"""

from decimal import Decimal
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

FORM_SCHEMA: Literal["jixiao/form/1"] = "jixiao/form/1"

Year = Annotated[int, Meta(ge=1, le=9999)]
"""年度: a year that a calendar day can have."""

Operator = Literal["≥", ">", "=", "<", "≤", "range", "before", "qualitative"]


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where in the source a value was read: page and box, or sheet and cell, or line and column.

    Attributes:
        file: the file as the caller named it.
        page: page number from 1, for paged sources.
        box: left, top, right, bottom in points, origin top left.
        cell: sheet and cell, "Sheet1!C7".
        line: line number from 1, for text.
        column: column in characters from 1, for text.
        confidence: 1 for text that was copied, lower where it was recognised or its place was guessed.
    """

    file: str
    page: int | None = None
    box: tuple[Decimal, Decimal, Decimal, Decimal] | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    confidence: Decimal = Decimal("1.0")


class Project(Struct, frozen=True, forbid_unknown_fields=True):
    """项目: its name, and its code where one is printed."""

    name: str = ""
    code: str | None = None


class FundRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of 项目资金 in the form's `currency_unit`: 年初预算数, 全年预算数, 全年执行数."""

    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None


class LabelledFundRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A fund row beyond the four usual ones, with its printed label."""

    label: str
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None


class Funds(Struct, frozen=True, forbid_unknown_fields=True):
    """项目资金: the total row, 当年财政拨款, 上年结转资金, 其他资金 and any further rows."""

    total: FundRow = FundRow()
    current_year: FundRow = FundRow()
    carryover: FundRow = FundRow()
    other: FundRow = FundRow()
    more: tuple[LabelledFundRow, ...] = ()


class Execution(Struct, frozen=True, forbid_unknown_fields=True):
    """预算执行: its points, the rate in per cent, its score."""

    weight: Decimal | None = None
    rate: Decimal | None = None
    score: Decimal | None = None


class Goal(Struct, frozen=True, forbid_unknown_fields=True):
    """年度总体目标: 预期目标 and 实际完成情况."""

    expected: str = ""
    actual: str = ""


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    """年度指标值.

    Attributes:
        text: as printed.
        operator: the canonical sign, `range`, `before` or `qualitative`; `None` where nothing is printed.
        value: digits as printed; [low, high] of a range; ISO day or month of a deadline; `None` if qualitative.
        unit: as printed, without brackets.
    """

    text: str = ""
    operator: Operator | None = None
    value: str | tuple[str, str] | None = None
    unit: str = ""

    @property
    def number(self) -> Decimal | None:
        """The bound of a comparison (≥ > = < ≤); `None` for a range, a deadline or text."""
        if not isinstance(self.value, str) or self.operator == "before":
            return None
        return Decimal(self.value)

    @property
    def span(self) -> tuple[Decimal, Decimal] | None:
        """Low and high end of a range; `None` for anything else."""
        return (Decimal(self.value[0]), Decimal(self.value[1])) if isinstance(self.value, tuple) else None

    @property
    def due(self) -> str | None:
        """ISO day (2024-12-31) or month (2024-09) of a deadline; `None` for anything else."""
        return self.value if self.operator == "before" and isinstance(self.value, str) else None


class Actual(Struct, frozen=True, forbid_unknown_fields=True):
    """实际完成值: as printed, with its number and unit where it is one."""

    text: str = ""
    value: Decimal | None = None
    unit: str = ""


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """One 三级指标: its headings (canonical), name, 年度指标值, 实际完成值, 分值, 得分, 偏差原因分析及改进措施."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: Target = Target()
    actual: Actual = Actual()
    weight: Decimal | None = None
    score: Decimal | None = None
    deviation: str = ""


class Total(Struct, frozen=True, forbid_unknown_fields=True):
    """总分: the points and the score printed in the total row."""

    weight: Decimal | None = None
    score: Decimal | None = None


class Extra(Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled cell that has no field of its own; `pointer` names the row it stands in; label "unplaced": nowhere."""

    label: str
    text: str
    pointer: str | None = None


_OF_THE_FILE: Final = frozenset({"name_says_otherwise", "summary_left_out"})


class Problem(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a field could not be read: JSON pointer, code, and a sentence for people."""

    pointer: str
    code: str
    message: str

    @property
    def is_of_the_file(self) -> bool:
        """Whether it tells of the file (its name, a summary that we attached) and nothing of the form is unread."""
        return self.code in _OF_THE_FILE


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One 项目支出绩效自评表. `places` maps a JSON pointer to where its value was read."""

    title: str = ""
    fiscal_year: Year | None = None
    project: Project = Project()
    department: str = ""
    unit: str = ""
    currency_unit: str | None = None
    funds: Funds = Funds()
    execution: Execution = Execution()
    goal: Goal = Goal()
    indicators: tuple[Indicator, ...] = ()
    total: Total = Total()
    grade: str | None = None
    declared_weights: dict[str, Decimal] = {}
    extras: tuple[Extra, ...] = ()
    places: dict[str, tuple[Place, ...]] = {}
    problems: tuple[Problem, ...] = ()
    schema: Literal["jixiao/form/1"] = FORM_SCHEMA
