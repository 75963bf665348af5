"""The text layers of real PDF files, as two extractors print them: in the order of the cells, and line by line."""

import json
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from jixiao.form import Form, to_wire
from jixiao.reading.text import read_text

DATA = Path(__file__).resolve().parents[1] / "data"
TRUTH: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
PDFS = {"typst3.pdf": 3, "typst7.pdf": 7, "lo_docx3.pdf": 3}


def content_order(path: Path) -> str:
    """The text as PDFium prints it, page by page."""
    with pypdfium2.PdfDocument(path) as document:
        return "\f".join(page.get_textpage().get_text_range() for page in document)


def line_order(path: Path) -> str:
    """The text as pdfplumber prints it: by lines across the columns, cells torn apart."""
    with pdfplumber.open(path) as document:
        return "\f".join(page.extract_text() for page in document.pages)


def wrong(form: Form, truth: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form that differ from the truth, by pointer."""
    wire = to_wire(form)
    found: dict[str, Any] = {}
    for key, value in truth.items():
        if key == "project":
            found |= {} if wire[key]["name"] == value else {"/project/name": value}
        elif key != "indicators":
            found |= {} if wire[key] == value else {f"/{key}": wire[key]}
    for index, line in enumerate(truth["indicators"]):
        got = wire["indicators"][index] if index < len(wire["indicators"]) else {}
        for key, value in line.items():
            read = got.get(key, {}).get("text") if key in ("target", "actual") else got.get(key)
            found |= {} if read == value else {f"/indicators/{index}/{key}": read}
    return found


@pytest.mark.parametrize("name", PDFS)
def test_text_in_content_order_reads_exactly(name: str) -> None:
    """What PDFium prints of three producers' files reads to the forms that were set, every field."""
    forms = read_text(content_order(DATA / name), name)
    assert [wrong(form, truth) for form, truth in zip(forms, TRUTH[: PDFS[name]], strict=True)] == [{}] * PDFS[name]


@pytest.mark.parametrize("name", PDFS)
def test_text_in_line_order_is_never_wrong_in_silence(name: str) -> None:
    """Where cells are torn apart line by line the form says so, and no wrong indicator is called certain."""
    for form, truth in zip(read_text(line_order(DATA / name), name), TRUTH[: PDFS[name]], strict=True):
        assert "scrambled" in {problem.code for problem in form.problems}
        for pointer in wrong(form, truth):
            flagged = any(pointer.startswith(problem.pointer) for problem in form.problems)
            unsure = any(place.confidence < 1 for place in form.places.get(pointer, ()))
            assert flagged or unsure, f"{name}: {pointer} is wrong and says nothing"
