"""Documents to be written and read back: any grid of merged cells, any text, several of them."""

from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form import Form
from jixiao.writing.paper.model import Align, Block, Cell, Document, Page, Table, Text

LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Co", "Cn"],
    exclude_characters="\xad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff",
)
"""Any letter but those that print nothing, which our readers leave out or resolve."""
PRINTED = st.sampled_from(
    ["=SUM(A1)", "+1", "-2,756.57", "@x", '"引号"', "'", "<b>&amp;</b>", "]]>", "甲 乙", "a  b", "①②≥100%", "𠮷𠀋",
     "龘", "2024年12月31日前", "A/B test", "上海“张江之星”——品牌", "100.00(%)", "\t制表\t符", "第一行\n第二行",
     "长" * 400]
)  # fmt: skip
WORDS = st.one_of(st.just(""), PRINTED, st.text(LETTERS, max_size=12))
ALIGNMENTS: st.SearchStrategy[Align] = st.sampled_from(("left", "center", "right"))


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns of a grid, ends excluded."""

    top: int
    left: int
    bottom: int
    right: int


@st.composite
def areas(draw: st.DrawFn, whole: Area) -> list[Area]:
    """A grid cut into merged cells, again and again across or down."""
    height, width = whole.bottom - whole.top, whole.right - whole.left
    if height * width == 1 or draw(st.integers(0, 5)) == 0:
        return [whole]
    if height == 1 or (width > 1 and draw(st.booleans())):
        at = whole.left + draw(st.integers(1, width - 1))
        parts = Area(whole.top, whole.left, whole.bottom, at), Area(whole.top, at, whole.bottom, whole.right)
    else:
        at = whole.top + draw(st.integers(1, height - 1))
        parts = Area(whole.top, whole.left, at, whole.right), Area(at, whole.left, whole.bottom, whole.right)
    return [area for part in parts for area in draw(areas(part))]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any merges and texts, with a heading or without."""
    rows, columns = draw(st.integers(2, 8)), draw(st.integers(2, 6))
    cells = []
    for area in sorted(draw(areas(Area(0, 0, rows, columns))), key=lambda area: (area.top, area.left)):
        role: Literal["label", "value"] = draw(st.sampled_from(("label", "value")))
        align = draw(ALIGNMENTS)
        down, across = area.bottom - area.top, area.right - area.left
        cells.append(
            Cell(area.top, area.left, draw(WORDS), down, across, role, align, draw(st.sampled_from(("", "/x"))))
        )
    widths = tuple(draw(st.lists(st.integers(2500, 9000), min_size=columns, max_size=columns)))
    first = draw(st.integers(0, rows - 2))
    heading, body = ((first, first + 1), (first + 1, rows)) if draw(st.booleans()) else ((0, 0), (0, 0))
    return Table(widths, rows, tuple(cells), heading, body, draw(st.sampled_from((0, 2400))))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of headings, paragraphs and tables."""
    texts = st.builds(
        Text, WORDS, st.sampled_from((0, 1, 2, 3)), ALIGNMENTS, st.sampled_from(("title", "body", "label")),
        st.sampled_from((0, 1600)), st.sampled_from((0, 2)),
    )  # fmt: skip
    blocks: list[Block] = draw(st.lists(st.one_of(texts, tables()), max_size=4))
    page = draw(st.sampled_from((Page(), Page(84189, 59528, numbered=False), Page(size=1600))))
    return Document(draw(st.text(LETTERS, max_size=50)), page, tuple(blocks))


def form_document(name: str = "科技金融", indicators: int = 3) -> Document:
    """A small form with a heading in the middle of its table, and merges over its rows."""
    cells = [
        Cell(0, 0, "项目名称", role="label"), Cell(0, 1, name, column_span=6),
        Cell(1, 0, "主管部门", role="label"), Cell(1, 1, "甲局", column_span=6),
    ]  # fmt: skip
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    cells += [Cell(2, column, head, role="label") for column, head in enumerate(heads)]
    for number in range(indicators):
        texts = (f"数量{number}", f"≥{number}(次)", f"{number}(次)", "10.00", "10.00")
        cells += [Cell(3 + number, 2 + column, text, pointer=f"/x/{number}") for column, text in enumerate(texts)]
    cells += [
        Cell(3, 0, "产出指标", row_span=indicators, role="label"),
        Cell(3, 1, "数量指标", row_span=indicators, role="label"),
    ]
    end = 3 + indicators
    cells += [Cell(end, 0, "总分", column_span=5, role="label"), Cell(end, 5, "100.00"), Cell(end, 6, "100.00")]
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    table = Table((6000, 6000, 10000, 8000, 8000, 5000, 5000), end + 1, ordered, (2, 3), (3, end))
    title = Text("项目支出绩效自评表", 1, "center", "title", 1600)
    return Document(name, Page(), (title, Text("（2024年度）", align="center"), table))


def named(form: Form, number: int) -> Form:
    """A form with a name of its own: two of one name and one layout may be one that goes on overleaf, to a reader."""
    return replace(form, project=replace(form.project, name=f"{form.project.name}第{number}项"))
