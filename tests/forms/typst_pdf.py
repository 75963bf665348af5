"""Sheets to PDF by typst: rows and spans break across pages wherever the page ends."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import pylopdf_fonts_zh_cn as fonts
import typst

from forms.sheet import Sheet, SheetCell

_SOURCE = """
#let d = json(bytes(sys.inputs.doc))
#set page(paper: "a4", flipped: d.flipped, margin: (x: 15mm, top: d.top * 1mm, bottom: 15mm))
#set page(footer: context if d.numbered { align(center, text(8pt, counter(page).display("— 1 —"))) })
#set text(font: d.font, size: d.size * 1pt, lang: "zh", region: "cn", hyphenate: false)
#set par(leading: 0.5em, justify: false)
#for (i, s) in d.sheets.enumerate() {
  if i > 0 { if d.pages { pagebreak() } else { v(8mm) } }
  for line in s.lines { align(center, text(if line == s.title { 14pt } else { 10pt }, line)) }
  table(
    columns: s.columns.map(x => x * 1mm), stroke: none, inset: d.inset * 1mm,
    ..s.cells.map(c => table.cell(
      x: c.x, y: c.y, rowspan: c.rows, colspan: c.columns,
      fill: if c.shaded { luma(225) },
      stroke: c.sides.fold((:), (all, side) => all + ((side): (thickness: d.thickness * 1pt, dash: d.dash))),
      align: (if c.prose { left } else { center }) + d.align(c), c.text,
    ))
  )
  for line in s.notes { text(8pt, line) }
}
"""


Rules = Literal["full", "thin", "thick", "dotted", "dashed", "double", "open", "rows", "none"]
"""How a table is ruled: `open` lacks the rules at both sides, `rows` has only horizontal ones."""
_STROKES = {"thin": (0.15, "solid"), "thick": (1.5, "solid"), "dotted": (0.6, "dotted"), "dashed": (0.5, "dashed")}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks.

    Attributes:
        font: serif or sans.
        size: of the text, in points.
        landscape: whether the paper lies.
        pages: whether each form begins on a page of its own.
        top: upper margin in millimetres; it moves every page break.
        middle: whether cells are centred vertically.
        numbered: whether pages carry their number.
        repeats: whether the header of the indicators stands again on each page (fpdf only).
        rules: how the table is ruled; `double` is drawn single by typst.
        shaded: whether headers and the labels at the side stand on grey.
        tight: whether the text all but touches the rules.
    """

    font: Literal["serif", "sans"] = "serif"
    size: int = 9
    landscape: bool = False
    pages: bool = True
    top: int = 15
    middle: bool = True
    numbered: bool = False
    repeats: bool = False
    rules: Rules = "full"
    shaded: bool = False
    tight: bool = False

    @property
    def width(self) -> int:
        """Width of the table in millimetres."""
        return 267 if self.landscape else 180


def typst_pdf(sheets: Sequence[Sheet], style: Style) -> bytes:
    """One document of several sheets."""
    align = "horizon" if style.middle else "top"
    thickness, dash = _STROKES.get(style.rules, (0.5, "solid"))
    doc: dict[str, Any] = {
        "flipped": style.landscape,
        "top": style.top,
        "font": {"serif": "Noto Serif SC", "sans": "Noto Sans SC"}[style.font],
        "size": style.size,
        "pages": style.pages,
        "numbered": style.numbered,
        "inset": 0.35 if style.tight else 1,
        "thickness": thickness,
        "dash": dash,
        "sheets": [_plain(sheet, style) for sheet in sheets],
    }
    source = _SOURCE.replace("d.align(c)", align)
    path = fonts.serif_path() if style.font == "serif" else fonts.sans_path()
    compiler: Any = typst.Compiler
    made: Any = compiler(
        source.encode(),
        font_paths=[str(path.parent)],
        ignore_system_fonts=True,
        sys_inputs={"doc": json.dumps(doc, ensure_ascii=False)},
    ).compile(format="pdf")
    return bytes(made)


def _plain(sheet: Sheet, style: Style) -> dict[str, Any]:
    edges = sheet.edges
    at = {edge: index for index, edge in enumerate(edges)}
    return {
        "lines": sheet.lines,
        "title": sheet.title,
        "notes": sheet.notes,
        "columns": [right - left for left, right in pairwise(edges)],
        "cells": [
            {
                "x": at[cell.left],
                "y": cell.row,
                "columns": at[cell.right] - at[cell.left],
                "rows": cell.row_span,
                "text": cell.text,
                "prose": cell.prose,
                "shaded": style.shaded and sheet.is_head(cell),
                "sides": sides(cell, sheet, style.rules),
            }
            for cell in sheet.cells
        ],
    }


def sides(cell: SheetCell, sheet: Sheet, rules: Rules) -> list[str]:
    """The sides of a cell that are ruled."""
    if rules == "none":
        return []
    left, right = cell.left > 0, cell.right < sheet.width
    if rules == "rows":
        left = right = False
    elif rules != "open":
        left = right = True
    return ["top", "bottom", *(["left"] if left else []), *(["right"] if right else [])]
