"""A sheet as SpreadsheetML (ECMA-376 part 1, 18.3): written part by part, so that one sheet at a time is held."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jixiao.writing.formats.xlsx.formulas import spot_name
from jixiao.writing.formats.xlsx.plan import Placed, Plan
from jixiao.writing.formats.xlsx.styles import Style, Styles
from jixiao.writing.formats.xlsx.texts import attribute, escaped, is_retyped
from jixiao.writing.paper.model import A4, Page

_OPENING: Final = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_PROTECTED: Final = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"/>'
)
_DIGIT: Final = 8
"""Pixels of a digit of the font in which columns are measured (宋体 11, and 思源宋体 where that is missing)."""
_PAPERS: Final = {A4: 9, (A4[1], A4[0] * 2): 8, (41953, A4[0]): 11, (61200, 79200): 1}
"""Width and height of upright papers to their numbers (18.3.1.63): A4, A3, A5, Letter."""
_NEAR: Final = 300
_LONGEST_LIST: Final = 255
"""Letters of a list of choices, and of what is said of it (Excel specifications and limits)."""
_FOOT: Final = '&amp;C&amp;"{font},Regular"&amp;9— &amp;P —'


def sheet_xml(plan: Plan, page: Page, styles: Styles, foot_font: str, *, first: bool) -> Iterator[str]:
    """The part of a sheet, piece by piece.

    Args:
        plan: what stands on it.
        page: its paper.
        styles: of the workbook, which learn of the sheet's.
        foot_font: the font of the page number.
        first: whether it is the sheet that is shown when the workbook is opened.
    """
    last = spot_name(len(plan.heights) - 1, len(plan.widths) - 1) if plan.heights else "A1"
    yield f'{_OPENING}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
    yield _view(plan, page, first=first)
    yield '<sheetFormatPr defaultRowHeight="15"/><cols>'
    for at, width in enumerate(plan.widths, 1):
        yield f'<col min="{at}" max="{at}" width="{_characters(width)}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from _rows(plan, styles)
    yield "</sheetData>" + (_PROTECTED if plan.filled_in else "")
    yield from _merges(plan)
    yield from _validations(plan)
    yield from _paper(page, foot_font, one_page=plan.one_page)
    if plan.breaks:
        ends = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in plan.breaks)
        yield f'<rowBreaks count="{len(plan.breaks)}" manualBreakCount="{len(plan.breaks)}">{ends}</rowBreaks>'
    yield "</worksheet>"


def _view(plan: Plan, page: Page, *, first: bool) -> str:
    zoom = 100 if page.width > page.height else 120
    selected = ' tabSelected="1"' if first else ""
    inside = (
        f'<pane ySplit="{plan.frozen}" topLeftCell="A{plan.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{plan.frozen + 1}" sqref="A{plan.frozen + 1}"/>'
        if plan.frozen
        else ""
    )
    return (
        f'<sheetViews><sheetView showGridLines="0"{selected} zoomScale="{zoom}" zoomScaleNormal="{zoom}" '
        f'workbookViewId="0">{inside}</sheetView></sheetViews>'
    )


def _characters(pixels: int) -> str:
    """A column's width in digits, in 256ths, as Excel rounds it."""
    return f"{Decimal(pixels * 256 // _DIGIT * 390_625).scaleb(-8).normalize():f}"


def _rows(plan: Plan, styles: Styles) -> Iterator[str]:
    """Every row with the cells that begin in it and the blanks under merged ones, which carry their outlines."""
    waiting: list[list[tuple[int, str]]] = [[] for _ in plan.heights]
    for cell in plan.cells:
        style = styles.number(_style(cell))
        waiting[cell.row].append((cell.column, _cell(cell, style)))
        for row in range(cell.row, cell.last_row + 1):
            for column in range(cell.column, cell.last_column + 1):
                if (row, column) != (cell.row, cell.column):
                    waiting[row].append((column, f'<c r="{spot_name(row, column)}" s="{style}"/>'))
    for at, height in enumerate(plan.heights):
        tall = f"{Decimal(height * 75).scaleb(-2).normalize():f}"
        cells = "".join(text for _, text in sorted(waiting[at]))
        yield f'<row r="{at + 1}" ht="{tall}" customHeight="1">{cells}</row>'


