"""Numbers put right in a workbook: formats stay, old values stand in comments, formulas and shared strings are safe."""

import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from lxml import etree
from msgspec.structs import replace

from jixiao.reading.parse import parse_bytes
from jixiao.writing.original.job import Job
from jixiao.writing.original.xlsx import mark_xlsx
from jixiao.writing.original.xlsx.formula import value_of
from writing.original_samples import change_at, packed, parts_of, without
from writing.test_original_xlsx import DATA, MAIN, PACKAGE, RELATIONS, by_hand

STRINGS = (
    "<si><t>得分 93.00 分</t></si><si><r><rPr><b/></rPr><t>总计</t></r><r><t>193.00</t></r></si><si><t>优</t></si>"
)


def _book(cells: str, *, chain: bool = False) -> bytes:
    """A workbook by hand with these cells in its rows."""
    kinds = {"rId4": ("worksheet", "worksheets/a.xml"), "s": ("sharedStrings", "strings.xml")}
    kinds |= {"c": ("calcChain", "calcChain.xml")} if chain else {}
    links = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in kinds.items()
    )
    parts: dict[str, bytes | str] = {
        **parts_of(by_hand("")),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{STRINGS}</sst>',
        "xl/worksheets/a.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return packed(parts | ({"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A1"/></calcChain>'} if chain else {}))


def _cell(data: bytes, cell: str = "A1") -> str:
    """A cell as it is written."""
    root = etree.fromstring(parts_of(data)["xl/worksheets/a.xml"])
    found = next(each for each in root.iter("{*}c") if each.get("r") == cell)
    written: str = etree.tostring(found, encoding="unicode", with_tail=False)
    return written.replace(f' xmlns="{MAIN}"', "")


def _changed(cell: str, read: str, written: str) -> str:
    return _cell(mark_xlsx(_book(f"<row>{cell}</row>"), change_at("表!A1", read, written)))


def _note(data: bytes) -> str:
    return "".join(etree.fromstring(parts_of(data)["xl/comments1.xml"]).itertext())


VALUES = [
    ('<c r="A1" s="3"><v>93</v></c>', "93.00", "94.00", '<c r="A1" s="3"><v>94.00</v></c>'),
    ('<c r="A1"><v>92.999999999999986</v></c>', "93.00", "94.5", '<c r="A1"><v>94.5</v></c>'),
    ('<c r="A1" s="1"><v>0.98</v></c>', "98.00%", "97.50%", '<c r="A1" s="1"><v>0.9750</v></c>'),
    ('<c r="A1"><v>1234567.8</v></c>', "1,234,567.80", "1,234,568.80", '<c r="A1"><v>1234568.80</v></c>'),
    (
        '<c r="A1" s="2" t="s"><v>0</v></c>', "93.00", "94.00",
        '<c r="A1" s="2" t="inlineStr"><is><t>得分 94.00 分</t></is></c>',
    ),
    (
        '<c r="A1" t="s"><v>1</v></c>', "193.00", "194.00",
        '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>总计</t></r><r><t>194.00</t></r></is></c>',
    ),
    ('<c r="A1" t="s"><v>2</v></c>', "优", "良", '<c r="A1" t="inlineStr"><is><t>良</t></is></c>'),
    (
        '<c r="A1" t="inlineStr"><is><t>9.3</t></is></c>', "9.3", "9.4",
        '<c r="A1" t="inlineStr"><is><t>9.4</t></is></c>',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "read", "written", "after"), VALUES)
def test_a_number_is_put_right_as_its_cell_holds_it(cell: str, read: str, written: str, after: str) -> None:
    """Numbers stay numbers, texts stay texts with all around the number; the format stays; per cents are scaled."""
    assert _changed(cell, read, written) == after


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="A1"><v>92</v></c>', "93.00"),
        ('<c r="A1" t="s"><v>1</v></c>', "93.00"),
        ('<c r="A1" t="s"><v>99</v></c>', "93.00"),
        ('<c r="A1" t="b"><v>1</v></c>', "1"),
        ('<c r="A1" t="inlineStr"><is><t>9.3 / 9.3</t></is></c>', "9.3"),
        ('<c r="A1"/>', "93.00"),
    ],
)
def test_a_cell_that_does_not_hold_what_was_read_is_left_and_said(cell: str, read: str) -> None:
    """What is not there once, and as read, is not changed; comment and summary say that a person has to."""
    marked = mark_xlsx(_book(f"<row>{cell}</row>"), change_at("表!A1", read, "94.00"))
    assert _cell(marked) == cell
    assert "请手工修改" in _note(marked)
    assert "请手工修改" in parts_of(marked)["xl/worksheets/sheet1.xml"].decode()


def test_a_shared_string_is_never_changed() -> None:
    """Another cell with the same string keeps it: the changed cell gets a string of its own."""
    cells = '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row>'
    original = _book(cells)
    marked = mark_xlsx(original, change_at("表!A1", "93.00", "94.00"))
    assert _cell(marked, "B1") == '<c r="B1" t="s"><v>0</v></c>'
    assert parts_of(marked)["xl/strings.xml"] == parts_of(original)["xl/strings.xml"]


