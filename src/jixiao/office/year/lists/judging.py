"""The verdict on each row of a list of projects and budgets, against what the office holds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from jixiao.form import parse_number
from jixiao.office.year.lists.reading import Row, Rows
from jixiao.scoring.sheet import Text

Opinion = Literal["new", "changed", "unchanged", "fault"]
_LARGEST: Final = Decimal(10) ** 15


class Known(Struct, frozen=True):
    """A project that the office holds."""

    number: int
    unit: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What rows are held against.

    Attributes:
        units: ids of the units the person may fill, by code; only those.
        projects: their projects.
        budgets: amounts in 元 by project and year.
        budgeted: codes of the units for which the person may set budgets.
    """

    units: Mapping[str, int]
    projects: tuple[Known, ...]
    budgets: Mapping[tuple[int, int], Decimal]
    budgeted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row will do.

    Attributes:
        row: the row.
        opinion: new (a project is made), changed (a name or budget is), unchanged, fault (the row is left out).
        words: what will happen, or what is wrong and what to do.
        project: the project it is about; none for a new one or a fault.
        year, amount: the budget it sets, in 元; none for none.
    """

    row: Row
    opinion: Opinion
    words: Text
    project: int | None = None
    year: int | None = None
    amount: Decimal | None = None


def judge(rows: Rows, held: Holdings) -> list[Verdict]:
    """The verdict on every row, in the order of the workbook."""
    by_code = {(known.unit, known.code): known for known in held.projects if known.code}
    by_name = {(known.unit, known.name): known for known in held.projects}
    seen: dict[tuple[str, str, str], str] = {}
    verdicts = []
    for row in rows.rows:
        unit, code, name = (row.cells.get(field, "") for field in ("unit", "code", "name"))
        key = (unit, code or name, row.cells.get("year", ""))
        if fault := _fault(row, held, seen.get(key)):
            verdicts.append(Verdict(row, "fault", fault))
            continue
        seen[key] = row.spot
        verdicts.append(_verdict(row, by_code.get((unit, code)) or by_name.get((unit, name)), held))
    return verdicts


def amount_of(row: Row) -> Decimal | None:
    """The budget of a row in 元; none where it has none, or it is no number."""
    for field, scale in (("yuan", 1), ("wan", 10_000)):
        if field in row.cells:
            number = parse_number(row.cells[field])
            return None if number is None else number * scale
    return None


def _verdict(row: Row, known: Known | None, held: Holdings) -> Verdict:
    amount, year = amount_of(row), int(row.cells["year"]) if row.cells.get("year") else None
    if known is None:
        return Verdict(row, "new", _SAYS["new"], None, year, amount)
    before = held.budgets.get((known.number, year)) if year else None
    renamed = row.cells["name"] != known.name
    rebudgeted = amount is not None and amount != before
    if renamed or rebudgeted:
        words = "both" if renamed and rebudgeted else "renamed" if renamed else "budget"
        return Verdict(row, "changed", _SAYS[words], known.number, year, amount)
    return Verdict(row, "unchanged", _SAYS["unchanged"], known.number, year, amount)


def _fault(row: Row, held: Holdings, first: str | None) -> Text | None:  # noqa: PLR0911 -- one fault, one way out
    cells = row.cells
    if cells.get("unit", "") not in held.units:
        shown = cells.get("unit", "（空）")
        return Text(
            f"单位编码“{shown}”不在您管理的单位里。", f"The unit code “{shown}” is none of the units you manage."
        )
    if not cells.get("name") or len(cells["name"]) > 200:
        return Text("项目名称空着或超过 200 字。", "The project's name is empty, or longer than 200 letters.")
    if len(cells.get("code", "")) > 40:
        return Text("项目编码超过 40 位。", "The project code is longer than 40 letters.")
    if first is not None:
        return Text(f"与 {first} 重复，请删去一行。", f"The same as {first}: take out one of the two.")
    wrong = "yuan" in cells and "wan" in cells
    if wrong:
        return Text(
            "预算既有元又有万元两列，请只留一列。", "Budgets stand in yuan and in 10,000 yuan; leave one column."
        )
    budgeted = "yuan" in cells or "wan" in cells
    year = cells.get("year", "")
    if (year or budgeted) and not (year.isascii() and year.isdigit() and len(year) == 4):
        return Text(f"年度读到“{year}”，应为四位数的年份。", f"The year reads “{year}”; four digits are expected.")
    if budgeted and not _is_amount(amount_of(row)):
        shown = cells.get("yuan", cells.get("wan", ""))
        return Text(
            f"预算读到“{shown}”，应为不小于 0、精确到分的数。",
            f"The budget reads “{shown}”; an amount from 0 on, exact to 0.01 yuan, is expected.",
        )
    if budgeted and cells["unit"] not in held.budgeted:
        return Text("您的角色不能下达预算；请删去预算列。", "Your role sets no budgets; take out that column.")
    return None


def _is_amount(amount: Decimal | None) -> bool:
    return amount is not None and 0 <= amount < _LARGEST and amount == amount.quantize(Decimal("0.01"))


_SAYS: Final = {
    "new": Text("新建项目", "a new project"),
    "both": Text("改名称和预算", "another name and budget"),
    "renamed": Text("改名称", "another name"),
    "budget": Text("设定预算", "sets the budget"),
    "unchanged": Text("没有变化", "nothing changes"),
}
