"""Lists of organisations and people found in workbooks."""

import io

import pytest
import xlsxwriter

from jixiao.layout.shown import Sheet, ShownCell
from jixiao.office.people.lists.sheet import Lists, lists_of, read_lists
from jixiao.office.people.lists.template import template
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.spots import spot_name

Rows = list[list[str]]


def shown(*tables: Rows) -> tuple[Sheet, ...]:
    """Tables as the child hands them over."""
    return tuple(
        Sheet(0, 0, 0, b"", tuple(
            ShownCell(row, column, 1, 1, text, spots=(f"S{number}!{spot_name(row, column)}",))
            for row, line in enumerate(table) for column, text in enumerate(line) if text
        )) for number, table in enumerate(tables, 1)
    )  # fmt: skip


def workbook(**sheets: Rows) -> bytes:
    """An XLSX of sheets by name."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    return held.getvalue()


def texts(lists: Lists) -> list[tuple[str, str, dict[str, str]]]:
    """Kind, spot and texts of every line."""
    return [(line.kind, line.spot, {name: read.text for name, read in line.cells.items()}) for line in lists.lines]


def test_a_workbook_is_read_in_the_child() -> None:
    """Both lists come with their spots; a heading above the labels and an empty row between are no data."""
    data = workbook(
        单位=[
            ["2025年单位一览"],
            ["编码", "名称", "类型", "上级编码"],
            ["001", "财政局", "财政局"],
            [],
            ["101", "教育局", "主管部门", "001"],
        ],
        人员=[["姓名", "用户名", "单位编码", "角色"], ["张三", "zhang", "101", "经办人"]],
    )
    assert texts(read_lists(data, "人员.xlsx")) == [
        ("units", "单位!3", {"code": "001", "name": "财政局", "kind": "财政局", "parent": ""}),
        ("units", "单位!5", {"code": "101", "name": "教育局", "kind": "主管部门", "parent": "001"}),
        ("people", "人员!2", {"name": "张三", "username": "zhang", "unit": "101", "roles": "经办人"}),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_a_list_without_rows(language: str) -> None:
    """Its labels are known, in either language, and nothing in it is taken for data."""
    lists = read_lists(template(language), "template.xlsx")
    assert lists == Lists((), (), ())


def test_what_is_no_workbook_is_refused() -> None:
    """A broken file is refused with a sentence."""
    with pytest.raises(Unreadable):
        read_lists(b"PK\x03\x04 nothing more", "人员.xlsx")


@pytest.mark.parametrize(
    "labels",
    [
        ["编码", "名称", "类型", "上级编码"],
        ["单位编码*", "单位名称 *", "单位类型", "上级单位编码（可空）"],
        ["Code", "NAME", "Type", "Parent code"],
        ["类型", "上级", "名称", "编号"],
    ],
)
def test_labels_are_known_in_any_order_and_both_languages(labels: list[str]) -> None:
    """Case, width, spaces, stars and notes in brackets make no difference."""
    (line,) = lists_of(shown([labels, ["1", "1", "1", "1"]])).lines
    assert line.kind == "units"
    assert set(line.cells) == {"code", "name", "kind", "parent"}


def test_a_column_no_list_has_is_told() -> None:
    """Nothing is left unread in silence."""
    lists = lists_of(shown([["编码", "名称", "类型", "备注"], ["1", "甲", "单位", "旧名乙"]]))
    assert [(read.text, read.spot) for read in lists.unread] == [("备注", "S1!D1")]


def test_a_table_without_labels_is_told() -> None:
    """A sheet of notes is named, not skipped in silence."""
    assert lists_of(shown([["说明", "请勿修改"]])).bare_sheets == ("S1!A1",)


def test_a_blank_cell_has_its_spot() -> None:
    """What is missing can be pointed at."""
    (line,) = lists_of(shown([["姓名", "用户名", "单位编码", "邮箱"], ["张三", "", "101", ""]])).lines
    assert (line.text("username"), line.spot_of("username")) == ("", "S1!B2")
    assert line.spot_of("phone") == "S1!2"
