"""A form and a layout make a document; what the layout has no cell for is named beside it."""

from typing import Final

from msgspec import Struct

from jixiao.form import Form, Funds
from jixiao.layout.families import PARTS, Family, Printing
from jixiao.writing.official.blank import LEAST_HEIGHT, blank_rows, further_funds, roomy
from jixiao.writing.official.builder import Builder
from jixiao.writing.official.filling import Filling
from jixiao.writing.official.formulas import kept
from jixiao.writing.official.left_out import LeftOut, left_out
from jixiao.writing.official.values import in_words
from jixiao.writing.paper.model import A4, Document, Formula, Page, Text

_TITLE: Final = 1600
_LINE: Final = 1050
"""Sizes of the letters of the title and of the line of the year."""
_BLANK_YEAR: Final = "    "


class Laid(Struct, frozen=True):
    """A form on paper.

    Attributes:
        document: what is printed.
        left_out: fields of the form that this layout does not print.
    """

    document: Document
    left_out: tuple[LeftOut, ...] = ()


def lay_out(form: Form, family: Family) -> Laid:
    """A form as a layout prints it.

    Raises:
        ValueError: the layout is only read, not printed.
    """
    return _laid(form, family, blank=False)


def lay_out_blank(family: Family, rows: int = 2) -> Laid:
    """An empty form to be filled in, on paper or in a spreadsheet.

    Args:
        family: the layout.
        rows: how many indicators there is room for under each second-level heading.

    Raises:
        ValueError: the layout is only read, not printed.
    """
    form = Form(
        title=family.title,
        currency_unit=family.currency_unit,
        indicators=blank_rows(rows),
        funds=Funds(more=further_funds(family)),
    )
    return _laid(form, family, blank=True)


def _laid(form: Form, family: Family, *, blank: bool) -> Laid:
    printing = family.printing
    if printing is None:
        raise ValueError(f"layout {family.id} has no [printing] / 版式 {family.id} 没有 [printing]")
    filling = Filling(form, family, printing, form.indicators)
    builder = Builder(family, filling.held())
    if blank:
        builder.held |= {"execution": "  "}
    from jixiao.writing.official.parts import lay_part

    for part in family.order if family.goal or not printing.goal_label else PARTS:
        lay_part(part, builder, filling)
    builder.cells = kept(builder.cells, _formulas(form))
    if blank:
        builder.cells = roomy(builder.cells, builder.body[1])
    page = _page(printing)
    table = builder.table(page, LEAST_HEIGHT if blank else 0)
    notes = tuple(Text(text, pointer=pointer, before=300) for text, pointer in filling.notes())
    document = Document(_name(form, family), page, (*_above(form, family, blank=blank), table, *notes))
    return Laid(document, () if blank else left_out(form, filling.printed))


def _name(form: Form, family: Family) -> str:
    return form.project.name or form.title or family.name


def _above(form: Form, family: Family, *, blank: bool) -> tuple[Text, ...]:
    """Title, the line of the year, the line that names the unit of money."""
    title = Text(form.title or family.title, 1, "center", "title", _TITLE, after=300, pointer="/title")
    year = _BLANK_YEAR if blank else "" if form.fiscal_year is None else str(form.fiscal_year)
    lines = [title]
    if year:
        text = family.year_line.format(year=year)
        lines.append(Text(text, 0, "center", "body", _LINE, after=300, pointer="/fiscal_year"))
    printing = family.printing
    if family.unit_line and form.currency_unit and printing:
        template = printing.relabel.get(family.unit_line, family.unit_line)
        text = in_words(template, {"money": form.currency_unit})
        lines.append(Text(text, 0, "right", "body", after=150, pointer="/currency_unit"))
    return tuple(lines)


def _page(printing: Printing) -> Page:
    width, height = A4[::-1] if printing.landscape else A4
    return Page(width, height, size=printing.size)


def _formulas(form: Form) -> dict[str, Formula]:
    """What a person expects a spreadsheet to compute, by the pointer of the cell."""
    rows = range(len(form.indicators))
    wanted = {
        "/execution/rate": Formula("rate", ("/funds/total/executed", "/funds/total/adjusted")),
        "/execution/score": Formula("share", ("/execution/weight", "/execution/rate")),
    }
    for name in ("weight", "score"):
        points = (f"/execution/{name}", *(f"/indicators/{row}/{name}" for row in rows))
        wanted[f"/total/{name}"] = Formula("sum", points)
    for amount in ("initial", "adjusted", "executed"):
        parts = [f"/funds/{name}/{amount}" for name in ("current_year", "carryover", "other")]
        parts += [f"/funds/more/{number}/{amount}" for number in range(len(form.funds.more))]
        wanted[f"/funds/total/{amount}"] = Formula("sum", tuple(parts))
    return wanted