def _style(cell: Placed) -> Style:
    number = bool(cell.shown.digits or cell.formula)
    quoted = cell.open and not number and bool(cell.text) and is_retyped(cell.text)
    return Style(
        cell.face, cell.size, cell.align, cell.ruled, cell.open, cell.shown.code, quoted, shrunk=number, top=cell.top
    )  # fmt: skip


def _cell(cell: Placed, style: int) -> str:
    spot = f'<c r="{spot_name(cell.row, cell.column)}" s="{style}"'
    digits = cell.shown.digits
    if cell.formula:
        kind = "" if digits else ' t="str"'
        return f"{spot}{kind}><f>{escaped(cell.formula)}</f><v>{digits}</v></c>"
    if digits:
        return f"{spot}><v>{digits}</v></c>"
    if not cell.text:
        return f"{spot}/>"
    kept = ' xml:space="preserve"' if cell.text != cell.text.strip() or "\n" in cell.text else ""
    return f'{spot} t="inlineStr"><is><t{kept}>{escaped(cell.text)}</t></is></c>'


def _merges(plan: Plan) -> Iterator[str]:
    merged = [cell for cell in plan.cells if (cell.row, cell.column) != (cell.last_row, cell.last_column)]
    if merged:
        yield f'<mergeCells count="{len(merged)}">'
        for cell in merged:
            yield (
                f'<mergeCell ref="{spot_name(cell.row, cell.column)}:{spot_name(cell.last_row, cell.last_column)}"/>'
            )
        yield "</mergeCells>"


def _validations(plan: Plan) -> Iterator[str]:
    """Lists to choose from; one that a spreadsheet cannot hold in a line is left out."""
    spots: dict[str, list[str]] = {}
    for cell in plan.cells:
        listed = ",".join(cell.choices)
        if cell.choices and len(listed) <= _LONGEST_LIST and not any(set(each) & set(',"\n') for each in cell.choices):
            spots.setdefault(listed, []).append(spot_name(cell.row, cell.column))
    if spots:
        yield f'<dataValidations count="{len(spots)}">'
        for listed, places in spots.items():
            yield (
                '<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="请从列表中选择" '
                f'error="{attribute(f"可填：{listed}"[:_LONGEST_LIST])}" sqref="{" ".join(places)}">'
                f'<formula1>"{escaped(listed)}"</formula1></dataValidation>'
            )
        yield "</dataValidations>"


def _paper(page: Page, foot_font: str, *, one_page: bool) -> Iterator[str]:
    upright = min(page.width, page.height), max(page.width, page.height)
    near = (
        number for (width, height), number in _PAPERS.items()
        if abs(width - upright[0]) <= _NEAR and abs(height - upright[1]) <= _NEAR
    )  # fmt: skip
    number = next(near, 0)
    paper = f' paperSize="{number}"' if number else ""
    way = "landscape" if page.width > page.height else "portrait"
    yield (
        '<printOptions horizontalCentered="1"/>'
        f'<pageMargins left="{_inches(page.left)}" right="{_inches(page.right)}" top="{_inches(page.top)}" '
        f'bottom="{_inches(page.bottom)}" header="{_inches(page.top // 2)}" footer="{_inches(page.bottom // 2)}"/>'
        f'<pageSetup{paper} firstPageNumber="1" fitToHeight="{int(one_page)}" orientation="{way}" '
        'useFirstPageNumber="1"/>'
    )
    if page.numbered:
        yield f"<headerFooter><oddFooter>{_FOOT.format(font=attribute(foot_font))}</oddFooter></headerFooter>"


def _inches(length: int) -> Decimal:
    return Decimal(length * 10_000 // 7_200).scaleb(-4)
