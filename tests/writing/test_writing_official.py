"""Official forms: what a layout prints of a form reads back as the same form; what it has no cell for is named."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from forms.content import make
from forms.truth import truth_of
from jixiao.form import Execution, Extra, Form, FundRow, Funds, Indicator, Project, Total
from jixiao.layout.families import load_families
from jixiao.writing.official import lay_out, lay_out_blank
from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.model import Table
from jixiao.writing.paper.pages import SetTable
from jixiao.writing.paper.typeset import typeset
from roundtrip.hard_forms import forms
from roundtrip.read_back import differences, forms_in

FAMILIES = {family.id: family for family in load_families()}
PRINTED = [name for name, family in FAMILIES.items() if family.printing]


def table_of(form: Form, layout: str) -> Table:
    """The table of a form in a layout."""
    (table,) = [each for each in lay_out(form, FAMILIES[layout]).document.blocks if isinstance(each, Table)]
    return table


def test_six_layouts_are_printed() -> None:
    """The ministry's annex, 上海, 云南, 四川, 湖北 and transfer payments can be written."""
    assert set(PRINTED) == {"ministry", "shanghai", "yunnan", "sichuan", "hubei", "transfer"}


@pytest.mark.parametrize("layout", PRINTED)
def test_a_form_reads_back(layout: str) -> None:
    """Forms of a layout, laid out in it, read back without a difference, and nothing of them is left out."""
    for seed in range(25):
        form = truth_of(make(seed, FAMILIES[layout]), FAMILIES[layout])
        laid = lay_out(form, FAMILIES[layout])
        (got,) = forms_in([laid.document])
        assert (differences(form, got), laid.left_out) == ([], ())


