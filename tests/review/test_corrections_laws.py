"""The laws of corrections, on forms that agree, on the same with numbers changed, and on any form whatever."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.form import Form, from_wire, to_wire
from jixiao.review import specimen
from jixiao.review.corrections import Correction, correct, put
from oracle.any_form import forms
from oracle.right_forms import right_form
from oracle.truth import truth_forms
from review import bench_of_books
from review.test_one_number_changed import PARTLY, Change, changed, changes, pointers, read

BOOKS = ("cn", "cn-hubei", "cn-platform")
ONE_LAST_PLACE = Decimal("0.01")
EVERY = 20
"""Of the changes of a form, one in so many is tried here; `./dev drill` tries them in documents."""


def applied(form: Form, corrections: tuple[Correction, ...]) -> Form:
    """The form with the corrections made as they are told: pointer and text, nothing else."""
    for each in corrections:
        is_text = each.pointer == "/grade" or each.pointer.startswith("/extras/")
        form = put(form, each.pointer, each.corrected if is_text else Decimal(each.corrected))
    return form


@pytest.mark.parametrize("number", range(7))
def test_a_published_form_that_agrees_is_left_alone(number: int) -> None:
    """No form of the seed contradicts itself: nothing is corrected, nothing is left to decide."""
    result = correct(truth_forms()[number], bench_of_books.reviewer("cn-shanghai"))
    assert (result.corrections, result.left) == ((), ())


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_a_form_that_agrees_is_left_alone(number: int) -> None:
    """Whatever the numbers: a form whose scores, sums and grade are right gets no correction, and is the very form."""
    form = right_form(number)
    result = correct(form, bench_of_books.reviewer())
    assert result.form is form
    assert (result.corrections, result.left) == ((), ())


def wrong(form: Form, change: Change, book: str) -> str:
    """What is wrong with how one changed number was treated; "" where it came back, or was named as undecided."""
    result = correct(change.after, bench_of_books.reviewer(book))
    if result.form == form:
        return ""
    told = any(change.pointer in left.pointers for left in result.left)
    was, now = (read(one, change.pointer.split("/")[1:]) for one in (form, change.after))
    if not result.corrections and (told or is_within_the_last_place(change.pointer, was, now)):
        return ""
    return f"{change.pointer}, {was} to {now}: {[each.pointer for each in result.corrections]}"


def is_within_the_last_place(pointer: str, was: object, now: object) -> bool:
    """Whether a rate was changed by no more than its last place, which agrees with the amounts."""
    near = isinstance(was, Decimal) and isinstance(now, Decimal) and abs(was - now) <= ONE_LAST_PLACE
    return pointer == "/execution/rate" and near


@pytest.mark.parametrize(
    ("form", "book"),
    [
        pytest.param(truth_forms()[0], "cn-shanghai", id="of the seed"),
        pytest.param(specimen({}), "cn", id="sound"),
        pytest.param(specimen(PARTLY), "cn", id="partly met"),
        pytest.param(right_form(3), "cn", id="drawn"),
    ],
)
def test_one_number_changed_comes_back_or_is_named(form: Form, book: str) -> None:
    """One number of a form that agrees is changed: it comes back as it was, or it is named and nothing is touched."""
    some = list(changes(form))[::EVERY]
    assert [fault for change in some if (fault := wrong(form, change, book))] == []


def test_what_the_form_decides_comes_back() -> None:
    """Totals, the rate, the score of execution and lines scored by numbers come back, not only get named."""
    form, reviewer = specimen({}), bench_of_books.reviewer()
    decided = ("/total/weight", "/execution/rate", "/execution/score", "/indicators/1/score", "/grade")
    clear = [
        change
        for change in changes(form)
        if change.pointer in decided
        and not is_within_the_last_place(change.pointer, form.execution.rate, change.after.execution.rate)
    ]
    back = [(change.pointer, correct(change.after, reviewer).form == form) for change in clear]
    assert {pointer for pointer, _ in back} == set(decided)
    assert [pointer for pointer, is_back in back if not is_back] == []


def jumbled(seed: int) -> Form:
    """A form with up to four numbers and sometimes its grade changed at random."""
    dice = Random(seed)  # noqa: S311 - chance that can be repeated
    form = dice.choice([right_form(seed), specimen({}), specimen(PARTLY), dice.choice(truth_forms())])
    places = list(pointers(form))
    for _ in range(dice.randrange(1, 5)):
        steps = dice.choice(places).split("/")[1:]
        old = read(form, steps)
        news = (old + dice.randrange(-9, 9), 2 * abs(old), Decimal(dice.randrange(12_000)).scaleb(-2), Decimal(7))
        new = dice.choice(news)
        form = changed(form, steps, new) if new >= 0 else form
    grade = dice.choice([form.grade, form.grade, form.grade, "良好", "合格", "", None])
    made: Form = changed(form, ["grade"], grade)
    return made


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.sampled_from(BOOKS))
def test_corrected_once_is_corrected(seed: int, book: str) -> None:
    """Corrections are the fields they name and no other, and tell why; correcting again does nothing."""
    form, reviewer = jumbled(seed), bench_of_books.reviewer(book)
    result = correct(form, reviewer)
    assert applied(form, result.corrections) == result.form
    assert correct(result.form, reviewer).corrections == ()
    for each in result.corrections:
        assert each.read != each.corrected
        assert each.because
        assert each.depends
        assert all(reason.zh and reason.en for reason in each.because)
    named = {each.pointer for each in result.corrections}
    assert len(named) == len(result.corrections)
    findings = reviewer.review(result.form)[1].findings
    assert [find.code for find in findings if find.family == "arithmetic" and find.pointer in named] == []


@settings(max_examples=50)
@given(forms(), st.sampled_from(BOOKS))
def test_any_form_is_corrected_without_harm(form: Form, book: str) -> None:
    """Whatever a form holds, what comes out is a form of the contract, and correcting it again changes nothing."""
    reviewer = bench_of_books.reviewer(book)
    result = correct(form, reviewer)
    assert from_wire(to_wire(result.form)) == result.form
    assert correct(result.form, reviewer).corrections == ()
