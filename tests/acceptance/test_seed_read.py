"""The real forms the project started from read exactly, from every format they are at hand in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jixiao.desk.reviewing import read_files
from jixiao.form import Form, to_wire

HOUSE = Path(__file__).resolve().parents[2]
DATA = HOUSE / "tests" / "data"
TRUTH: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
SOURCES = {
    HOUSE / "examples" / "shanghai-2024.txt": 7,
    DATA / "typst3.pdf": 3,
    DATA / "typst7.pdf": 7,
    DATA / "lo_docx3.pdf": 3,
    DATA / "forms7.xlsx": 7,
}


def as_truth(form: Form) -> dict[str, Any]:
    """A form with the keys of the truth file, which is silent about schema, extras, places and problems."""
    wire = to_wire(form)
    wire["project"] = wire["project"]["name"]
    for line in wire["indicators"]:
        line["target"], line["actual"] = line["target"]["text"], line["actual"]["text"]
    return {key: wire[key] for key in TRUTH[0]}


def fields(value: Any, pointer: str = "") -> Iterator[str]:
    """JSON pointers of all values that hold something."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from fields(item, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from fields(item, f"{pointer}/{index}")
    elif value not in (None, ""):
        yield pointer


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.name)
def source(request: pytest.FixtureRequest) -> tuple[Path, tuple[Form, ...]]:
    """One of the seed's files and its forms."""
    (result,) = read_files([request.param])
    assert result.error is None
    return request.param, result.forms


def test_every_field_equals_the_truth(source: tuple[Path, tuple[Form, ...]]) -> None:
    """Every field that the truth holds is read exactly as it stands there."""
    path, forms = source
    assert [as_truth(form) for form in forms] == TRUTH[: SOURCES[path]]


def test_every_field_has_a_place(source: tuple[Path, tuple[Form, ...]]) -> None:
    """Each field that was read names where in the file it stands, in the terms of its format."""
    path, forms = source
    for form in forms:
        for pointer in fields(to_wire(form)):
            if pointer.startswith(("/schema", "/places", "/problems")):
                continue
            steps = pointer.split("/")
            above = ["/".join(steps[:length]) for length in range(len(steps), 1, -1)]
            found = next((form.places[name] for name in above if name in form.places), ())
            assert found, f"{path.name}: {pointer} has no place"
            for place in found:
                kind = {".pdf": place.page and place.box, ".xlsx": place.cell, ".txt": place.line and place.column}
                assert kind[path.suffix], f"{path.name}: {pointer} stands at {place}"
