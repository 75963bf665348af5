"""Bytes → forms: what the child process runs. Pure but for the layout data the package carries."""

from typing import Final

from msgspec.structs import replace

from jixiao.form import Form, Problem
from jixiao.layout.grid import Grid, Table
from jixiao.reading import errors
from jixiao.reading.attached import without_summary
from jixiao.reading.converted import ENDINGS, converted_from
from jixiao.reading.detect import READABLE, Kind, decode, detect, is_locked, not_a_form, refuse, told_by_name
from jixiao.reading.eyes import Eyes
from jixiao.reading.formats.delimited import read_tables
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.formats.excel_xml import read_excel_xml
from jixiao.reading.formats.html import read_html
from jixiao.reading.formats.ofd import read_ofd
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.formats.xls import read_xls
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.handover import EyesNeeded, IsArchive, OfficeNeeded
from jixiao.reading.interpreter import interpret
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.settle import Readings, settle, with_missing_told
from jixiao.reading.text import read_text


def _excel_xml(data: bytes, file: str, limits: Limits) -> Grid:
    return read_excel_xml(decode(data) or "", file, limits)


_GRIDS = {
    Kind.XLSX: read_xlsx, Kind.XLS: read_xls, Kind.DOCX: read_docx, Kind.OFD: read_ofd, Kind.HTML: read_html,
    Kind.EXCEL_XML: _excel_xml,
}  # fmt: skip
_PAGED: Final = {Kind.PDF: read_pdf, Kind.OFD: read_ofd, Kind.DOCX: read_docx}
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"II*\x00", b"MM\x00*")


def parse_bytes(
    data: bytes, file: str, eyes: Eyes | None = None, limits: Limits = DEFAULT_LIMITS, *, asking: bool = False
) -> tuple[Form, ...]:
    """Every form in a file.

    Args:
        data: the whole file; its kind is told by its content.
        file: the file as the caller named it, for places and sentences; its ending must not claim another kind.
        eyes: what reads pictures; without it, what has no text is said to be missing.
        limits: what it may hold.
        asking: whether another could read it with eyes, so that what only eyes can read need not be given up.

    Returns:
        The forms in document order, at least one. What the format reader could not read (hidden sheets, pages of
        pictures, glyphs without letters) is said in the problems of the first.

    Raises:
        Unreadable: it cannot be read, or holds no form.
        IsArchive: it is a zip of files.
        OfficeNeeded: LibreOffice has to convert it first.
        EyesNeeded: `asking`, and some of it can be read by eyes only.
    """
    kind = detect(data)
    refuse_or_hand_back(kind, data, file)
    misnamed = told_by_name(Kind(converted_from(data) or kind), file)
    if kind is Kind.ZIP:
        raise IsArchive
    if kind is Kind.TEXT:
        text = decode(data) or ""
        forms = _of_tables(text, file, limits) or read_text(text, file)
        found = f"{len(text)} 个字的文字", f"{len(text)} characters of text"
    else:
        seen = _seen(kind, data, file, eyes, limits) if eyes else _grid(kind, data, file, limits, asking=asking)
        grid = without_summary(seen)
        _refuse_too_many_lines(grid, file, limits)
        forms = _with_problems(settled(interpret(grid, file), grid), "not_read", grid.losses)
        forms = _with_problems(forms, "summary_left_out", grid.attached)
        found = _contents(grid)
    if not forms:
        raise not_a_form(Kind(converted_from(data) or kind), file, found)
    return _with_problems(forms, "name_says_otherwise", (misnamed,) if misnamed else ())


def _refuse_too_many_lines(grid: Grid, file: str, limits: Limits) -> None:
    lines = sum(not isinstance(block, Table) for block in grid.blocks)
    if lines > limits.lines:
        raise errors.too_large(
            file, f"表外有 {lines} 行文字", f"{lines} lines outside its tables", f"{limits.lines} 行", f"{limits.lines}"
        )


def _of_tables(text: str, file: str, limits: Limits) -> tuple[Form, ...]:
    """The forms in the tables of a text; none where it holds no tables, or no form in them."""
    grid = read_tables(text, file, limits)
    return _with_problems(settled(interpret(grid, file), grid), "not_read", grid.losses) if grid else ()


def refuse_or_hand_back(kind: Kind, data: bytes, file: str) -> None:
    """Let a file pass whose kind can be read here.

    Raises:
        Unreadable: it cannot be read, or is protected by a password.
        OfficeNeeded: LibreOffice has to convert it first.
    """
    if kind in ENDINGS and converted_from(data) is None:
        if kind is Kind.DOC and is_locked(data, file):
            raise errors.encrypted(file, "Word 文档（DOC） document (DOC)")
        raise OfficeNeeded(kind)
    if kind not in READABLE:
        raise refuse(kind, data, file)


def _grid(kind: Kind, data: bytes, file: str, limits: Limits, *, asking: bool) -> Grid:
    """What can be read without eyes.

    Raises:
        Unreadable: nothing can.
        EyesNeeded: `asking`, and not all can.
    """
    if kind is Kind.IMAGE:
        raise EyesNeeded if asking else errors.picture(file)
    paged = _PAGED.get(kind)
    grid = paged(data, file, limits, eyes=asking) if paged else _GRIDS[kind](data, file, limits)
    if asking and grid.eyes:
        raise EyesNeeded
    return grid


def plain_grid(kind: Kind, data: bytes, file: str, limits: Limits) -> Grid:
    """The grid of a kind whose tables are in the file itself.

    Raises:
        Unreadable: it cannot be read.
    """
    return _GRIDS[kind](data, file, limits)


def _seen(kind: Kind, data: bytes, file: str, eyes: Eyes, limits: Limits) -> Grid:
    """What can be read with eyes."""
    from jixiao.reading.scan.look import look_at_docx, look_at_ofd, look_at_pdf, look_at_picture

    if kind is Kind.IMAGE:
        if not data.startswith(_PICTURES):
            raise refuse(kind, data, file)
        return look_at_picture(data, file, eyes, limits)
    if kind is Kind.OFD:
        return look_at_ofd(read_ofd(data, file, limits, eyes=True), data, file, eyes, limits)
    if kind is Kind.DOCX:
        return look_at_docx(read_docx(data, file, limits, eyes=True), data, file, eyes, limits)
    if kind is Kind.PDF:
        return look_at_pdf(read_pdf(data, file, limits, eyes=True), data, file, eyes, limits)
    return _GRIDS[kind](data, file, limits)


def settled(forms: tuple[Form, ...], grid: Grid) -> tuple[Form, ...]:
    """Forms weighed against their own sums, with what else was seen in the recognised cells of their document."""
    cells = (cell for block in grid.blocks if isinstance(block, Table) for cell in block.cells)
    readings: Readings = {place: cell.alternatives for cell in cells if cell.alternatives for place in cell.places}
    return with_missing_told(tuple(settle(form, readings) for form in forms), grid.doubted)


def _with_problems(forms: tuple[Form, ...], code: str, sentences: tuple[str, ...]) -> tuple[Form, ...]:
    if not forms or not sentences:
        return forms
    said = tuple(Problem("", code, sentence) for sentence in sentences)
    return (replace(forms[0], problems=(*forms[0].problems, *said)), *forms[1:])


def _contents(grid: Grid) -> tuple[str, str]:
    tables = sum(isinstance(block, Table) for block in grid.blocks)
    lines = len(grid.blocks) - tables
    return f" {tables} 个表格、{lines} 行表外文字", f"{tables} tables and {lines} lines outside tables"
