"""One number of a right form changed: it is always found, and a finding names the cell."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from jixiao.desk.reviewing import review_form
from jixiao.form import Form
from oracle.right_forms import right_form
from oracle.truth import truth_forms

STEPS = [Decimal(text) for text in ("1", "-1", "0.01", "-0.01", "0.5", "-0.5", "10", "100")]
ROWS = ("total", "current_year", "carryover", "other")
COLUMNS = ("initial", "adjusted", "executed")
OTHERS = 6
LAST_PLACE = Decimal("0.01")
GRADES = ("优", "良", "中", "差")


def changed(form: Form, pointer: str, value: object) -> Form:
    """The form with the one field that the pointer names set to a value."""
    made: Form = _changed(form, pointer.split("/")[1:], value)
    return made


def _changed(node: Any, path: list[str], value: object) -> Any:
    if not path:
        return value
    if isinstance(node, tuple):
        index = int(path[0])
        return (*node[:index], _changed(node[index], path[1:], value), *node[index + 1 :])
    return replace(node, **{path[0]: _changed(getattr(node, path[0]), path[1:], value)})


def value_at(form: Form, pointer: str) -> Any:
    """The value of the field that the pointer names."""
    node: Any = form
    for name in pointer.split("/")[1:]:
        node = node[int(name)] if isinstance(node, tuple) else getattr(node, name)
    return node


def cells(form: Form) -> Iterator[str]:
    """Every number that arithmetic covers."""
    yield from ("/execution/weight", "/execution/rate", "/execution/score", "/total/weight", "/total/score")
    for number in range(len(form.indicators)):
        yield from (f"/indicators/{number}/weight", f"/indicators/{number}/score")
    for row in ROWS:
        yield from (f"/funds/{row}/{column}" for column in COLUMNS)


def mutants(form: Form) -> Iterator[tuple[str, Decimal]]:
    """Each number with what it is changed to: a little, a lot, to nothing, to twice, two digits swapped."""
    for pointer in cells(form):
        right = value_at(form, pointer)
        digits = format(right, "f")
        swapped = Decimal(digits[1] + digits[0] + digits[2:]) if digits[:2].isdigit() else right
        for wrong in dict.fromkeys([*(right + step for step in STEPS), Decimal("0.00"), right * 2, swapped]):
            if wrong != right and wrong >= 0:
                yield pointer, wrong


def named(form: Form) -> set[str]:
    """The pointers of the arithmetic findings."""
    return {finding.pointer for finding in review_form(form).review.findings if finding.family == "arithmetic"}


@pytest.mark.parametrize("number", range(7))
def test_a_right_form_has_no_finding_of_arithmetic(number: int) -> None:
    """The seed forms have no arithmetic error: what is found in a changed copy is the change."""
    found = review_form(truth_forms()[number]).review.findings
    assert [finding.code for finding in found if finding.family == "arithmetic"] == []


@pytest.mark.parametrize("number", range(7))
def test_every_changed_number_is_found_where_it_stands(number: int) -> None:
    """Each number that arithmetic covers, changed by little or much, gives a finding that names its cell."""
    form = truth_forms()[number]
    usual = named(form)
    missed = []
    for pointer, wrong in mutants(form):
        found = named(changed(form, pointer, wrong))
        if pointer not in found:
            missed.append((pointer, str(value_at(form, pointer)), str(wrong), sorted(found - usual)))
    assert missed == []


@pytest.mark.parametrize("number", range(7))
def test_every_wrong_grade_is_found(number: int) -> None:
    """Each grade but the right one is found, and the finding names the grade."""
    form = truth_forms()[number]
    for grade in GRADES:
        assert ("/grade" in named(changed(form, "/grade", grade))) is (grade != form.grade)


@pytest.mark.parametrize("number", range(OTHERS))
def test_forms_of_other_contents_have_no_finding_of_arithmetic(number: int) -> None:
    """A form whose every number follows from the others gives arithmetic nothing to say."""
    assert named(right_form(number)) == set()


@pytest.mark.parametrize("number", range(OTHERS))
def test_every_changed_number_of_other_forms_is_found(number: int) -> None:
    """In forms with points lost and parts of funds, too, each change is found; a score or an amount where it stands.

    A weight a little off may be any of several, so there the cell of the sum may be named. A rate may be off by less
    than two units of its last place, for places round it up.
    """
    form = right_form(number)
    unseen, misnamed = [], []
    for pointer, wrong in mutants(form):
        found = named(changed(form, pointer, wrong))
        right = value_at(form, pointer)
        if pointer == "/execution/rate" and abs(wrong - right) < 2 * LAST_PLACE:
            continue
        if not found:
            unseen.append((pointer, str(right), str(wrong)))
        elif pointer not in found and not pointer.endswith("/weight"):
            misnamed.append((pointer, str(right), str(wrong), sorted(found)))
    assert (unseen, misnamed) == ([], [])


def test_a_changed_copy_differs_in_one_field() -> None:
    """A mutant is the form but for the one number."""
    form = truth_forms()[0]
    mutant = changed(form, "/indicators/3/weight", Decimal(9))
    assert mutant.indicators[3].weight == Decimal(9)
    assert changed(mutant, "/indicators/3/weight", form.indicators[3].weight) == form


def test_the_mutants_are_many() -> None:
    """All numbers of all seven forms take part, some eight changes each."""
    per_form = [len(list(mutants(form))) for form in truth_forms()]
    assert sum(per_form) > 1_500
    assert min(per_form) > 100
