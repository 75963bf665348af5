"""Workbooks and documents are marked in the confined child process, which can open no file."""

from pathlib import Path

import pytest
from msgspec import json

from jixiao.reading import Unreadable, rework_file
from jixiao.reading.parse import parse_bytes
from writing.original_samples import job_of, parts_of, without

DATA = Path(__file__).parents[1] / "data"
CRAFTS = {"forms7.docx": "jixiao.desk.marked_docx:craft", "forms7.xlsx": "jixiao.writing.original.xlsx.craft:craft"}


@pytest.mark.parametrize("name", CRAFTS)
def test_an_original_is_marked_in_the_child(name: str) -> None:
    """The craft needs nothing that it cannot have there; the same forms are read back."""
    original = (DATA / name).read_bytes()
    forms = parse_bytes(original, name)
    marked = rework_file(original, CRAFTS[name], json.encode(job_of(forms)), label=name)
    assert without(parse_bytes(marked, name)) == without(forms)
    assert any("comments" in part for part in parts_of(marked))


@pytest.mark.parametrize("name", CRAFTS)
def test_what_is_no_office_file_is_refused(name: str) -> None:
    """Bytes of any other kind are refused with a sentence that names the file."""
    with pytest.raises(Unreadable) as caught:
        rework_file(b"no zip at all", CRAFTS[name], json.encode(job_of([])), label=name)
    assert caught.value.code == "truncated_or_damaged"
    assert name in caught.value.zh
