"""What stands above and between forms: a list of projects gives them nothing, lines stay where the page has them."""

import pytest

from forms.content import make
from forms.cover import list_before
from forms.documents import FAMILIES
from forms.measure import differences
from forms.sheet import lay_out
from forms.text_tables import delimited
from forms.truth import truth_of
from jixiao.layout.grid import FreeText
from jixiao.reading.formats.html import read_html
from jixiao.reading.parse import parse_bytes


@pytest.mark.parametrize("name", ["hubei", "ministry", "chongqing-core"])
def test_a_list_above_its_forms_is_no_form_and_gives_them_nothing(name: str) -> None:
    """Its header is no label with a value beside it; forms that have no name of a project are parted all the same."""
    family = FAMILIES[name]
    printed = [make(seed, family) for seed in (1, 2)]
    sheets = [list_before(printed, 180), *(lay_out(form, family, 180) for form in printed)]
    forms = parse_bytes(delimited(sheets, ",").encode(), "list.csv")
    assert [differences(truth_of(one, family), form) for one, form in zip(printed, forms, strict=True)] == [[], []]


def test_lines_between_tables_in_one_cell_of_a_page_stay_between_them() -> None:
    """A site's page puts its article in one cell: the title of the second form stands above that, not at the top."""
    rows = "<tr><td>项目名称<td>{}<td>分值<tr><td>一级指标<td>甲<td>1"
    article = "".join(f"<p>第{name}表</p><table border=1>{rows.format(name)}</table>" for name in "一二")
    page = f"<table><tr><td>首页<tr><td>发布时间：2025-08-20{article}<p>主办单位</table>"
    found = read_html(page.encode(), "page.html")
    kinds = [block.text if isinstance(block, FreeText) else block.cells[1].text for block in found.blocks]
    assert kinds == ["首页", "发布时间：2025-08-20", "第一表", "一", "第二表", "二", "主办单位"]


def test_the_same_project_of_two_units_is_two_forms() -> None:
    """Transfer payments print no total: a second form of the same project, with funds of its own, begins anew."""
    family = FAMILIES["transfer"]
    printed = [make(seed, family) for seed in (1, 2)]
    printed[1].project_name = printed[0].project_name
    sheets = [lay_out(form, family, 180) for form in printed]
    forms = parse_bytes(delimited(sheets, ",").encode(), "two.csv")
    assert [differences(truth_of(one, family), form) for one, form in zip(printed, forms, strict=True)] == [[], []]
