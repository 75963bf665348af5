"""What is shown of a file beside what was read: its pages as pictures, or its tables; made once, in the child."""

import msgspec
from django.db import transaction

from jixiao.layout.shown import Sheet, ShownCell
from jixiao.office.filing import files
from jixiao.office.intake.models import Shown
from jixiao.reading import Unreadable, show_file


def make_shown(sha256: str, name: str) -> None:
    """Make the pages of a file, unless they are there; a file that cannot be shown is noted as such.

    Args:
        sha256: of the file in the store.
        name: the file's name, for sentences.
    """
    if Shown.objects.filter(sha256=sha256).exists():
        return
    try:
        sheets = show_file(files.path_of(sha256), file_label=name)
    except Unreadable:
        sheets = ()
    rows = [_row(sha256, number, sheet) for number, sheet in enumerate(sheets, 1)]
    with transaction.atomic():
        Shown.objects.bulk_create(rows or [Shown(sha256=sha256, number=0)], ignore_conflicts=True)


def _row(sha256: str, number: int, sheet: Sheet) -> Shown:
    return Shown(
        sha256=sha256, number=number, page=sheet.page, width=sheet.width, height=sheet.height,
        picture=files.put([sheet.picture]).sha256 if sheet.picture else "",
        cells=msgspec.json.encode(sheet.cells).decode(),
    )  # fmt: skip


def sheets_of(sha256: str, pages: frozenset[int]) -> list[tuple[Shown, Sheet]] | None:
    """What there is to show of a file; `None` while it has not been made.

    Args:
        sha256: of the file.
        pages: of a document with pages, only these; all of them if it is empty.
    """
    rows = list(Shown.objects.filter(sha256=sha256))
    if not rows:
        return None
    wanted = [row for row in rows if row.number and (not row.page or not pages or row.page in pages)]
    return [(row, _sheet(row)) for row in wanted]


def _sheet(row: Shown) -> Sheet:
    cells = msgspec.json.decode(row.cells, type=tuple[ShownCell, ...])
    return Sheet(row.page, row.width, row.height, b"1" if row.picture else b"", cells)