@pytest.mark.parametrize("layout", PRINTED)
@pytest.mark.parametrize("blank", [False, True])
def test_cells_cover_the_grid(layout: str, blank: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    """Every place of the grid is covered once, by cells in reading order; columns fill the page exactly."""
    form = truth_of(make(3, FAMILIES[layout]), FAMILIES[layout])
    laid = lay_out_blank(FAMILIES[layout]) if blank else lay_out(form, FAMILIES[layout])
    (table,) = [each for each in laid.document.blocks if isinstance(each, Table)]
    covered = [
        (cell.row + down, cell.column + across)
        for cell in table.cells
        for down in range(cell.row_span)
        for across in range(cell.column_span)
    ]
    assert sorted(covered) == [(row, column) for row in range(table.rows) for column in range(len(table.widths))]
    assert [(cell.row, cell.column) for cell in table.cells] == sorted((cell.row, cell.column) for cell in table.cells)
    assert all(cell.row_span > 0 and cell.column_span > 0 for cell in table.cells)
    assert sum(table.widths) == laid.document.page.across


@pytest.mark.parametrize("layout", PRINTED)
def test_a_blank_form_claims_nothing(layout: str) -> None:
    """A blank form holds no number, and computes totals and the rate where the layout prints them."""
    (table,) = [each for each in lay_out_blank(FAMILIES[layout]).document.blocks if isinstance(each, Table)]
    formulas = {cell.pointer for cell in table.cells if cell.formula}
    assert [cell.text for cell in table.cells if cell.number is not None] == []
    assert "/execution/rate" in formulas
    assert ("/total/score" in formulas) == (layout != "transfer")


@pytest.mark.parametrize("layout", [name for name in PRINTED if name != "hubei"])
def test_the_total_of_a_blank_form_counts_every_row_of_funds(layout: str) -> None:
    """Whatever rows of money a layout prints, what is filled into any of them is in the total."""
    (table,) = [each for each in lay_out_blank(FAMILIES[layout]).document.blocks if isinstance(each, Table)]
    of = {cell.pointer: cell.formula.of for cell in table.cells if cell.formula}["/funds/total/executed"]
    rows = [cell.pointer for cell in table.cells if cell.pointer.endswith("/executed")]
    assert set(of) == set(rows) - {"/funds/total/executed"}
    funds = FAMILIES[layout].funds
    assert funds
    assert len(of) == len(funds.rows) - 1


@pytest.mark.parametrize("layout", PRINTED)
def test_a_blank_form_has_room_to_write(layout: str) -> None:
    """Goals have three lines, explanations at the end two; a form on an upright page is one page."""
    laid = lay_out_blank(FAMILIES[layout])
    (table,) = [each for each in laid.document.blocks if isinstance(each, Table)]
    assert table.least >= 1900
    assert {cell.least for cell in table.cells if cell.pointer.startswith("/goal/")} == {6600}
    assert {cell.row for cell in table.cells if cell.least == 3900} <= set(range(table.body[1], table.rows))
    pages = list(typeset([laid.document], faces()))
    assert len(pages) == (2 if laid.document.page.width > laid.document.page.height else 1)


@pytest.mark.parametrize("layout", PRINTED)
def test_headings_of_a_blank_form_are_not_cut_before_their_last_letter(layout: str) -> None:
    """No label breaks so that a single letter stands on its last line, but in columns of four letters or fewer."""
    (page, *_) = typeset([lay_out_blank(FAMILIES[layout]).document], faces())
    (table,) = [block for block in page.blocks if isinstance(block, SetTable)]
    for cell in table.cells:
        if cell.cell.role == "label" and len(cell.lines) > 1 and len(cell.lines[0]) > 4:
            assert len(cell.lines[-1].strip()) > 1, cell.lines


def test_a_formula_stands_only_where_it_gives_the_claim() -> None:
    """A total that the rows give is a formula; one that contradicts them stays the number that was claimed."""
    rows = (Indicator("产出指标", "数量指标", "甲", weight=Decimal("90.00"), score=Decimal("83.00")),)
    form = Form(
        title="自评表", execution=Execution(Decimal("10.00"), Decimal("100.00"), Decimal("10.00")), indicators=rows,
        funds=Funds(total=FundRow(Decimal(2), Decimal(3), Decimal(3))),
        total=Total(Decimal("100.00"), Decimal("94.00")),
    )  # fmt: skip
    cells = {cell.pointer: cell for cell in table_of(form, "shanghai").cells}
    assert cells["/total/weight"].formula is not None
    assert (cells["/total/score"].formula, cells["/total/score"].text) == (None, "94.00")
    assert cells["/execution/rate"].formula is not None


def test_points_of_the_execution_are_never_above_their_points() -> None:
    """Over 100 % the formula gives the full points; a claim above them stays the number that it is."""
    full = Form(title="自评表", execution=Execution(Decimal("10.00"), Decimal("102.59"), Decimal("10.00")))
    above = replace(full, execution=Execution(Decimal("10.00"), Decimal("102.59"), Decimal("10.26")))
    cells = [
        {cell.pointer: cell for cell in table_of(form, "shanghai").cells}["/execution/score"] for form in (full, above)
    ]
    assert [cell.formula is not None for cell in cells] == [True, False]


def test_what_a_layout_has_no_cell_for_is_named() -> None:
    """Deviations, points and grades that 湖北 or transfer payments do not print are named with their field."""
    row = Indicator("产出指标", "数量指标", "甲", weight=Decimal(5), score=Decimal(4), deviation="下雨")
    form = Form(title="自评表", project=Project("路灯", "330100"), indicators=(row,), grade="优")
    left = {each.pointer: each for each in lay_out(form, FAMILIES["transfer"]).left_out}
    assert set(left) == {"/project/code", "/indicators/0/weight", "/indicators/0/score", "/grade"}
    assert (left["/grade"].zh, left["/grade"].text) == ("评分等级", "优")
    assert "/indicators/0/deviation" in {each.pointer for each in lay_out(form, FAMILIES["hubei"]).left_out}


def test_labelled_texts_without_a_cell_follow_the_table() -> None:
    """An extra that the layout has no label for gets a row of its own at the end, and reads back."""
    form = replace(
        truth_of(make(1, FAMILIES["shanghai"]), FAMILIES["shanghai"]),
        extras=(Extra("改进措施及结果应用方案", "明年提前招标。"), Extra("执行率", "100.00", "/funds/current_year")),
    )
    laid = lay_out(form, FAMILIES["shanghai"])
    (got,) = forms_in([laid.document])
    assert laid.left_out == ()
    assert sorted(got.extras, key=str) == sorted(form.extras, key=str)


@pytest.mark.parametrize("layout", PRINTED)
@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_hard_contents_read_back(layout: str, data: st.DataObject) -> None:
    """Forms with signs at the start of a cell, rare letters, blanks, quotes and empty parts read back the same."""
    form = data.draw(forms(FAMILIES[layout]))
    laid = lay_out(form, FAMILIES[layout])
    (got,) = forms_in([laid.document])
    assert (differences(form, got), laid.left_out) == ([], ())
