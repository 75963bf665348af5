"""Every limit: up to it a file passes, one unit over it is refused, and the sentence names the limit."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.layout.grid import FreeText
from jixiao.reading import Limits, Unreadable, eyes, read_file
from jixiao.reading.archive import members
from jixiao.reading.container import open_container
from jixiao.reading.formats.html import read_html
from jixiao.reading.formats.ofd import read_ofd
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.limits import MEGABYTE
from jixiao.reading.parse import parse_bytes
from reading.ofd_maker import page, parts_of, text, zipped
from reading.pdf_maker import PdfPage, make_pdf
from reading.pdf_maker import text as pdf_text
from reading.test_cell import Stub
from reading.test_xlsx import workbook

DATA = Path(__file__).parents[1] / "data"
BOOK = (DATA / "forms7.xlsx").read_bytes()
FORM = (DATA / "forms7.html").read_bytes().replace(b"</body>", b"").replace(b"</html>", b"")
LINES = sum(isinstance(block, FreeText) for block in read_html(FORM, "f").blocks)
SCAN = DATA / "scan_clean200.pdf"


def code(act: Callable[[], object]) -> tuple[str, str]:
    """The code and sentence with which something is refused; empty if it is not."""
    try:
        act()
    except Unreadable as refusal:
        return refusal.code, refusal.en
    return "", ""


def stored(*sizes: int) -> bytes:
    """A zip of parts of these sizes, not pressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"{number}", bytes(size))
    return out.getvalue()


def pressed(size: int) -> bytes:
    """A zip of one part of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b" " * size)
    return out.getvalue()


def pdf(pages: int) -> bytes:
    """A PDF of so many pages."""
    return make_pdf(*[PdfPage(pdf_text(99, 99, "菜单"))] * pages)


def ofd(pages: int) -> bytes:
    """An OFD document of so many pages."""
    return zipped(parts_of(*[page(text("20 20", "菜单"))] * pages))


def cells(count: int) -> bytes:
    """A good workbook whose first sheet has so many cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                row = b"<c t='inlineStr'><is><t>a</t></is></c>" * count
                content = b"<worksheet><sheetData><row>" + row + b"</row></sheetData></worksheet>"
            target.writestr(name, content)
    return out.getvalue()


def merges(count: int) -> bytes:
    """A workbook whose only sheet has so many merged cells."""
    ranges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, count + 1))
    return workbook(f"<sheetData/><mergeCells>{ranges}</mergeCells>")


