"""Forms typed by hand as different offices lay them out (`data/strangers`), as a grid, as a workbook and as a PDF."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from forms.by_hand import C, grid, line, table
from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Style, typst_pdf
from forms.xlsx import xlsx
from jixiao.layout.grid import Grid, Table

Half = Literal["tuned", "held_out", "later"]
_FOLDER = Path(__file__).parent.parent / "data" / "strangers"
_SPANS = re.compile(r"\s*(?:(?<!\S)>(?P<across>\d+))?\s*(?:(?<!\S)v(?P<down>\d+))?\s*$")
_WIDTH = 264


@dataclass(frozen=True, slots=True)
class Sheetful:
    """What one page or sheet prints: lines above the table, its rows of cells, lines below it."""

    above: list[str]
    rows: list[list[C]]
    below: list[str]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A form of an unseen layout.

    Attributes:
        id: its name.
        about: what it has that others have not.
        pages: what it prints.
        truths: what each of its forms says; see README.md beside the data.
    """

    id: str
    about: str
    pages: list[Sheetful]
    truths: list[dict[str, Any]]


def strangers(half: Half) -> list[Stranger]:
    """All forms of one half."""
    with (_FOLDER / f"{half}.toml").open("rb") as file:
        forms = tomllib.load(file)["form"]
    return [
        Stranger(form["id"], form["about"], [_page(text) for text in form["page"].split("\n---\n")], form["truth"])
        for form in forms
    ]


def _page(text: str) -> Sheetful:
    above: list[str] = []
    below: list[str] = []
    rows: list[list[C]] = []
    for printed in text.strip("\n").split("\n"):
        if printed.startswith("= "):
            (below if rows else above).append(printed[2:])
        else:
            rows.append([_cell(each) for each in printed.split("|")])
    return Sheetful(above, rows, below)


def _cell(text: str) -> C:
    match = _SPANS.search(text)
    assert match
    return C(text[: match.start()].strip().replace("⏎", "\n"), int(match["across"] or 1), int(match["down"] or 1))


def as_grid(stranger: Stranger) -> Grid:
    """The document as a reader would hand it over, without geometry."""
    return grid(*(block for page in stranger.pages for block in _blocks(page)))


def _blocks(page: Sheetful) -> Iterator[Any]:
    yield from (line(text) for text in page.above)
    yield page.rows
    yield from (line(text) for text in page.below)


def as_xlsx(stranger: Stranger) -> bytes:
    """The document as a workbook with merged cells."""
    return xlsx([_sheet(page) for page in stranger.pages], len(stranger.id))


def as_pdf(stranger: Stranger) -> bytes:
    """The document as a ruled PDF; tables go over pages where they are long."""
    style = Style("sans", 8, landscape=True, pages=False, top=12, middle=True, numbered=False, repeats=False)
    return typst_pdf([_sheet(page) for page in stranger.pages], style)


def _sheet(page: Sheetful) -> Sheet:
    whole: Table = table(page.rows)
    columns = max(cell.column + cell.column_span for cell in whole.cells)
    edges = [_WIDTH * column // columns for column in range(columns + 1)]
    cells = [
        SheetCell(cell.row, cell.row_span, edges[cell.column], edges[cell.column + cell.column_span], cell.text)
        for cell in whole.cells
    ]
    return Sheet(page.above[0] if page.above else "", page.above, _WIDTH, page.below, cells, len(page.rows))


def fields(printed: str, count: int) -> list[list[str]]:
    """The alternatives of each field of a line of a truth: a plain text has one, a JSON list several."""
    parts = [part.strip() for part in printed.split("|")]
    parts += [""] * (count - len(parts))
    return [json.loads(part) if part.startswith('["') else [part] for part in parts[:count]]
