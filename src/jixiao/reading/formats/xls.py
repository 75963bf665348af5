"""XLS and ET → grid: every visible sheet a table, numbers as their formats show them ([MS-XLS], BIFF8 and BIFF5)."""

from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.compound import open_compound
from jixiao.reading.formats.sheet import blocks_of
from jixiao.reading.formats.xls_book import read_book
from jixiao.reading.formats.xls_sheet import read_xls_sheet
from jixiao.reading.limits import DEFAULT_LIMITS, Limits


def read_xls(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Grid:
    """Read every visible sheet of a workbook of Excel 5 to 2003, or of WPS (ET), which is the same inside.

    Args:
        data: the whole file.
        file: its label, for places and sentences.
        limits: what it may hold.

    Raises:
        Unreadable: it is encrypted, cut off, broken, too large, too old, or holds no workbook.
    """
    compound = open_compound(data, file)
    name = next((name for name in ("Workbook", "WORKBOOK", "Book", "BOOK") if name in compound.streams), None)
    if name is None:
        raise errors.damaged(file, "XLS", "里面没有工作簿", "there is no workbook in it")
    stream = compound.read(name)
    book = read_book(stream, file)
    if not book.sheets:
        raise errors.damaged(file, "XLS", "工作簿里没有工作表", "the workbook lists no sheet")
    if len(book.sheets) > limits.sheets:
        count, most = len(book.sheets), limits.sheets
        raise errors.too_large(file, f"{count} 个工作表", f"{count} sheets", f"{most} 个", f"{most}")
    blocks: list[Table | FreeText] = []
    losses: list[str] = []
    for bound in book.sheets:
        if bound.hidden:
            losses.append(f"工作表“{bound.name}”是隐藏的，未读。Sheet “{bound.name}” is hidden; not read.")
        elif bound.is_sheet:
            found, missing = blocks_of(read_xls_sheet(stream, bound.start, bound.name, book, limits.cells))
            blocks.extend(found)
            losses.extend(missing)
    return Grid(tuple(blocks), tuple(losses))
