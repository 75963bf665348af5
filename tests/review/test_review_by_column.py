"""Scores and answers by column are those that the reviewer gives one form after another."""

from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.form import Form
from jixiao.language.columns import Results
from jixiao.review import ANSWERS, Answer, ColumnReviewer, Context
from oracle.adversary import form_number
from oracle.any_form import forms as any_forms
from oracle.truth import truth_forms
from review.bench_of_books import reviewer

COUNT = 150


@pytest.fixture(scope="module")
def forms() -> Sequence[Form]:
    """The seed's forms and adversarial ones."""
    return [*truth_forms(), *map(form_number, range(COUNT))]


@pytest.fixture(scope="module")
def results(forms: Sequence[Form]) -> Results:
    """All of them by column."""
    by_column = _by_column()
    return by_column.run(by_column.frames(forms))


def answers_of(results: Results, forms: Sequence[Form]) -> list[Mapping[str, tuple[Answer, ...]]]:
    """The answers of each form as `Reviewer.answers` gives them."""
    below = results.ordered()
    found: list[Mapping[str, tuple[Answer, ...]]] = []
    start = 0
    for at, form in enumerate(forms):
        rows = below.slice(start, len(form.indicators))
        start += len(form.indicators)
        answers = {code: tuple(ANSWERS[told] for told in rows[code]) for code in rows.columns if code.startswith("JX")}
        columns = (code for code in results.forms.columns if code.startswith("JX"))
        found.append(answers | {code: (ANSWERS[results.forms[code][at]],) for code in columns})
    return found


def test_every_check_answers_as_the_reviewer_does(results: Results, forms: Sequence[Form]) -> None:
    """Pass, finding, not applicable or cannot decide: the same for every check, form and line."""
    assert answers_of(results, forms) == [reviewer().answers(form) for form in forms]


def test_every_answer_occurs(results: Results, forms: Sequence[Form]) -> None:
    """The comparison is not of one answer."""
    told = {answer for answers in answers_of(results, forms) for each in answers.values() for answer in each}
    assert told == set(ANSWERS)


@settings(max_examples=8)
@given(st.lists(any_forms(), min_size=4, max_size=8))
def test_any_forms_are_answered_alike(forms: list[Form]) -> None:
    """Any texts, any numbers, any parts missing: the same answers by column as one after another."""
    by_column = _by_column()
    assert answers_of(by_column.run(by_column.frames(forms)), forms) == [reviewer().answers(form) for form in forms]


@cache
def _by_column() -> ColumnReviewer:
    return ColumnReviewer(reviewer())


def test_scores_are_those_of_the_sheets(results: Results, forms: Sequence[Form]) -> None:
    """Totals and grades of all forms, and the score of each line, are the score sheet's."""
    scorer, features = reviewer().scorer, reviewer().features
    sheets = [scorer.run(form, features(form))[0] for form in forms]
    assert results.texts("grade_computed").to_list() == [sheet.grade for sheet in sheets]
    totals = [None if sheet.score is None else sheet.score * 100 for sheet in sheets]
    assert results.forms["total"].to_list() == totals
    lines = [line.computed for sheet in sheets for line in sheet.lines if line.pointer.startswith("/indicators")]
    assert results.ordered()["score"].to_list() == [None if score is None else score * 100 for score in lines]


def test_what_is_known_beside_each_form_is_taken(forms: Sequence[Form]) -> None:
    """Contexts go with their forms, and only the checks asked for are answered."""
    by_column = ColumnReviewer(reviewer(), values=(), checks=["JX310"])
    contexts = [Context(last_year=form) if at % 2 else Context() for at, form in enumerate(forms)]
    results = by_column.run(by_column.frames(forms, contexts))
    expected = [
        reviewer().answers(form, context)["JX310"] for form, context in zip(forms, contexts, strict=True)
    ]  # fmt: skip
    assert [(ANSWERS[told],) for told in results.forms["JX310"]] == expected
    assert results.forms.columns == ["form.id", "form.outside", "JX310"]
