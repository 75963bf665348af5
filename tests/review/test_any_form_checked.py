"""Laws of a review over forms of every shape."""

from hypothesis import given

from jixiao.form import Form
from jixiao.review.locate import LOCATORS
from jixiao.review.lookup import row_of
from oracle.any_form import forms
from review import bench_of_books


@given(forms())
def test_any_form_is_reviewed(form: Form) -> None:
    """Whatever a form holds or lacks, it is reviewed; no check both finds and cannot decide on a form as a whole."""
    reviewer = bench_of_books.reviewer()
    sheet, review = reviewer.review(form)
    answers = reviewer.answers(form)
    assert len(sheet.lines) == 1 + len(form.indicators)
    found = {finding.code for finding in review.findings}
    for code, each in answers.items():
        assert len(each) in {1, len(form.indicators)}
        assert ("cannot decide" in each) is (code in {item.code for item in review.undecided})
        assert code not in found or "finding" in each


@given(forms())
def test_one_question_a_row_and_check(form: Form) -> None:
    """A check finds a cell once, and never beside a check that it yields to in the same row."""
    reviewer = bench_of_books.reviewer()
    _, review = reviewer.review(form)
    at = [(finding.code, finding.pointer) for finding in review.findings]
    assert len(at) == len(set(at))
    rows = {(code, row_of(pointer)) for code, pointer in at}
    for code, pointer in at:
        assert not {(other, row_of(pointer)) for other in reviewer.checks[code].yields} & rows


@given(forms())
def test_locators_name_cells(form: Form) -> None:
    """A locator names cells by pointers, each once, whether or not anything is wrong."""
    sheet = bench_of_books.reviewer().scorer.sheet(form, bench_of_books.evaluated(form))
    for locate in LOCATORS.values():
        pointers = locate(form, sheet)
        assert len(set(pointers)) == len(pointers)
        assert all(pointer.startswith("/") for pointer in pointers)