def _two(first: Job, second: Job) -> Job:
    return replace(first, changes=first.changes + second.changes, rows=first.rows + second.rows)


FORMULA = '<row><c r="A1"><v>10</v></c><c r="B1"><v>5</v></c><c r="C1" s="4"><f>SUM(A1:B1)</f><v>15</v></c></row>'


def test_a_formula_that_follows_the_corrected_cells_is_kept() -> None:
    """A sum whose part is put right stays a formula with its new result; programs calculate all anew."""
    job = _two(change_at("表!C1", "15", "13"), change_at("表!A1", "10", "8"))
    marked = mark_xlsx(_book(FORMULA, chain=True), job)
    assert _cell(marked, "A1") == '<c r="A1"><v>8</v></c>'
    assert _cell(marked, "C1") == '<c r="C1" s="4"><f>SUM(A1:B1)</f><v>13</v></c>'
    assert "公式未改" in _note(marked)
    assert "xl/calcChain.xml" in parts_of(marked)
    assert b'<x:calcPr fullCalcOnLoad="1"/><x:extLst/>' in parts_of(marked)["xl/workbook.xml"]


def test_a_formula_that_gives_a_wrong_number_becomes_the_number() -> None:
    """The number stands in its place, the comment names the formula, and the order of calculation is left out."""
    marked = mark_xlsx(_book(FORMULA, chain=True), change_at("表!C1", "15", "14"))
    assert _cell(marked, "C1") == '<c r="C1" s="4"><v>14</v></c>'
    assert "=SUM(A1:B1)" in _note(marked)
    assert "xl/calcChain.xml" not in parts_of(marked)
    assert b"calcChain" not in parts_of(marked)["xl/_rels/workbook.xml.rels"]


def test_a_formula_that_others_share_is_left() -> None:
    """The first cell of a shared formula holds it for all: it is not taken away from them."""
    shared = '<row><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>15</v></c></row>'
    marked = mark_xlsx(_book(shared), change_at("表!A1", "15", "14"))
    assert shared.removeprefix("<row>").removesuffix("</row>") == _cell(marked)
    assert "与其他单元格共用" in _note(marked)


NUMBERS = {(0, 0): Fraction(10), (0, 1): Fraction(5), (1, 0): None}
FORMULAS = [
    ("SUM(A1:B1)", 15), ("SUM(A1,B1,2.5)", "17.5"), ("A1+B1*2-(3-1)", 18), ("-A1/4", "-2.5"), ("SUM(A1:A2)", 10),
    ("ROUND(A1/3,2)", "3.33"), ("ROUND(-B1/2,0)", "-3"), ("$A$1*50%", 5), ("C9", 0),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "value"), FORMULAS)
def test_sums_operations_and_rounding_are_calculated(formula: str, value: str | int) -> None:
    """The formulas that forms have are calculated exactly; text in a range counts as nothing."""
    found = value_of(formula, lambda row, column: NUMBERS.get((row, column), Fraction(0)))
    assert found == Fraction(Decimal(value))


@pytest.mark.parametrize("formula", [
    "A2+1", "IF(A1,1,2)", "Sheet2!A1", "A1&B1", "A1/0", "SUM(A1:XFD99999)", "(" * 600, "(" * 99 + "1", "SUM(A1", "",
    "A1 B1", "ROUND(A1,A1/3)", "SUM(A1:B1:C1)", "LOG10(A1)",
])  # fmt: skip
def test_other_formulas_are_not_guessed(formula: str) -> None:
    """Text in an operation, other sheets, other functions, faults and endless nesting give no value."""
    assert value_of(formula, lambda row, column: NUMBERS.get((row, column), Fraction(0))) is None


def test_a_corrected_workbook_reads_back_with_exactly_the_changed_field() -> None:
    """Of the sample's seven forms one score is changed: all else reads back as it was."""
    original = (DATA / "forms7.xlsx").read_bytes()
    forms = parse_bytes(original, "a.xlsx")
    (place,) = forms[0].places["/indicators/0/score"]
    job = change_at(place.cell or "", str(forms[0].indicators[0].score), "8.50", "/indicators/0/score")
    wanted = list(forms[0].indicators)
    wanted[0] = replace(wanted[0], score=Decimal("8.50"))
    read = parse_bytes(mark_xlsx(original, job), "a.xlsx")
    assert without(read) == without([replace(forms[0], indicators=tuple(wanted)), *forms[1:]])
    book = openpyxl.load_workbook(io.BytesIO(mark_xlsx(original, job)))
    title, _, cell = (place.cell or "").rpartition("!")
    before = openpyxl.load_workbook(io.BytesIO(original))[title][cell]
    assert book[title][cell].number_format == before.number_format
