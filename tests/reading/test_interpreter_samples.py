"""The sample files, read through their format readers: every field the truth holds, and a place for each."""

import json
from pathlib import Path
from typing import Any

import pytest

from forms.measure import filled_pointers
from jixiao.form import Form, to_wire
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.formats.xls import read_xls
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.interpreter import interpret

DATA = Path(__file__).parent.parent / "data"
TRUTH: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
READERS = {"xlsx": read_xlsx, "docx": read_docx, "xls": read_xls, "pdf": read_pdf}
SAMPLES = [
    ("forms7.xlsx", 7),
    ("typst7.pdf", 7),
    ("typst3.pdf", 3),
    ("lo_docx3.pdf", 3),
    ("forms7.docx", 7),
    ("forms7.xls", 7),
]


def read(name: str) -> tuple[Form, ...]:
    """The forms of a sample file."""
    data = (DATA / name).read_bytes()
    return interpret(READERS[name.rpartition(".")[2]](data, name), name)


def as_truth(form: Form) -> dict[str, Any]:
    """A form in the shape of the truth file: the project is its name, targets and actual values are their texts."""
    wire = to_wire(form)
    wire["project"] = wire["project"]["name"]
    for indicator in wire["indicators"]:
        indicator["target"] = indicator["target"]["text"]
        indicator["actual"] = indicator["actual"]["text"]
    return wire


@pytest.mark.parametrize(("name", "count"), SAMPLES)
def test_every_field_of_the_truth_is_read(name: str, count: int) -> None:
    """Every field the truth holds is equal, and nothing is unreadable, missing or unplaced."""
    forms = read(name)
    assert len(forms) == count
    for form, truth in zip(forms, TRUTH, strict=False):
        wire = as_truth(form)
        assert {field: wire[field] for field in truth} == truth
        assert form.problems == ()
        assert "unplaced" not in {extra.label for extra in form.extras}


@pytest.mark.parametrize(("name", "count"), SAMPLES)
def test_every_field_that_was_read_has_a_place(name: str, count: int) -> None:
    """Whatever is not empty in a form has at least one place, in the file as it was named."""
    for form in read(name):
        for pointer in filled_pointers(form):
            assert form.places.get(pointer), pointer
        assert {place.file for places in form.places.values() for place in places} == {name}
