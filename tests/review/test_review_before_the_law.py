"""A form of a year before the rules: what they would say is a question then, never a clause that is not met."""

from msgspec.structs import replace

from jixiao.form import Form
from jixiao.review import Reviewer, specimen
from jixiao.rulebook import Book
from review import bench_of_books

FAULT = {"lines": {"0": "~ | ~ | ~ | 6公里 | ~ | 13 | 冬季停工"}}
"""A line whose score is not what the rule gives (JX301)."""


def families(form: Form) -> dict[str, str]:
    """Code → family of what is asked of a form under the book of its place and year."""
    book = _book(form)
    reviewer = Reviewer(book, bench_of_books.checks(), bench_of_books.lexicons())
    return {finding.code: finding.family for finding in reviewer.review(form)[1].findings}


def _book(form: Form) -> Book:
    place = {"title": form.title, "department": form.department, "unit": form.unit}
    return bench_of_books.shelf().choose(**place, fiscal_year=form.fiscal_year).book


def test_a_rule_in_force_binds() -> None:
    """In 2023 a score off the rule is of the family clause."""
    form = specimen(FAULT | {"year": 2023})
    assert _book(form).in_force
    assert families(form)["JX301"] == "clause"


def test_a_rule_not_yet_in_force_only_asks() -> None:
    """In 2018 the same is a doubt, and nothing is of the family clause."""
    form = specimen(FAULT | {"year": 2018})
    assert not _book(form).in_force
    found = families(form)
    assert found["JX301"] == "doubt"
    assert "clause" not in found.values()


def test_what_a_place_inherits_counts() -> None:
    """北京 had rules in 2016; what they inherit from 2020 did not bind then."""
    form = replace(specimen(FAULT | {"year": 2016}), department="北京市水务局", unit="北京市水务局")
    assert _book(form).id == "cn-beijing"
    assert "clause" not in families(form).values()


def test_arithmetic_needs_no_law() -> None:
    """A form that contradicts itself does so in any year."""
    form = specimen({"year": 2018, "sum": "100 90"})
    assert families(form)["JX107"] == "arithmetic"
