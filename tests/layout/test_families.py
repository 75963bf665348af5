"""The published layouts as data: complete, consistent with the lexicon, refused with a reason where they are not."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from jixiao.layout.families import Family, load_families, read_family
from jixiao.layout.lexicon import build_lexicon, load_lexicon

FAMILIES = load_families()
HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "src" / "jixiao" / "layout" / "families"
PAGE = HOUSE / "docs" / "howto" / "add-a-layout.md"
TEXT = """
id = "somewhere"
name = "某地"
place = "某地"
source = "公开的自评表"
evidence = "practice"
title = "自评表"
year_line = "（{year}年度）"
currency_unit = "元"
[head]
rows = [[{ label = "事项名称", field = "project_name" }]]
[indicators]
side = ""
name_prefix = ""
declares_points = false
columns = [{ label = "考核内容", field = "name" }, { label = "应达数", field = "target" }]
[tail]
rows = []
"""


@pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])
def test_every_label_of_a_family_finds_its_field(family: Family) -> None:
    """The lexicon knows each label a family prints under its field; an extra may be a second label of one it has."""
    lexicon = load_lexicon()
    for block, labels in family.labels().items():
        preferred = {label.field for label in labels}
        for label in labels:
            found = lexicon.find(block, label.label)
            assert found == label.field or (label.field == "extra" and found in preferred), label.label
    assert {field: lexicon.find("section", side) for field, side in family.sides().items()} == {
        field: field for field in family.sides()
    }


@pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])
def test_every_family_has_what_a_form_needs(family: Family) -> None:
    """A family names its source, a unit of money, a year's line, and columns for name and target."""
    fields = {label.field for label in family.indicators.columns}
    assert "name" in fields
    assert fields & {"target", "initial_target", "adjusted_target"}
    assert "{year}" in family.year_line
    assert family.currency_unit in ("元", "万元")
    assert family.source


def test_a_new_layout_needs_one_file_and_no_code() -> None:
    """The labels of a family join the lexicon as soon as its file is read."""
    family = read_family("somewhere.toml", TEXT)
    lexicon = build_lexicon({"head": {}, "indicator_columns": {}, "tail": {}, "section": {}}, [family])
    assert lexicon.find("head", "事项名称") == "project_name"
    assert lexicon.find("indicator_columns", "应达数") == "target"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("elsewhere.toml", TEXT, "somewhere"),
        ("somewhere.toml", TEXT.replace('field = "name"', 'fields = "name"'), "indicators.columns"),
        ("somewhere.toml", TEXT.replace("practice", "hearsay"), "evidence"),
        ("somewhere.toml", 'order = ["head", "head", "funds", "indicators", "tail"]' + TEXT, "order"),
        ("somewhere.toml", "id =", "somewhere.toml"),
    ],
)
def test_a_faulty_layout_is_refused_with_its_fault(name: str, text: str, says: str) -> None:
    """A layout file that is misnamed, misspelt or no TOML is refused; the message names the file and the fault."""
    with pytest.raises(ValueError, match=says) as caught:
        read_family(name, text)
    assert name in str(caught.value)


@pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])
def test_every_family_tells_its_letter(family: Family) -> None:
    """The first comment of a layout's file begins with the letter of its family of published layouts."""
    assert re.match(r"# [A-Z]′?: ", first_line(family.id))


def test_the_page_on_layouts_tells_the_letters_of_the_files() -> None:
    """Each row of its table names files that are there, under their letters; A to K are all in it."""
    found = re.findall(r"^\| ([A-Z]′?(?:, [A-Z]′?)*) \| ([a-z, -]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    listed = [pair for letters, names in found for pair in zip(letters.split(", "), names.split(", "), strict=True)]
    assert {letter[0] for letter, _ in listed} >= set("ABCDEFGHIJK")
    assert all(first_line(name).startswith(f"# {letter}: ") for letter, name in listed)


def first_line(family: str) -> str:
    """The first line of a layout's file."""
    return (FOLDER / f"{family}.toml").read_text(encoding="utf-8").splitlines()[0]


def test_a_row_that_does_not_fill_the_grid_is_refused() -> None:
    """A layout whose cells cover more or fewer columns than it has is refused with the row and the count."""
    text = (files("jixiao.layout") / "families" / "shanghai.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=r"\[6, 2\] must cover 9 columns"):
        read_family("shanghai.toml", text.replace("[6, 3]", "[6, 2]"))
