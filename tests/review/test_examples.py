"""Every example of every check page, run as it stands."""

import pytest

from jixiao.review import Check, Example, specimen
from review import bench_of_books

CASES = [
    pytest.param(check, example, id=f"{check.code}-{example.key}")
    for check in bench_of_books.checks().values()
    for example in check.examples
]


@pytest.mark.parametrize(("check", "example"), CASES)
def test_example(check: Check, example: Example) -> None:
    """The check fires at exactly the cells its example names, never where it is silent; its messages have no holes."""
    form, context = example.forms(check.file)
    _, review = bench_of_books.of_example(example).review(form, context)
    found = [finding for finding in review.findings if finding.code == check.code]
    assert tuple(finding.pointer for finding in found) == example.at
    for finding in found:
        said = finding.read.zh + finding.read.en + finding.expected.zh + finding.expected.en + finding.ask.zh
        assert "{" not in said + finding.ask.en
        assert "None" not in said + finding.ask.en
    assert check.code not in {item.code for item in review.undecided}


def test_the_sound_form_is_not_questioned() -> None:
    """The form that examples start from raises no question, under any book there is, not even of checks on trial."""
    for book in bench_of_books.shelf().ids():
        _, review = bench_of_books.reviewer(book, trial=True).review(specimen({}))
        assert review.findings == ()
        assert {item.code for item in review.undecided} <= bench_of_books.needing_more()
