"""Forms printed by a browser after published layouts, with what they say typed by hand (`tests/data/published`)."""

import json
from pathlib import Path
from typing import Any

import pytest

from forms.losses import lost_texts
from jixiao.form import Form, to_wire
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.interpreter import interpret

FOLDER = Path(__file__).parent.parent / "data" / "published"
NAMES = sorted(path.stem for path in FOLDER.glob("*.pdf"))


def said(form: Form) -> dict[str, Any]:
    """What a form says, in the shape of the files typed by hand."""
    wire = to_wire(form)
    funds = {name: _amounts(wire["funds"][name]) for name in ("total", "current_year", "carryover", "other")}
    funds |= {row["label"]: _amounts(row) for row in wire["funds"].get("more", [])}
    return {
        **{name: wire[name] for name in ("title", "fiscal_year", "currency_unit", "department", "unit", "grade")},
        "project": [wire["project"]["name"], wire["project"]["code"]],
        "funds": funds,
        "execution": [wire["execution"][name] for name in ("weight", "rate", "score")],
        "goal": [wire["goal"]["expected"], wire["goal"]["actual"]],
        "indicators": [_cells(row) for row in wire["indicators"]],
        "total": [wire["total"]["weight"], wire["total"]["score"]],
    }


def _amounts(row: dict[str, Any]) -> list[str | None]:
    return [row[name] for name in ("initial", "adjusted", "executed")]


def _cells(row: dict[str, Any]) -> list[str | None]:
    words = [row["level1"], row["level2"], row["name"], row["target"]["text"], row["actual"]["text"]]
    return [*words, row["weight"], row["score"], row["deviation"]]


def test_there_are_four_look_alikes() -> None:
    """Four files are there, each with what it says beside it."""
    assert len(NAMES) == 4
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_look_alike_says_what_was_typed(name: str) -> None:
    """Every field is equal to what was typed by hand, and nothing printed is lost."""
    grid = read_pdf((FOLDER / f"{name}.pdf").read_bytes(), name)
    forms = interpret(grid, name)
    assert [said(form) for form in forms] == json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert lost_texts(grid, forms) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_column_of_a_look_alike_is_lost(name: str) -> None:
    """Nothing is unplaced in the row of an indicator or of the funds: that would be a column not understood."""
    forms = interpret(read_pdf((FOLDER / f"{name}.pdf").read_bytes(), name), name)
    assert [extra for form in forms for extra in form.extras if extra.label == "unplaced" and extra.pointer] == []
    assert [problem for form in forms for problem in form.problems if problem.code == "unreadable"] == []
