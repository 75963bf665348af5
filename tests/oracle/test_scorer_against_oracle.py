"""Rule text compiled to a closure equals the Decimal oracle, cell by cell, on twenty thousand forms made to hurt."""

from decimal import Decimal
from itertools import islice

import pytest

from jixiao.form import Form
from oracle import scorer
from oracle.adversary import form_number, forms
from oracle.scoring import scored

COUNT, SHARE = 20_000, 1_000
Cell = Decimal | str | bool | None


def differences(form: Form, place: str = "cn") -> list[tuple[str, Cell, Cell]]:
    """Cells of a form's score sheet that are not what the oracle says: which, the oracle's, the scorer's."""
    sheet = scored(form, place)
    points = scorer.total(form)
    cells: list[tuple[str, Cell, Cell]] = [
        ("total", points, sheet.score),
        ("low", scorer.low(form), sheet.low),
        ("grade", scorer.grade(points), sheet.grade),
    ]
    worths = [scorer.execution(form), *map(scorer.line, form.indicators)]
    for worth, line in zip(worths, sheet.lines, strict=True):
        cells += [
            (f"{line.pointer} computed", worth.stands(line.claimed), line.computed),
            (f"{line.pointer} low", worth.low, line.low),
            (f"{line.pointer} high", worth.high, line.high),
            (f"{line.pointer} agrees", worth.agrees(line.claimed), line.agrees),
        ]
    return [(name, right, found) for name, right, found in cells if right != found]


@pytest.mark.parametrize("start", range(0, COUNT, SHARE))
def test_the_scorer_equals_the_oracle(start: int) -> None:
    """Scores, bands, agreement, total, low total and grade are the oracle's on every form."""
    found = {number: differences(form_number(number)) for number in range(start, start + SHARE)}
    assert {number: cells for number, cells in found.items() if cells} == {}


def test_shanghai_scores_by_the_rules_of_the_ministry() -> None:
    """The book of Shanghai computes as the oracle does: it adds words, not sums."""
    found = {number: differences(form_number(number, seed=31), "cn-shanghai") for number in range(SHARE)}
    assert {number: cells for number, cells in found.items() if cells} == {}


def test_the_forms_compared_have_scores_of_every_kind() -> None:
    """The comparison is not of nothing: most forms have a total, all four grades occur, and most lines a score."""
    sheets = [scored(form) for form in islice(forms(COUNT), SHARE)]
    lines = [line for sheet in sheets for line in sheet.lines]
    assert {sheet.grade for sheet in sheets} == {"优", "良", "中", "差", None}
    assert sum(sheet.score is not None for sheet in sheets) > SHARE // 2
    assert sum(line.computed is not None for line in lines) > len(lines) * 3 // 4
    assert {line.agrees for line in lines} == {True, False, None}
    assert len({line.formula.en for line in lines}) >= 7
