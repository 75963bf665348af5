"""A form with one number changed is always caught by an arithmetic finding, and a finding names the changed cell."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
import pytest

from jixiao.form import Form
from jixiao.review import specimen
from oracle.truth import truth_forms
from review import bench_of_books

SHIFTS = (Decimal("0.01"), Decimal("-0.01"), Decimal(1), Decimal(-1), Decimal("3.5"), Decimal(10), Decimal(-7))
LAST_PLACE = Decimal("0.01")
ROWS = ("total", "current_year", "carryover", "other")
PARTLY = {
    "lines": {
        "0": "~ | ~ | ~ | 9.6公里 | ~ | 12 | 三标段停工",
        "4": "~ | ~ | 积水明显减少 | 部分达成指标 | ~ | 14 | 两处未消除",
    },
}


class Change(NamedTuple):
    """One form before, its number, what was changed, and the form after."""

    pointer: str
    after: Form


def changed(value: Any, steps: list[str], to: object) -> Any:
    """The value with what the steps lead to replaced."""
    if not steps:
        return to
    if isinstance(value, tuple):
        at = int(steps[0])
        return (*value[:at], changed(value[at], steps[1:], to), *value[at + 1 :])
    return msgspec.structs.replace(value, **{steps[0]: changed(getattr(value, steps[0]), steps[1:], to)})


def read(value: Any, steps: list[str]) -> Any:
    """What the steps lead to."""
    for step in steps:
        value = value[int(step)] if isinstance(value, tuple) else getattr(value, step)
    return value


def pointers(form: Form) -> Iterator[str]:
    """Every number that arithmetic covers."""
    yield from ("/execution/weight", "/execution/rate", "/execution/score", "/total/weight", "/total/score")
    for row in ROWS:
        yield from (f"/funds/{row}/{column}" for column in ("initial", "adjusted", "executed"))
    for number in range(len(form.indicators)):
        yield from (f"/indicators/{number}/weight", f"/indicators/{number}/score")


def changes(form: Form) -> Iterator[Change]:
    """The form with one number changed, in every way; negative numbers are another check's business."""
    for pointer in pointers(form):
        steps = pointer.split("/")[1:]
        old = read(form, steps)
        for new in {old + shift for shift in SHIFTS} | {Decimal("0.00"), old * 2}:
            if old is not None and new >= 0 and new != old:
                yield Change(pointer, changed(form, steps, new))
    for grade in "优良中差":
        if grade != form.grade:
            yield Change("/grade", changed(form, ["grade"], grade))


def missed(form: Form, change: Change) -> str:
    """What is missing from the findings on a changed form; "" where all is as it should be."""
    findings = bench_of_books.reviewer("cn-shanghai").review(change.after)[1].findings
    if not any(finding.family == "arithmetic" for finding in findings):
        return f"{change.pointer} is not caught"
    if change.pointer in {finding.pointer for finding in findings}:
        return ""
    was, now = (read(one, change.pointer.split("/")[1:]) for one in (form, change.after))
    return f"{change.pointer}, {was} to {now}: {[(finding.code, finding.pointer) for finding in findings]}"


@pytest.mark.parametrize("number", range(7))
def test_seed_with_one_number_changed(number: int) -> None:
    """Whatever number of a published form is changed, and however far: arithmetic catches it and names the cell."""
    form = truth_forms()[number]
    assert [fault for change in changes(form) if (fault := missed(form, change))] == []


@pytest.mark.parametrize("differs", [{}, PARTLY], ids=["sound", "partly met"])
def test_other_form_with_one_number_changed(differs: dict[str, Any]) -> None:
    """The same on a form that lost points; only a last place, or a score within its band, may leave the cell open."""
    form = specimen(differs)
    faults = [(change, fault) for change in changes(form) if (fault := missed(form, change))]
    assert [fault for _, fault in faults if "not caught" in fault] == []
    assert [fault for change, fault in faults if not left_open(form, change)] == []


def left_open(form: Form, change: Change) -> bool:
    """Whether the form itself cannot tell the cell: the change is a last place, or the line is judged by band."""
    steps = change.pointer.split("/")[1:]
    line = form.indicators[int(steps[1])] if steps[0] == "indicators" else None
    by_band = line is not None and line.target.operator == "qualitative"
    return by_band or abs(read(form, steps) - read(change.after, steps)) <= LAST_PLACE


@pytest.mark.parametrize("number", range(7))
def test_one_change_is_asked_about_by_two_checks_at_most(number: int) -> None:
    """One fault, one question: no single number changed makes more than two checks speak that were silent before."""
    form = truth_forms()[number]
    reviewer = bench_of_books.reviewer("cn-shanghai")
    usual = {(finding.code, finding.pointer) for finding in reviewer.review(form)[1].findings}
    for change in changes(form):
        findings = reviewer.review(change.after)[1].findings
        spoken = {finding.code for finding in findings if (finding.code, finding.pointer) not in usual}
        assert 1 <= len(spoken) <= 2, change.pointer