def sheets(book: bytes) -> int:
    """How many sheets a workbook lists."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read("xl/workbook.xml").count(b"<sheet ")


PARTS = len(zipfile.ZipFile(io.BytesIO(BOOK)).namelist())
BLANKS = pressed(5 * MEGABYTE)
RATIO = 5 * MEGABYTE // len(BLANKS)
HELD = "expands_too_much"
LARGE = "too_large"
STEPS: dict[str, tuple[Callable[[Limits], object], Limits, Limits, str, str]] = {
    "unpacked": (
        lambda limits: open_container(stored(MEGABYTE - 9, 9), "f", "XLSX", limits),
        Limits(unpacked_megabytes=1), Limits(unpacked_megabytes=1), "", "",
    ),
    "unpacked, a byte more": (
        lambda limits: open_container(stored(MEGABYTE - 9, 10), "f", "XLSX", limits),
        Limits(unpacked_megabytes=2), Limits(unpacked_megabytes=1), HELD, "1024 KB",
    ),
    "ratio": (
        lambda limits: open_container(BLANKS, "f", "XLSX", limits),
        Limits(ratio=RATIO + 1), Limits(ratio=RATIO), HELD, f"{RATIO} times",
    ),
    "parts": (
        lambda limits: open_container(BOOK, "f", "XLSX", limits),
        Limits(parts=PARTS), Limits(parts=PARTS - 1), HELD, f"limit: {PARTS - 1}",
    ),
    "members of a zip": (
        lambda limits: list(members(stored(1, 2, 3), "f", limits)),
        Limits(parts=3), Limits(parts=2), HELD, "limit: 2",
    ),
    "pages of a PDF": (
        lambda limits: read_pdf(pdf(3), "f", limits), Limits(pages=3), Limits(pages=2), LARGE, "limit of 2 pages",
    ),
    "pages of an OFD": (
        lambda limits: read_ofd(ofd(3), "f", limits), Limits(pages=3), Limits(pages=2), LARGE, "limit of 2",
    ),
    "sheets": (
        lambda limits: read_xlsx(BOOK, "f", limits),
        Limits(sheets=sheets(BOOK)), Limits(sheets=sheets(BOOK) - 1), LARGE, f"limit of {sheets(BOOK) - 1}",
    ),
    "cells": (
        lambda limits: read_xlsx(cells(2000), "f", limits),
        Limits(cells=2000), Limits(cells=1999), LARGE, "limit of 1999",
    ),
    "merged cells": (
        lambda limits: read_xlsx(merges(300), "f", limits),
        Limits(cells=300), Limits(cells=299), LARGE, "limit of 299",
    ),
    "lines": (
        lambda limits: parse_bytes(FORM + b"<p>a" * 900, "f", None, limits),
        Limits(lines=900 + LINES), Limits(lines=899 + LINES), LARGE, f"limit of {899 + LINES}",
    ),
}  # fmt: skip
"""Limit → what is done, the limits under which it passes, those under which it does not, and how it is refused."""


@pytest.mark.parametrize("name", STEPS)
def test_one_unit_more_is_refused(name: str) -> None:
    """At its limit a file passes; with the limit one unit lower it is refused, and the sentence names the number."""
    act, enough, little, slug, said = STEPS[name]
    assert code(lambda: act(enough)) == ("", "")
    told = code(lambda: act(little))
    assert told[0] == slug
    assert said in told[1]


def test_a_byte_more_than_a_file_may_have(tmp_path: Path) -> None:
    """A file of exactly the allowed size is read; with one byte more it is refused before it is looked at."""
    path = tmp_path / "a"
    words = (Path(__file__).parents[2] / "examples" / "shanghai-2024.txt").read_bytes()
    path.write_bytes(words + b"\n" * (MEGABYTE - len(words)))
    assert len(read_file(path, limits=Limits(file_megabytes=1))) == 7
    path.write_bytes(path.read_bytes() + b"\n")
    told = code(lambda: read_file(path, limits=Limits(file_megabytes=1)))
    assert told == (LARGE, f"{path}: the file is too large, more than the limit of 1 MB.")


def test_time_is_limited_on_the_clock_and_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that needs less than its seconds answers; one that needs more is stopped, and the sentence says when."""
    stub, answer = Stub(monkeypatch), """say(b'E', b'{"code": "empty", "message": {"zh": "", "en": ""}, %s}')"""
    done = answer % '"advice": {"zh": "", "en": ""}'
    assert stub.read(f"time.sleep(0.2); {done}", Limits(seconds=2)).code == "empty"
    told = stub.read(f"time.sleep(9); {done}", Limits(seconds=2))
    assert (told.code, "2 seconds" in told.en) == ("time_out", True)


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may take the memory it is allowed beyond the child's own, and not a quarter more."""
    monkeypatch.setattr(eyes, "OPENER", "reading.eyes_double:open_hungry")
    monkeypatch.setattr(eyes, "eyes_are_installed", lambda: True)
    assert len(read_file(SCAN, limits=Limits(eyes_memory_megabytes=400))) == 4
    told = code(lambda: read_file(SCAN, limits=Limits(eyes_memory_megabytes=250)))
    assert told[0] == "memory"
    assert "250 MB" in told[1]


def test_limits_reach_the_child(tmp_path: Path) -> None:
    """A limit given to the caller holds in the child that reads."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(3))
    assert code(lambda: read_file(path, limits=Limits(pages=3)))[0] == "not_a_form"
    assert code(lambda: read_file(path, limits=Limits(pages=2)))[0] == LARGE
    assert code(lambda: parse_bytes(pdf(3), "a.pdf", None, Limits(pages=2)))[0] == LARGE
