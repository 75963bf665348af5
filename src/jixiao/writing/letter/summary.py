"""The summary report of a department as data, contract `jixiao/summary/1`."""

from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.scoring.sheet import Text
from jixiao.writing.letter.data import (
    Amount,
    Attachment,
    Book,
    Counts,
    Day,
    FileFault,
    Group,
    Means,
    Money,
)

SUMMARY_SCHEMA: Final = "jixiao/summary/1"


class Graded(Struct, frozen=True):
    """How many forms claim a grade, and how many have it when recomputed; "" for no grade."""

    grade: str
    claimed: int
    computed: int


class Level(Struct, frozen=True):
    """The indicators of one first-level heading over all forms, as the forms claim.

    Attributes:
        number: from 1.
        name: the heading; "" where none is printed.
        lines: how many indicators.
        full: of which the score is the points.
        short: of which the score is below the points.
        other: of which points or score are missing, or the score is above the points.
        points, score: their sums over the lines that print both; `None` where none does.
        rate: score in per cent of points, rounded half up to hundredths; `None` of no points.
    """

    number: int
    name: str
    lines: int
    full: int
    short: int
    other: int
    points: str | None
    score: str | None
    rate: str | None


class Short(Struct, frozen=True):
    """An indicator of which the form claims less than its points, with the reason as the form gives it.

    Attributes:
        number: from 1.
        form: number of the form.
        project, unit: of the form.
        level1, level2, name, target, actual: as printed.
        points, score: as printed.
        deviation: 偏差原因分析及改进措施 as printed; "" where nothing is.
    """

    number: int
    form: int
    project: str
    unit: str
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    points: str
    score: str
    deviation: str


class SummaryForm(Struct, frozen=True):
    """A form in the list of all: names as printed, money, rate and scores in digits.

    Attributes:
        number: from 1.
        file, place: the file and which form of it, from 1.
        project, code, unit, year: as printed; year 0 for none.
        money: of the total row.
        rate: the execution rate in per cent as printed.
        claimed, claimed_grade: total and grade as printed.
        computed, grade: the same recomputed.
        items: findings that are open.
    """

    number: int
    file: str
    place: int
    project: str
    code: str
    unit: str
    year: int
    money: Money
    rate: str | None
    claimed: str | None
    claimed_grade: str
    computed: str | None
    grade: str
    items: int


class Execution(Struct, frozen=True):
    """What was executed of the adjusted budget.

    Attributes:
        forms: how many forms print both amounts in a known unit.
        adjusted_amount, executed_amount: their sums over these forms.
        rate: executed in per cent of adjusted, rounded half up to hundredths; `None` of nothing.
    """

    forms: int
    adjusted_amount: Amount | None
    executed_amount: Amount | None
    rate: str | None


class Summary(Struct, frozen=True):
    """What the forms of a department add up to; what no form can know is left as a blank in the text.

    Attributes:
        program: the version that made it.
        number: 发文字号; "" for none.
        day: of the report.
        sender: who signs; "" for the department.
        department: as the forms print it; "" where they print none.
        years: of its forms, ascending.
        units: the units, as their forms print them, in the order of the forms.
        unit_count: how many units.
        counts: how many of what.
        money: sums of the three amounts over the forms that print them.
        execution: rate over the forms that print both amounts.
        grades: 优, 良, 中, 差, then any other.
        means: of the totals.
        median: the middle claimed total.
        books: the rulebooks, as the forms name them.
        levels: by first-level heading.
        short: indicators with less than their points.
        short_count: how many.
        short_forms: in how many forms.
        without_reason: how many of these give no reason.
        correct, departs, ask: findings by family and check; never mixed.
        forms: the list of all.
        faults: files that could not be read, where the report stands for a whole folder.
        attachments: what is attached.
    """

    program: str
    number: str
    day: Day
    sender: str
    department: str
    years: tuple[int, ...]
    units: tuple[str, ...]
    unit_count: int
    counts: Counts
    money: Money
    execution: Execution
    grades: tuple[Graded, ...]
    means: Means
    median: str | None
    books: tuple[Book, ...]
    levels: tuple[Level, ...]
    short: tuple[Short, ...]
    short_count: int
    short_forms: int
    without_reason: int
    correct: tuple[Group, ...]
    departs: tuple[Group, ...]
    ask: tuple[Group, ...]
    forms: tuple[SummaryForm, ...]
    faults: tuple[FileFault, ...]
    attachments: tuple[Attachment, ...]
    schema: Literal["jixiao/summary/1"] = SUMMARY_SCHEMA


LIST: Final = Attachment(1, Text("项目支出绩效自评情况一览表", "List of the self-evaluations"))
SHORT: Final = Attachment(2, Text("未得满分指标及偏差原因一览表", "Indicators below their points, and why"))


def summary_schema() -> dict[str, Any]:
    """JSON Schema of the summary, generated from its structures."""
    return msgspec.json.schema(Summary)
