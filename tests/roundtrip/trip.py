"""One trip: forms written in a layout and a format, read back, compared field by field."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from io import BytesIO

from jixiao.form import Form
from jixiao.reading.parse import parse_bytes
from jixiao.writing.kinds import write_documents
from jixiao.writing.official import lay_out
from roundtrip.contents import FAMILIES
from roundtrip.read_back import differences

KINDS = ("pdf", "docx", "xlsx", "html", "ofd")
LETTERS = {"pdf": "gbk", "ofd": "gbk", "docx": "rare", "xlsx": "rare", "html": "rare"}
"""Which rare letters a format is tried with: those that draw letters need a font that has them."""
DAY = date(2026, 1, 31)
SIZES = (1, 3, 1, 2, 8)
"""So many forms in a file, in turn."""
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f>([^<]*)</f>')
_OURS = re.compile(r'(?:IF|COUNT|SUM|ROUND|MIN|[A-Z]{1,3}[0-9]{1,7}|[0-9.]+|""|[(),:*/+<>=-])*')
"""What our formulas are made of: a few functions, names of cells, numbers, an empty text, signs."""


@dataclass(slots=True)
class Tally:
    """What came of many forms.

    Attributes:
        forms: how many were written.
        read: how many were read back, each as one form.
        different: of those, how many differ.
        formulas: cells of XLSX files that hold a formula made of a text.
        examples: the first differences.
    """

    forms: int = 0
    read: int = 0
    different: int = 0
    formulas: int = 0
    examples: list[str] = field(default_factory=list)


def files_of(forms: Sequence[Form], kind: str, layout: str) -> Iterator[tuple[list[Form], bytes]]:
    """The forms, some to a file, with the bytes of the file."""
    start, turn = 0, 0
    while start < len(forms):
        some = list(forms[start : start + SIZES[turn % len(SIZES)]])
        documents = (lay_out(form, FAMILIES[layout]).document for form in some)
        yield some, b"".join(write_documents(documents, kind, DAY, None))
        start, turn = start + len(some), turn + 1


def tried(forms: Sequence[Form], kind: str, layout: str) -> Tally:
    """Write all and read all back."""
    tally = Tally()
    for some, data in files_of(forms, kind, layout):
        tally.forms += len(some)
        if kind == "xlsx":
            tally.formulas += sum(1 for _ in foreign_formulas(data))
        compare(some, data, f"{layout}.{kind}", tally)
    return tally


def same(form: Form) -> Form:
    """A form as it was read."""
    return form


def compare(some: Sequence[Form], data: bytes, label: str, tally: Tally, undone: Callable[[Form], Form] = same) -> None:
    """Read a file back, undo what another program is known to do to texts, and count what differs."""
    got = tuple(map(undone, parse_bytes(data, label)))
    if len(got) != len(some):
        tally.examples.append(f"{label}: {len(some)} forms written, {len(got)} read")
        return
    for want, form in zip(some, got, strict=True):
        tally.read += 1
        found = differences(want, form)
        tally.different += bool(found)
        tally.examples += [f"{label}: {each}" for each in found[:3]] if len(tally.examples) < 12 else []


def foreign_formulas(workbook: bytes) -> Iterator[str]:
    """Formulas of a workbook that hold more than names of cells, numbers and our few functions."""
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for cell, formula in _FORMULA.findall(package.read(name)):
                    if not _OURS.fullmatch(unescape(formula.decode())):
                        yield f"{name}!{cell.decode()}: {formula.decode()}"
