"""Sheets to web pages, in the manners of those who write them: by hand, by Word and Excel, by report systems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from html import escape
from typing import Any, Literal

from forms.dice import Dice
from forms.sheet import Sheet, SheetCell


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is written.

    Attributes:
        cells: td with plain text, paragraphs as Word saves them, divs, or fields of a form to fill in.
        tags: whether closing tags of cells and rows are left out.
        elements: tables, or boxes that style lays out as tables.
        around: the table stands alone, or in the middle of a table that arranges the page.
        hidden: whether texts stand in the page that it does not show.
        encoding: of the bytes.
        head: whether the first row stands in a thead.
    """

    cells: Literal["plain", "word", "div", "fields"] = "plain"
    tags: Literal["closed", "open"] = "closed"
    elements: Literal["table", "style"] = "table"
    around: Literal["alone", "layout"] = "alone"
    hidden: bool = False
    encoding: Literal["utf-8", "gb18030", "gb2312"] = "utf-8"
    head: bool = False


_CHOICES: dict[str, tuple[Any, ...]] = {
    "cells": ("plain", "word", "div", "fields"), "tags": ("closed", "open"), "elements": ("table", "table", "style"),
    "around": ("alone", "layout"), "encoding": ("utf-8", "gb18030"),
}  # fmt: skip


def some_manner(seed: int) -> Manner:
    """A manner by chance, always the same for a seed."""
    dice = Dice(f"html:{seed}")
    chosen = {each.name: dice.choice(_CHOICES.get(each.name, (False, True))) for each in fields(Manner)}
    return Manner(**chosen)


def html_page(sheets: Sequence[Sheet], manner: Manner) -> bytes:
    """One page of several forms."""
    style = ".no{display:none} .t{display:table} .r{display:table-row} .c{display:table-cell}"
    head = f'<meta charset="{manner.encoding}"><title>绩效</title><style>{style}</style>'
    head += '<script>var a="<td>1</td>"</script>'
    body = "".join(_form(sheet, manner) for sheet in sheets)
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(manner.encoding)


def _form(sheet: Sheet, manner: Manner) -> str:
    lines = "".join(f"<p align=center>{escape(line)}</p>\n" for line in sheet.lines)
    notes = "".join(f"<div>{escape(line)}</div>" for line in sheet.notes)
    unseen = '<div style="display:none">旧稿</div><span class="no">1.00</span>' if manner.hidden else ""
    table = lines + unseen + _table(sheet, manner) + notes
    if manner.around == "layout":
        return f"<table width=100%><tr><td></td><td>{table}</td><td>&nbsp;</td></tr></table>"
    return table


def _table(sheet: Sheet, manner: Manner) -> str:
    edges = sheet.edges
    at = {edge: index for index, edge in enumerate(edges)}
    rows: list[list[SheetCell]] = [[] for _ in range(sheet.rows)]
    for cell in sorted(sheet.cells, key=lambda cell: (cell.row, cell.left)):
        rows[cell.row].append(cell)
    whole = all(cell.row_span == 1 and at[cell.right] - at[cell.left] == 1 for cell in sheet.cells)
    style = manner.elements == "style" and whole
    tag, row_tag = ('div class="t"', 'div class="r"') if style else ("table border=1", "tr")
    made = [f"<{row_tag}>{''.join(_cells(row, at, manner, style=style))}{_end(row_tag, manner)}\n" for row in rows]
    if manner.head and not style and all(cell.row_span == 1 for cell in rows[0]):
        made[0] = f"<thead>{made[0]}</thead>"
    return f"<{tag}>{''.join(made)}</{tag.split()[0]}>\n"


def _cells(row: Sequence[SheetCell], at: dict[int, int], manner: Manner, *, style: bool) -> Iterator[str]:
    for cell in row:
        across = at[cell.right] - at[cell.left]
        spans = (f" colspan={across}" if across > 1 else "") + (
            f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        )
        tag = 'div class="c"' if style else "td"
        hidden = '<i class="no">隐藏</i>' if manner.hidden and len(cell.text) == 3 else ""
        yield f"<{tag}{spans}>{hidden}{_text(cell.text, manner)}{_end(tag, manner)}"


def _text(text: str, manner: Manner) -> str:
    shown = escape(text)
    if manner.cells == "word":
        if not text:
            return "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        half = len(text) // 2
        runs = f"<span lang=EN-US>{escape(text[:half])}</span><span\nstyle='mso-ascii-font-family:宋体'>"
        return f"<p class=MsoNormal>{runs}{escape(text[half:])}</span><o:p></o:p></p>"
    if manner.cells == "div":
        return f"<div>{shown}</div><!-- {shown} -->" if text else "&nbsp;"
    if manner.cells == "fields" and text and len(text) > 8:
        return f"<textarea>{shown}</textarea>"
    if manner.cells == "fields" and text and text[0].isdigit():
        return f'<input type=hidden value="9"><input type="text" value="{shown}">'
    return shown


def _end(tag: str, manner: Manner) -> str:
    name = tag.split(maxsplit=1)[0]
    return "" if manner.tags == "open" and name in ("td", "tr") else f"</{name}>"
