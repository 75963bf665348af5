"""The published text the project started from: read exactly, and read as printed when one number in it is another."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jixiao.form import Form, to_wire
from jixiao.reading.text import read_text

HOUSE = Path(__file__).resolve().parents[2]
SEED = (HOUSE / "examples" / "shanghai-2024.txt").read_text(encoding="utf-8")
TRUTH: list[dict[str, Any]] = json.loads((HOUSE / "tests" / "data" / "truth.json").read_text(encoding="utf-8"))


def as_truth(form: Form) -> dict[str, Any]:
    """A form with the keys of the truth file."""
    wire = to_wire(form)
    wire["project"] = wire["project"]["name"]
    for line in wire["indicators"]:
        line["target"], line["actual"] = line["target"]["text"], line["actual"]["text"]
    return {key: wire[key] for key in TRUTH[0]}


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """All values of a tree with their pointers."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{index}")
    else:
        yield pointer, value


@pytest.fixture(scope="module")
def forms() -> tuple[Form, ...]:
    """The seven forms of the seed."""
    return read_text(SEED, "shanghai-2024.txt")


def test_seed_reads_exactly(forms: tuple[Form, ...]) -> None:
    """Every field the truth holds, of seven forms and 48 indicators, is read as it stands there."""
    assert [as_truth(form) for form in forms] == TRUTH
    assert sum(len(form.indicators) for form in forms) == 48


def test_seed_has_nothing_missing(forms: tuple[Form, ...]) -> None:
    """No field of the seed is reported as a problem, and no text is left unplaced."""
    assert [form.problems for form in forms] == [()] * 7
    assert not [extra for form in forms for extra in form.extras if extra.label == "unplaced"]


def test_places_name_the_line_and_column_of_the_text(forms: tuple[Form, ...]) -> None:
    """Where a place points, the text of the field begins."""
    lines = SEED.split("\n")
    for form in forms:
        values = dict(leaves(as_truth(form)))
        for pointer, places in form.places.items():
            value = values.get(pointer.replace("/project/name", "/project"))
            for place in places[:1] if value else []:
                assert place.line is not None
                assert place.column is not None
                found = lines[place.line - 1][place.column - 1 :].replace(" ", "").replace(",", "")
                printed = str(value) if "level" not in pointer else str(value)[:2]
                around = found[:4] if pointer in ("/fiscal_year", "/currency_unit") else found[:1]
                assert printed[:1] in around, f"{pointer}: {value!r} at {place}"
                assert place.confidence <= Decimal("1.00")


def test_every_field_has_a_place(forms: tuple[Form, ...]) -> None:
    """Each value of the seed has a place of its own or of the cell above it."""
    for form in forms:
        for pointer, value in leaves(as_truth(form)):
            name = pointer.replace("/project", "/project/name")
            assert value is None or value == "" or name in form.places, pointer


def test_a_boundary_chosen_among_near_ones_is_not_called_certain(forms: tuple[Form, ...]) -> None:
    """The target that a page cuts is less certain than a number between two blanks."""
    places = forms[0].places
    assert places["/indicators/7/target"][0].confidence < places["/indicators/7/weight"][0].confidence
    assert len(places["/indicators/7/target"]) == 2
