"""Tables as files: read again they say what the table says; filters in an address say what they did."""

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.desk.library import checks
from jixiao.office.overview.exports import write, write_csv, write_xlsx
from jixiao.office.overview.filters import Filters, chosen, filters_of, told
from jixiao.office.overview.tables import Cell, Column, Linked, Table, points_text, shown
from jixiao.scoring.sheet import Text
from office.overview.made_rows import made

ROWS = made(200)
COLUMNS = (
    Column("name", Text("名称", "Name")), Column("forms", Text("表", "Forms"), "count"),
    Column("claimed", Text("自评", "Claimed"), "points"), Column("money", Text("金额（元）", "Money (yuan)"), "money"),
    Column("share", Text("占比", "Share"), "share"), Column("day", Text("日", "Day"), "day"),
)  # fmt: skip
DAY = date(2025, 1, 31)


def table(*rows: tuple[Cell, ...]) -> Table:
    """A table of all kinds of columns."""
    return Table("made", Text("表：一[1]", "Made: one [1]"), COLUMNS, rows)


def read_csv(data: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_says_what_the_table_says() -> None:
    """Numbers in plain digits, shares in per cent, days as ISO, nothing as nothing."""
    row: tuple[Cell, ...] = (Linked("一中", "/x"), 1234, Decimal("98.50"), Decimal("1234567.80"), Fraction(2, 3), DAY)
    data = read_csv(write_csv(table(row, (None,) * 6), "zh"))
    assert data == [
        ["名称", "表", "自评", "金额（元）", "占比（%）", "日"],
        ["一中", "1234", "98.50", "1234567.80", "66.67", "2025-01-31"],
        [""] * 6,
    ]


def test_a_workbook_says_what_the_table_says() -> None:
    """Numbers are numbers, texts are texts, and the last row is the sum."""
    row: tuple[Cell, ...] = (Text("优", "excellent"), 3, Decimal("98.50"), Decimal("1234567.80"), Fraction(1, 3), DAY)
    made_ = Table("made", Text("表", "Made"), COLUMNS, [row], (Text("合计", "All"), 3, None, None, None, None))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(made_, "en"))).active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert cells[0] == ["Name", "Forms", "Claimed", "Money (yuan)", "Share (%)", "Day"]
    assert cells[1][:5] == ["excellent", 3, 98.5, 1234567.8, 33.33]
    assert cells[2][:2] == ["All", 3]


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=40))
@settings(max_examples=15)
@pytest.mark.parametrize("first", ["=", "+", "-", "@", "<r>", ""])
def test_no_cell_begins_a_formula(first: str, text: str) -> None:
    """Whatever a name begins with, it is a text in the workbook and is marked as one in CSV."""
    made_ = table((first + text, None, None, None, None, None))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(made_, "zh"))).active
    assert sheet is not None
    assert sheet["A2"].data_type in ("s", "inlineStr")
    assert not read_csv(write_csv(made_, "zh"))[1][0].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_more_digits_than_a_spreadsheet_keeps_stay_a_text() -> None:
    """An amount that a spreadsheet would round is written as text, to the last digit."""
    sheet = openpyxl.load_workbook(
        io.BytesIO(write(table(("", 1, None, Decimal("12345678901234567.89"), None, None)), "xlsx", "zh"))
    ).active
    assert sheet is not None
    assert sheet["D2"].value == "12345678901234567.89"


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [(None, "count", "—"), (1234, "count", "1,234"), (Decimal("98.5000"), "points", "98.50"),
     (Decimal("0.0000"), "points", "0.00"), (Decimal("1234.50"), "money", "1,234.50"),
     (Fraction(2, 3), "share", "66.67%"),
     (Text("甲", "A"), "text", "A"), (DAY, "day", "2025-01-31")],
)  # fmt: skip
def test_cells_are_shown_as_people_write_them(cell: Cell, kind: str, text: str) -> None:
    """Thousands are parted, points have two decimals, shares are in per cent, nothing is a dash."""
    assert shown(cell, kind, "en") == text  # type: ignore[arg-type]
    assert points_text(Decimal("100.0000")) == "100.00"


def test_filters_live_in_the_address() -> None:
    """What an address sets is what is filtered, and the address made of it sets the same; nonsense sets nothing."""
    filters = filters_of({"stage": "draft", "score": "95-100", "q": " 项目 ", "rate": "no bin", "other": "x"})
    assert filters == Filters(stage="draft", score="95-100", q="项目")
    assert filters.address() == "?stage=draft&score=95-100&q=%E9%A1%B9%E7%9B%AE"
    assert filters.address(stage="") == "?score=95-100&q=%E9%A1%B9%E7%9B%AE"
    assert not filters_of({}).is_set
    assert [name for name, _ in told(filters, checks())] == ["stage", "score", "q"]


@pytest.mark.parametrize(
    "query",
    [{"stage": "filed"}, {"stage": "returned"}, {"score": "100"}, {"computed": "90-95"}, {"rate": "70-80"},
     {"change": "cut-20"}, {"grade": "优"}, {"check": "JX104"}, {"family": "clause"}, {"gap": "above"},
     {"q": "第2中心"}, {"filed": "2025-01-08"}],
    ids=str,
)  # fmt: skip
def test_each_filter_parts_the_rows(query: dict[str, str]) -> None:
    """Every filter lets some rows through and not others, and says in both languages what it does."""
    filters = filters_of(query)
    some = chosen(ROWS, filters, checks())
    assert 0 < len(some) < len(ROWS)
    ((_, words),) = told(filters, checks())
    assert words.zh
    assert words.en
