"""Settling: recognised numbers against the form's own sums."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jixiao.form import Execution, Form, FundRow, Funds, Indicator, Place, Total
from jixiao.reading.settle import settle
from jixiao.reading.settle.numbers import numbers_of, with_number

D = Decimal


def form_of(sure: str = "0.97") -> Form:
    """A form whose sums hold, every number recognised with one confidence."""
    funds = Funds(
        total=FundRow(D("160.00"), D("120.50"), D("90.25")),
        current_year=FundRow(D("150.00"), D("100.50"), D("80.25")),
        carryover=FundRow(D("10.00"), D("20.00"), D("10.00")),
    )
    lines = tuple(Indicator(level1="产出指标", weight=D(w), score=D(s)) for w, s in (("50", "48"), ("40", "36.5")))
    form = Form(
        funds=funds, execution=Execution(D(10), D("74.90"), D("7.49")), indicators=lines,
        total=Total(D(100), D("91.99")), declared_weights={"产出指标": D(90)},
    )  # fmt: skip
    pointers = [pointer for pointer, number in numbers_of(form).items() if number is not None]
    return replace(form, places={pointer: (place(pointer, sure),) for pointer in pointers})


def place(pointer: str, sure: str) -> Place:
    """A place of its own for each pointer."""
    return Place("扫描.pdf", page=1, cell=pointer, confidence=D(sure))


def sure_of(form: Form, pointer: str) -> Decimal:
    """The confidence of a field."""
    return form.places[pointer][0].confidence


def misread(form: Form, pointer: str, number: str) -> Form:
    """The form with one number misread."""
    return with_number(form, pointer, D(number))


def codes(form: Form) -> dict[str, str]:
    """Pointer and code of each problem."""
    return {problem.pointer: problem.code for problem in form.problems}


def test_numbers_by_pointer_can_be_read_and_changed() -> None:
    """What `with_number` puts at a pointer, `numbers_of` finds there, and nothing else has changed."""
    form = form_of()
    for pointer in numbers_of(form):
        changed = numbers_of(with_number(form, pointer, D("3.25")))
        assert changed == {**numbers_of(form), pointer: D("3.25")}


def test_copied_numbers_are_left_alone_even_where_they_contradict_each_other() -> None:
    """A form that contradicts itself in print stays as printed, without a word from the reader."""
    form = misread(form_of("1.0"), "/total/score", "99.99")
    assert settle(form, {place("/total/score", "1.0"): [("91.99", D("0.4"))]}) is form


def test_recognised_numbers_that_their_sums_bear_out_gain_confidence() -> None:
    """A number whose sum would fail were any of its figures another is surer than its letters alone say."""
    settled = settle(form_of(), {})
    assert sure_of(settled, "/indicators/1/score") == D("0.995")
    assert sure_of(settled, "/funds/total/adjusted") == D("0.995")
    assert settled.problems == ()


def test_a_number_that_no_sum_ties_keeps_its_confidence() -> None:
    """An initial budget without parts is tied to nothing."""
    form = form_of()
    alone = replace(form, funds=Funds(total=form.funds.total))
    assert sure_of(settle(alone, {}), "/funds/total/initial") == D("0.97")


def test_a_reading_far_from_sure_is_not_lifted() -> None:
    """Sums do not make a guess sure."""
    assert sure_of(settle(form_of("0.85"), {}), "/indicators/1/score") == D("0.85")


def test_a_reading_whose_place_was_inferred_from_a_text_is_not_lifted() -> None:
    """Two numbers of a text that have changed places still have the same sum."""
    form = form_of()
    in_text = {pointer: (replace(found[0], page=None, line=3),) for pointer, found in form.places.items()}
    assert sure_of(settle(replace(form, places=in_text), {}), "/indicators/1/score") == D("0.97")


@pytest.mark.parametrize(
    ("pointer", "wrong"),
    [
        ("/indicators/0/score", "43"), ("/indicators/1/weight", "46"), ("/funds/carryover/executed", "16.00"),
        ("/execution/rate", "14.90"), ("/total/score", "97.99"), ("/funds/total/adjusted", "126.50"),
    ],
)  # fmt: skip
def test_one_wrong_figure_is_mended_by_a_reading_that_was_seen(pointer: str, wrong: str) -> None:
    """Where exactly one reading that the recogniser saw makes the sums hold, it is taken, said, and not called sure."""
    right = numbers_of(form_of())[pointer]
    settled = settle(misread(form_of(), pointer, wrong), {place(pointer, "0.97"): [(str(right), D("0.02"))]})
    assert numbers_of(settled)[pointer] == right
    assert codes(settled)[pointer] == "settled"
    assert sure_of(settled, pointer) == D("0.90")


def test_a_wrong_figure_with_nothing_else_seen_is_told_and_not_changed() -> None:
    """Without another reading the number stays, loses its certainty, and the sum that fails is told."""
    settled = settle(misread(form_of(), "/indicators/0/score", "43"), {})
    assert numbers_of(settled)["/indicators/0/score"] == D(43)
    assert "sum_disagrees" in codes(settled).values()
    assert sure_of(settled, "/indicators/0/score") == D("0.90")


def test_two_readings_that_both_fit_decide_nothing() -> None:
    """Two ways to make the sums hold are none."""
    form = misread(form_of(), "/total/score", "91.98")
    seen = {
        place("/total/score", "0.97"): [("91.99", D("0.02"))],
        place("/indicators/0/score", "0.97"): [("47.99", D("0.02"))],
    }  # fmt: skip
    settled = settle(form, seen)
    assert numbers_of(settled) == numbers_of(form)
    assert "settled" not in codes(settled).values()


def test_a_sure_reading_is_never_overwritten() -> None:
    """Above the bound of sureness another reading is not even tried."""
    form = misread(form_of("0.995"), "/indicators/0/score", "43")
    settled = settle(form, {place("/indicators/0/score", "0.995"): [("48", D("0.004"))]})
    assert numbers_of(settled)["/indicators/0/score"] == D(43)
    assert "sum_disagrees" in codes(settled).values()


def test_a_number_that_could_not_be_read_is_filled_from_what_was_seen() -> None:
    """A cell read as no number takes the one other reading with which its sums hold, and no other."""
    form = form_of("0.70")
    line = replace(form.indicators[0], score=None)
    blank = replace(form, indicators=(line, form.indicators[1]))
    spot = place("/indicators/0/score", "0.70")
    assert numbers_of(settle(blank, {spot: [("48", D("0.3"))]}))["/indicators/0/score"] == D(48)
    assert numbers_of(settle(blank, {spot: [("46", D("0.3"))]}))["/indicators/0/score"] is None


def test_another_contradiction_in_print_does_not_stop_a_repair() -> None:
    """A fund column that fails in print has no say over a score."""
    form = misread(misread(form_of(), "/indicators/0/score", "43"), "/funds/carryover/initial", "99.00")
    settled = settle(form, {place("/indicators/0/score", "0.97"): [("48", D("0.02"))]})
    assert numbers_of(settled)["/indicators/0/score"] == D(48)
