"""Laws of the interpreter on grids that no office would print: it never fails, and it loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from forms.by_hand import FILE, C, grid, line, table
from forms.losses import lost_texts
from forms.measure import filled_pointers
from jixiao.form import decode_forms, encode_forms
from jixiao.layout.grid import FreeText, Table
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.interpreter import interpret

LABELS = sorted({key for keys in load_lexicon().blocks.values() for key in keys if not key.startswith("*")})
HEADERS: list[list[str | C]] = [
    ["项目名称", C("校舍维修", 7)],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [C("年度总体目标", 1, 2), C("预期目标", 4), C("实际完成情况", 3)],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    [C("总分", 5), "100", "90", ""],
]
TEXTS = [
    "",
    "-",
    "90",
    "12.50",
    "95%",
    "≥90%",
    "已完成。",
    "改善了条件",
    "产出指标",
    "数量指标",
    "满意",
    "度指标",
    "指标2：",
    "……",
    "优",
]
words = st.one_of(st.sampled_from(TEXTS), st.sampled_from(LABELS), st.text("数量完成Ab1.（）：\n ", max_size=8))
cells = st.builds(C, words, st.integers(1, 3), st.integers(1, 3))
rows = st.one_of(st.sampled_from(HEADERS), st.lists(cells, min_size=1, max_size=8))
tables = st.builds(table, st.lists(rows, min_size=1, max_size=8), st.integers(0, 3))
lines = st.builds(line, words, st.integers(0, 3))
documents = st.lists(st.one_of(tables, lines), min_size=1, max_size=5)


@given(documents)
def test_no_grid_makes_the_interpreter_fail_or_lose_a_text(blocks: list[Table | FreeText]) -> None:
    """Whatever a document prints is in some form's fields, extras or problems, or is a label; no grid is an error."""
    document = grid(table([HEADERS[0], HEADERS[3]], 1), *blocks)
    forms = interpret(document, FILE)
    assert forms
    assert lost_texts(document, forms) == []


@given(documents)
def test_every_field_has_a_place_and_survives_the_wire(blocks: list[Table | FreeText]) -> None:
    """Each field that holds something has a place, and the forms come back equal from their JSON."""
    forms = interpret(grid(table([HEADERS[0], HEADERS[3]], 1), *blocks), FILE)
    for form in forms:
        assert [pointer for pointer in filled_pointers(form) if not form.places.get(pointer)] == []
    assert decode_forms(encode_forms(forms)) == forms


@given(documents)
def test_reading_twice_is_reading_once(blocks: list[Table | FreeText]) -> None:
    """The same grid gives the same forms."""
    document = grid(*blocks)
    assert interpret(document, FILE) == interpret(document, FILE)
