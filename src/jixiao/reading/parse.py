"""Bytes → forms: what the child process runs. Pure but for the layout data the package carries."""

from msgspec.structs import replace

from jixiao.form import Form, Problem
from jixiao.layout.grid import Grid, Table
from jixiao.reading import errors
from jixiao.reading.detect import READABLE, Kind, decode, detect, refuse, refuse_name
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.interpreter import interpret
from jixiao.reading.settle import Readings, settle
from jixiao.reading.text import read_text

_GRIDS = {Kind.PDF: read_pdf, Kind.XLSX: read_xlsx}


def parse_bytes(data: bytes, file: str) -> tuple[Form, ...]:
    """Every form in a file.

    Args:
        data: the whole file; its kind is told by its content.
        file: the file as the caller named it, for places and sentences; its ending must not claim another kind.

    Returns:
        The forms in document order, at least one. What the format reader could not read (hidden sheets, pages of
        pictures, glyphs without letters) is said in the problems of the first.

    Raises:
        Unreadable: it cannot be read, or holds no form.
    """
    kind = detect(data)
    if kind not in READABLE:
        raise refuse(kind, data, file)
    refuse_name(kind, file)
    if kind is Kind.TEXT:
        text = decode(data) or ""
        forms = tuple(settle(form, {}) for form in read_text(text, file))
        found = f"{len(text)} 个字的文字", f"{len(text)} characters of text"
    else:
        grid = _GRIDS[kind](data, file)
        forms = _with_losses(settled(interpret(grid, file), grid), grid.losses)
        found = _contents(grid)
    if not forms:
        raise errors.not_a_form(file, *found)
    return forms


def settled(forms: tuple[Form, ...], grid: Grid) -> tuple[Form, ...]:
    """Forms weighed against their own sums, with what else was seen in the recognised cells of their document."""
    cells = (cell for block in grid.blocks if isinstance(block, Table) for cell in block.cells)
    readings: Readings = {place: cell.alternatives for cell in cells if cell.alternatives for place in cell.places}
    return tuple(settle(form, readings) for form in forms)


def _with_losses(forms: tuple[Form, ...], losses: tuple[str, ...]) -> tuple[Form, ...]:
    if not forms or not losses:
        return forms
    said = tuple(Problem("", "not_read", loss) for loss in losses)
    return (replace(forms[0], problems=(*forms[0].problems, *said)), *forms[1:])


def _contents(grid: Grid) -> tuple[str, str]:
    tables = sum(isinstance(block, Table) for block in grid.blocks)
    lines = len(grid.blocks) - tables
    return f" {tables} 个表格、{lines} 行表外文字", f"{tables} tables and {lines} lines outside tables"
