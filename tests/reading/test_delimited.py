"""Text that holds tables is read as tables; text in the order of its content is left to the reader of such text."""

from pathlib import Path

import pytest

from forms.content import make
from forms.documents import FAMILIES
from forms.losses import lost_texts
from forms.measure import differences, filled_pointers
from forms.sheet import lay_out
from forms.text_tables import delimited, drawn, markdown
from forms.truth import truth_of
from jixiao.form import Form
from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import Unreadable
from jixiao.reading.formats.delimited import read_tables
from jixiao.reading.interpreter import interpret
from jixiao.reading.limits import Limits
from jixiao.reading.parse import parse_bytes
from reading.test_text_extractors import PDFS, content_order, line_order

DATA = Path(__file__).parent.parent / "data"
SEED = DATA.parents[1] / "examples" / "shanghai-2024.txt"


def grid_of(text: str) -> Grid:
    """The grid of a text that holds tables."""
    grid = read_tables(text, "a.csv")
    assert grid is not None
    return grid


def check(text: str, truth: list[Form]) -> None:
    """The forms of a text equal their truth, each field with a place, and nothing is lost."""
    grid = grid_of(text)
    forms = interpret(grid, "a.csv")
    assert [differences(want, form) for want, form in zip(truth, forms, strict=True)] == [[]] * len(truth)
    assert lost_texts(grid, forms) == []
    for form in forms:
        assert [pointer for pointer in filled_pointers(form) if not form.places.get(pointer)] == []


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("sign", "ragged"), [(",", False), ("\t", False), (";", True)])
def test_sheets_saved_as_text_are_read_exactly(family: str, sign: str, ragged: bool) -> None:  # noqa: FBT001
    """Commas, tabs, semicolons; merged cells whose text stands in their first field only; several forms a file."""
    known = FAMILIES[family]
    printed = [make(ord(sign) + seed, known) for seed in (1, 2)]
    text = delimited([lay_out(each, known, 180) for each in printed], sign, ragged=ragged)
    check(text, [truth_of(each, known) for each in printed])


@pytest.mark.parametrize("family", FAMILIES)
def test_markdown_tables_are_read_exactly(family: str) -> None:
    """A table of bars with its line of dashes; headings above it and lines below."""
    known = FAMILIES[family]
    printed = make(31, known)
    check(markdown(lay_out(printed, known, 180)), [truth_of(printed, known)])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("chinese", [True, False])
def test_tables_drawn_in_letters_are_read_exactly(family: str, chinese: bool) -> None:  # noqa: FBT001
    """Cells with spans drawn by ─ │ ┼ two columns wide, or by - | + one wide; cells wrap inside."""
    known = FAMILIES[family]
    printed = make(41 + chinese, known)
    check(drawn(lay_out(printed, known, 267), chinese=chinese), [truth_of(printed, known)])


def test_fields_have_line_and_column() -> None:
    """Where a field begins, quotes and line ends inside fields counted."""
    grid = grid_of('a,b,c\n"d\ne",f,g\n1,2,3\n4,5,6\n7,8,"9,""0"""\n')
    (table,) = grid.blocks
    assert isinstance(table, Table)
    found = {cell.text: (cell.places[0].line, cell.places[0].column) for cell in table.cells}
    assert found["d\ne"] == (2, 1)
    assert found["f"] == (3, 4)
    assert found["1"] == (4, 1)
    assert found['9,"0"'] == (6, 5)


def test_letters_drawn_in_have_line_and_column() -> None:
    """The place of a drawn cell is where its text begins; a line outside is itself."""
    grid = grid_of("标题\n+-----+----+\n| 甲  | b  |\n+-----+----+\n| c-d | 5  |\n+-----+----+\n")
    line, table = grid.blocks
    assert isinstance(line, FreeText)
    assert isinstance(table, Table)
    assert [(cell.text, cell.places[0].line, cell.places[0].column) for cell in table.cells] == [
        ("甲", 3, 3), ("b", 3, 8), ("c-d", 5, 3), ("5", 5, 9),
    ]  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_text_of_pdf_files_holds_no_table(name: str) -> None:
    """What extractors print of real files, by content or by line, is left to the reader of text; so is the seed."""
    assert read_tables(content_order(DATA / name), name) is None
    assert read_tables(line_order(DATA / name), name) is None
    assert read_tables(SEED.read_text(encoding="utf-8"), "seed") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_saved_text(encoding: str) -> None:
    """A sheet saved as text is read in each encoding that spreadsheets write."""
    known = FAMILIES["ministry"]
    printed = make(3, known)
    data = delimited([lay_out(printed, known, 180)], ",").encode(encoding)
    (form,) = parse_bytes(data, "表.csv")
    assert differences(truth_of(printed, known), form) == []


def test_more_fields_than_allowed_are_refused() -> None:
    """One field more than the limit is refused, as many as it are read."""
    text = "a,b,c\n" * 6
    assert read_tables(text, "a.csv", Limits(cells=19)) is not None
    with pytest.raises(Unreadable) as refusal:
        read_tables(text, "a.csv", Limits(cells=17))
    assert refusal.value.code == "too_large"
