"""Generated documents: forms of a family in one format, with their labelled truth. One seed, one document."""

from dataclasses import dataclass
from typing import Literal

from forms.content import make
from forms.dice import Dice
from forms.fpdf_pdf import fpdf_pdf
from forms.sheet import Headings, lay_out
from forms.truth import truth_of
from forms.typst_pdf import Style, typst_pdf
from forms.xlsx import xlsx
from jixiao.form import Form
from jixiao.layout.families import Family, load_families

Format = Literal["typst", "fpdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("typst", "fpdf", "xlsx")
FAMILIES = {family.id: family for family in load_families()}
_MANY_COLUMNS = 9
HEADINGS: dict[str, tuple[Headings, ...]] = {
    "sheet": ("merged", "merged", "repeated", "blank"),
    "page": ("merged", "merged", "merged", "repeated"),
}
"""How headings are set, where cells can be told apart and where a page may cut them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A generated document.

    Attributes:
        name: family, format and seed; its ending tells the format.
        data: its bytes.
        truth: the forms it holds.
    """

    name: str
    data: bytes
    truth: tuple[Form, ...]


def generate(family: Family, kind: Format, seed: int) -> Document:
    """The document of a family, a format and a seed; always the same."""
    dice = Dice(f"{family.id}:{kind}:{seed}")
    many = len(family.indicators.columns) >= _MANY_COLUMNS
    style = Style(
        font=dice.choice(("serif", "sans")),
        size=dice.choice((8, 9) if many else (8, 9, 10, 11)),
        landscape=dice.chance(80 if many else 25),
        pages=dice.chance(70),
        top=dice.between(10, 90),
        middle=dice.chance(70),
        numbered=dice.chance(50),
        repeats=dice.chance(30),
    )
    count = dice.choice((1, 1, 2, 3)) if family.id != "department" else 1
    printed = [make(seed * 10 + index, family) for index in range(count)]
    headings = dice.choice(HEADINGS["sheet" if kind == "xlsx" else "page"])
    sheets = [lay_out(each, family, style.width, headings) for each in printed]
    truth = tuple(truth_of(each, family) for each in printed)
    name = f"{family.id}-{kind}-{seed}"
    if kind == "xlsx":
        return Document(f"{name}.xlsx", xlsx(sheets, seed), truth)
    if kind == "typst":
        return Document(f"{name}.pdf", typst_pdf(sheets, style), truth)
    return Document(f"{name}.pdf", fpdf_pdf(sheets, style, dice.choice(("rows", "lines"))), truth)
