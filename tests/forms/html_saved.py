"""Sheets to HTML as office programs save it: Word's paragraphs and spans, Excel's one table for everything."""

from collections.abc import Sequence
from html import escape

from forms.dice import Dice
from forms.html_pages import PIXELS, columns_of, lines_of, rows_of
from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Style

_OFFICE = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
_LINE = " <tr height=25 style='height:18.75pt'>\n  <td colspan={} class=xl70>{}</td>\n </tr>\n"


def word_html(sheets: Sequence[Sheet], style: Style, seed: int) -> bytes:
    """As Word saves: an old charset, unquoted attributes, a span for each script, o:p at each end."""
    body = "".join(_word_form(sheet, style) for sheet in sheets)
    meta = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><meta name=Generator content='Word 15'>"
    notes = "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
    names = f'{_OFFICE} xmlns:w="urn:schemas-microsoft-com:office:word"'
    page = f"<html {names}><head>{meta}{notes}</head><body lang=ZH-CN>{body}</body></html>"
    return page.encode("gb18030")


def excel_html(sheets: Sequence[Sheet], style: Style, seed: int) -> bytes:
    """As Excel saves: one table a sheet, its title and notes merged cells of it, blank rows that are not shown."""
    dice = Dice(f"html:excel:{seed}")
    body = "".join(_excel_form(sheet, dice) for sheet in sheets)
    css = "<style>.xl65 {border:.5pt solid windowtext; white-space:normal}</style>"
    head = f'<meta http-equiv=Content-Type content="text/html; charset=utf-8">{css}'
    names = f'{_OFFICE} xmlns:x="urn:schemas-microsoft-com:office:excel"'
    return f"<html {names}><head>{head}</head><body>{body}</body></html>".encode()


def _word_form(sheet: Sheet, style: Style) -> str:
    def cell_of(cell: SheetCell, spans: str) -> str:
        look = "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
        width = round((cell.right - cell.left) * PIXELS)
        inner = _paragraphs(cell.text, "left" if cell.prose else "center", style)
        return f" <td width={width}{spans.replace(chr(34), '')} style='{look}'>{inner}</td>\n"

    rows = "".join(rows_of(sheet, cell_of, "<tr style='mso-yfti-irow:0;height:20.0pt'>"))
    lines = "".join(_paragraphs(line, "center", style) for line in sheet.lines)
    notes = "".join(_paragraphs(line, "left", style) for line in sheet.notes)
    table = "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"
    return f"<div class=Section1>{lines}{table}{rows}</table>{notes}</div>"


def _paragraphs(text: str, align: str, style: Style) -> str:
    opening = f"\n  <p class=MsoNormal align={align} style='text-align:{align};mso-pagination:widow-orphan'>"
    ending = "<span lang=EN-US><o:p></o:p></span></p>\n"
    empty = "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    return "".join(f"{opening}{_spans_of(line, style) or empty}{ending}" for line in text.split("\n"))


def _spans_of(text: str, style: Style) -> str:
    """A span for each run of Chinese or other letters."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        language = "EN-US" if letter.isascii() else "ZH-CN"
        if runs and runs[-1][0] == language:
            runs[-1] = (language, runs[-1][1] + letter)
        else:
            runs.append((language, letter))
    look = f"font-size:{style.size}.0pt;font-family:宋体"
    return "".join(f"<span\nlang={language} style='{look}'>{escape(run)}</span>" for language, run in runs)


def _excel_form(sheet: Sheet, dice: Dice) -> str:
    def cell_of(cell: SheetCell, spans: str) -> str:
        text = lines_of(cell.text).replace("<br>", "<br>\n    ") or "　" * dice.below(2)
        number = " x:num" if cell.text.replace(".", "").isdigit() else ""
        return f"  <td{spans.replace(chr(34), '')} class=xl6{5 + dice.below(4)}{number}>{text}</td>\n"

    width = len(sheet.edges) - 1
    lines = "".join(_LINE.format(width, escape(text)) for text in sheet.lines)
    notes = "".join(_LINE.format(width, escape(text)) for text in sheet.notes)
    hidden = " <![if supportMisalignedColumns]>\n <tr height=0 style='display:none'>\n"
    hidden += "  <td width=72></td>\n" * width + " </tr>\n <![endif]>\n"
    table = "<table border=0 cellpadding=0 cellspacing=0 width=864 style='border-collapse:collapse'>\n"
    rows = "".join(rows_of(sheet, cell_of, "<tr height=19>"))
    return f"{table}{columns_of(sheet)}{lines}{rows}{notes}{hidden}</table>\n"
