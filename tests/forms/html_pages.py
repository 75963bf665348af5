"""Sheets to HTML as people write it: a clean page, and the page of a government site around the form."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise

from forms.dice import Dice
from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Rules, Style, sides

PIXELS = 3.78
"""Pixels in a millimetre."""
_BORDERS: dict[Rules, str] = {
    "full": "1px solid black", "thin": "0.3px solid #777", "thick": "2px solid black", "dotted": "1px dotted black",
    "dashed": "1px dashed black", "double": "3px double black", "open": "1px solid black", "rows": "1px solid black",
}  # fmt: skip
_FACES = {
    "serif": "'AR PL UMing CN', 'Noto Serif CJK SC', SimSun, serif",
    "sans": "'Noto Sans CJK SC', SimHei, sans-serif",
}


def clean_html(sheets: Sequence[Sheet], style: Style, seed: int) -> bytes:
    """A page of HTML 5 that prints well: headings, sections, borders and alignment as styles of cells."""
    dice = Dice(f"html:clean:{seed}")
    body = "".join(_section(sheet, style, dice, first=index == 0) for index, sheet in enumerate(sheets))
    head = f'<meta charset="utf-8"><title>自评表</title><style>{_css(style)}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh"><head>{head}</head><body>{body}</body></html>'.encode()


def site_html(sheets: Sequence[Sheet], style: Style, seed: int) -> bytes:
    """A page of a site: menus and footer around, the form's table within a table of the layout."""
    dice = Dice(f"html:site:{seed}")
    forms = "".join(_on_site(sheet, style, dice) for sheet in sheets)
    menu = "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/zwgk'>政务公开</a></li></ul>"
    crumbs = "<div class='crumbs'>当前位置：首页 &gt; 政务公开 &gt; 财政预决算</div><h3>部门绩效自评情况公开</h3>"
    seen = "<script>document.write(318)</script>"
    info = f"<div class='info'>发布时间：2025-08-20　来源：财务科　浏览次数：{seen}</div>"
    rows = f"<tr><td>{menu}</td></tr><tr><td>{crumbs}{info}{forms}</td></tr>"
    foot = "<div class='footer'>主办：人民政府办公室　网站标识码：3300000001</div>"
    head = f"<meta charset='utf-8'><title>绩效自评公开</title><style>{_css(style)}</style>"
    head += "<script>var a = '<table>';</script>"
    table = f"<table width='1000' align='center'>{rows}</table>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{table}{foot}</body></html>".encode()


def rows_of(sheet: Sheet, cell_of: Callable[[SheetCell, str], str], opening: str = "<tr>") -> list[str]:
    """The rows of a table; `cell_of` makes a cell of it and its span attributes."""
    at = {edge: index for index, edge in enumerate(sheet.edges)}
    rows = []
    for row in range(sheet.rows):
        cells = sorted((cell for cell in sheet.cells if cell.row == row), key=lambda cell: cell.left)
        made = [cell_of(cell, _spans(cell.row_span, at[cell.right] - at[cell.left])) for cell in cells]
        rows.append(f"{opening}{''.join(made)}</tr>")
    return rows


def columns_of(sheet: Sheet) -> str:
    """The widths of the columns."""
    widths = (f'<col style="width:{(right - left) * PIXELS:.0f}px">' for left, right in pairwise(sheet.edges))
    return f"<colgroup>{''.join(widths)}</colgroup>"


def lines_of(text: str) -> str:
    """A text with its line breaks."""
    return escape(text).replace("\n", "<br>")


def _spans(down: int, across: int) -> str:
    return (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")


def _css(style: Style) -> str:
    """The look of a printed page."""
    size = "A4 landscape" if style.landscape else "A4"
    return (
        f"@page {{ size: {size}; margin: {max(10, style.top)}mm 15mm 15mm }}"
        f"body {{ font-family: {_FACES[style.font]}; font-size: {style.size}pt; margin: 0 }}"
        f"table.f {{ border-collapse: collapse; width: {style.width}mm; table-layout: fixed }}"
        f"table.f td, table.f th {{ padding: {0.2 if style.tight else 1}mm; word-break: break-all;"
        f" font-weight: normal; vertical-align: {'middle' if style.middle else 'top'} }}"
        "h1 { font-size: 15pt; text-align: center } p.l { text-align: center }"
    )


def _border(cell: SheetCell, sheet: Sheet, style: Style) -> str:
    kind = _BORDERS.get(style.rules, "")
    shade = "background:#ddd;" if style.shaded and sheet.is_head(cell) else ""
    return shade + "".join(f"border-{side}:{kind};" for side in sides(cell, sheet, style.rules))


def _section(sheet: Sheet, style: Style, dice: Dice, *, first: bool) -> str:
    heads = dice.chance(40)

    def cell_of(cell: SheetCell, spans: str) -> str:
        tag = "th" if heads and sheet.is_head(cell) else "td"
        look = f"text-align:{'left' if cell.prose else 'center'};{_border(cell, sheet, style)}"
        return f'<{tag}{spans} style="{look}">{lines_of(cell.text)}</{tag}>'

    lines = "".join(
        f"<h1>{escape(line)}</h1>" if line == sheet.title else f'<p class="l">{escape(line)}</p>'
        for line in sheet.lines
    )
    notes = "".join(f"<p>{escape(line)}</p>" for line in sheet.notes)
    turn = "" if first or not style.pages else ' style="page-break-before:always"'
    body = "\n".join(rows_of(sheet, cell_of))
    return f'<section{turn}>{lines}<table class="f">{columns_of(sheet)}<tbody>{body}</tbody></table>{notes}</section>'


def _on_site(sheet: Sheet, style: Style, dice: Dice) -> str:
    """Paragraphs, old font elements and spans within cells; a first row that may stand in a thead."""

    def cell_of(cell: SheetCell, spans: str) -> str:
        texts = cell.text.split("\n")
        inner = "".join(f"<p><font face='宋体'><span>{escape(text)}</span></font></p>" for text in texts)
        return f'<td{spans} valign="middle" style="{_border(cell, sheet, style)}"><div>{inner}</div></td>'

    rows = rows_of(sheet, cell_of)
    lines = "".join(f'<p style="text-align:center"><strong>{escape(line)}</strong></p>' for line in sheet.lines)
    notes = "".join(f"<p>{escape(line)}</p>" for line in sheet.notes)
    head = 1 if dice.chance(50) and "rowspan" not in rows[0] else 0
    body = (f"<thead>{rows[0]}</thead>" if head else "") + f"<tbody>{''.join(rows[head:])}</tbody>"
    return f"{lines}<table class='f' border='1'>{body}</table>{notes}"
