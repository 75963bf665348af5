"""What changed between two moments, by lasting names."""

from msgspec.structs import replace

from jixiao.form import Actual
from jixiao.office.filing.cells import Record
from jixiao.office.workflow.changes import changes
from office.making import seed_forms

FORM = seed_forms()[0]
KEYS = tuple(f"k{number}" for number in range(1, len(FORM.indicators) + 1))


def test_nothing_changed_is_nothing() -> None:
    """A form beside itself."""
    assert changes(Record(FORM, KEYS), Record(FORM, KEYS)) == ()


def test_a_cell_is_told_with_was_and_now() -> None:
    """One changed actual value is one change under the key of its row, even after the rows were turned round."""
    rows = (replace(FORM.indicators[0], actual=Actual("12次")), *FORM.indicators[1:])
    now = Record(replace(FORM, indicators=rows[::-1]), KEYS[::-1])
    (change,) = changes(Record(FORM, KEYS), now)
    assert (change.cell, change.was, change.now) == ("k1/actual", FORM.indicators[0].actual.text, "12次")
    assert change.name.zh.startswith(f"指标 {len(KEYS)}「")


def test_rows_that_came_and_went_are_told_whole() -> None:
    """A removed row and a new one are one change each."""
    now = Record(replace(FORM, indicators=(*FORM.indicators[1:], FORM.indicators[0])), (*KEYS[1:], "k99"))
    came, gone = changes(Record(FORM, KEYS), now)
    assert (came.cell, came.was, gone.cell, gone.now) == ("k99", None, "k1", None)
    assert FORM.indicators[0].name in (came.now or "")
