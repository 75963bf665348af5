"""Sound documents of many layouts, formats and habits, and what becomes of them with something changed inside.

Two samples of each format reach few of a reader's branches, however often they are changed; these reach most.
"""

import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import openpyxl

from forms.content import make
from forms.documents import FAMILIES, generate
from forms.drawn_pdf import Look
from forms.html_page import html_page, some_manner
from forms.sheet import Sheet, lay_out
from forms.text_tables import delimited, drawn, markdown
from hostile.mutations import SAMPLES, in_container, in_pdf, in_place, in_text
from reading.test_excel_xml import book, exported
from reading.test_pdf_unruled import WAYS, document_of
from reading.test_xlsx import workbook
from reading.test_xlsx_hard import CELL, anchored, shape
from reading.test_xlsx_hard import drawn as shapes

DATA: Final = Path(__file__).parents[1] / "data"
_LOOK: Final = Look(pad=(5, 5))


def sound() -> Iterator[bytes]:
    """The documents."""
    yield from (build() for build, _ in SAMPLES.values())
    for folder in ("examined", "published"):
        yield from (
            path.read_bytes() for path in sorted((DATA / folder).iterdir()) if path.suffix not in (".json", ".md")
        )
    yield (DATA / "forms7.xls").read_bytes()
    for page in openpyxl.load_workbook(DATA / "forms7.xlsx").worksheets[:4]:
        yield book("".join(exported(page))).encode()
    yield from (_with_shapes(), _with_dates())
    for number, (name, family) in enumerate(FAMILIES.items()):
        yield generate(family, "xlsx", number).data
        yield document_of(name, 1, _LOOK, list(WAYS.values())[number % len(WAYS)])[0].data()
        sheet = lay_out(make(number, family), family, 180)
        if number % 2:
            yield html_page([sheet], some_manner(number))
        yield _as_text(sheet, number).encode()


def _with_shapes() -> bytes:
    """A workbook with words in shapes, a check box among them."""
    boxes = (
        anchored(0, 1, shape(2, "自评表", "（2024年度）"))
        + anchored(2, 1, shape(3, "☑"))
        + anchored(9, 0, shape(4, "乙"))
    )
    return shapes(CELL, boxes + anchored(0, 0, shape(5, "丙", hidden="1")))


def _with_dates() -> bytes:
    """A workbook of numbers that are shown as days and times, in many formats."""
    codes = (
        "yyyy-mm-dd",
        "yyyy年m月d日",
        "[h]:mm:ss",
        "mmm d, yy",
        "h:mm AM/PM",
        "aaaa",
        "[$-804]d/m",
        "0.0%",
        "# ?/?",
        "0.00E+00",
    )
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    looks = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    cells = "".join(f'<c r="{chr(65 + n)}1" s="{n}"><v>45292.{n}1</v></c>' for n in range(len(codes)))
    styles = f"<numFmts>{formats}</numFmts><cellXfs>{looks}</cellXfs>"
    return workbook(f'<sheetData><row r="1">{cells}</row></sheetData>', styles=styles)


def _as_text(sheet: Sheet, number: int) -> str:
    """A form as a table in plain text, in one of three ways."""
    if number % 3 == 0:
        return delimited([sheet], ",\t;"[number // 3 % 3])
    return markdown(sheet) if number % 3 == 1 else drawn(sheet, chinese=number % 2 == 0)


def changed(data: bytes, chance: random.Random) -> bytes:
    """A document with something changed inside what holds it together."""
    way: Callable[[bytes, random.Random], bytes]
    if data.startswith(b"PK"):
        way = in_container
    elif data.startswith(b"%PDF"):
        way = in_pdf
    else:
        way = in_place if data.startswith(b"\xd0\xcf") else in_text
    try:
        return way(data, chance)
    except (ValueError, IndexError, zlib.error):  # a PDF whose objects are packed in one another
        return in_place(data, chance)


def varied(seed: int, turns: int) -> Iterator[bytes]:
    """Each document changed so many times; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # reproducible files, no secret
    documents = list(sound())
    for _ in range(turns):
        yield from (changed(data, chance) for data in documents)
