"""A form with one printed number changed is read as printed: the form's sums never bend what stands in the text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.form import Form, to_wire
from jixiao.reading.text import read_text

HOUSE = Path(__file__).resolve().parents[2]
TITLE = "财政项目支出绩效自评表"
SEED = (HOUSE / "examples" / "shanghai-2024.txt").read_text(encoding="utf-8")
FORMS = [TITLE + part for part in SEED.split(TITLE)[1:]]
NUMBER = re.compile(r"/(?:initial|adjusted|executed|weight|rate|score)$")
PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")


def values(form: Form) -> dict[str, object]:
    """Every value of a form but places, extras and problems, by pointer."""
    wire = to_wire(form)
    return dict(
        _leaves({key: wire[key] for key in wire if key not in ("places", "extras", "problems", "declared_weights")})
    )


def _leaves(value: object, pointer: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{pointer}/{index}")
    else:
        yield pointer, value


def change(text: str, line: int, column: int, new: str) -> str:
    """A text with the number at a line and column replaced."""
    lines = text.split("\n")
    row = lines[line - 1]
    old = PRINTED.match(row[column - 1 :])
    assert old, f"no number at {line}:{column}"
    lines[line - 1] = row[: column - 1] + new + row[column - 1 + old.end() :]
    return "\n".join(lines)


def others(old: str, turn: int) -> list[str]:
    """Other numbers in the place of one: another digit, and at every third a small, a large or a bare one."""
    digit = str((int(old[0]) % 9) + 1)
    return [digit + old[1:], *([("0.00", "95.00", "7", "999.99")[turn % 4]] if turn % 3 == 0 else [])]


@pytest.mark.parametrize("number", range(len(FORMS)))
def test_one_changed_number_changes_one_field(number: int) -> None:
    """Whichever number is another, its field reads as changed and all other fields as before."""
    text = FORMS[number]
    (form,) = read_text(text, "form.txt")
    before = values(form)
    pointers = [pointer for pointer in form.places if NUMBER.search(pointer)]
    assert len(pointers) > 15
    for turn, pointer in enumerate(pointers):
        place = form.places[pointer][0]
        assert place.line is not None
        assert place.column is not None
        for new in others(str(before[pointer]), turn):
            (changed,) = read_text(change(text, place.line, place.column, new), "form.txt")
            assert values(changed) == before | {pointer: new}, f"{pointer}: {before[pointer]} printed as {new}"


@pytest.mark.parametrize("number", range(len(FORMS)))
def test_another_grade_is_read_as_printed(number: int) -> None:
    """A grade that does not fit the score is read as it stands."""
    (form,) = read_text(FORMS[number].replace("评分等级 优", "评分等级 差"), "form.txt")
    (before,) = read_text(FORMS[number], "form.txt")
    assert values(form) == values(before) | {"/grade": "差"}


def test_two_scores_exchanged_stay_exchanged() -> None:
    """Errors that leave every sum right are read as printed too."""
    text = FORMS[1].replace("30.00 30.00", "30.00 20.00").replace("20.00 20.00", "20.00 30.00")
    (form,) = read_text(text, "form.txt")
    assert [str(line.score) for line in form.indicators] == ["20.00", "30.00", "40.00"]
