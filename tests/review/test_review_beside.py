"""What a review knows beside a form: features of last year's form, of the approved targets, of similar projects."""

from fractions import Fraction
from typing import Any

import pytest

from jixiao.form import Form
from jixiao.language import Cell
from jixiao.review import Context, specimen
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES, form_features, indicator_features, unscaled
from jixiao.review.features.beside import FORM_COLUMNS, LINE_COLUMNS
from jixiao.review.specimen import peers_of
from review import bench_of_books


def made(differs: dict[str, Any] | None) -> Form | None:
    """A specimen, or none."""
    return None if differs is None else specimen(differs)


def whole(differs: dict[str, Any], last_year: dict[str, Any] | None = None,
          approved: dict[str, Any] | None = None) -> dict[str, Cell]:  # fmt: skip
    """The features of a form beside others."""
    context = Context(last_year=made(last_year), approved=made(approved))
    return form_features(specimen(differs), bench_of_books.lexicons(), context)


def line(number: int, differs: dict[str, Any], context: Context) -> dict[str, Cell]:
    """The features of one line beside other documents."""
    return indicator_features(specimen(differs), bench_of_books.lexicons(), context)[number]


def test_nothing_beside_is_nothing_known() -> None:
    """Without other documents every such feature is null or empty, never false: a check cannot decide by it."""
    form, row = whole({}), line(0, {}, Context())
    assert {form[column.name] for column in FORM_COLUMNS} == {None, ""}
    assert {row[column.name] for column in LINE_COLUMNS} == {None, ""}
    assert {*FORM_COLUMNS} <= {*FORM_FEATURES}
    assert {*LINE_COLUMNS} <= {*INDICATOR_FEATURES}


def test_amounts_are_told_in_yuan() -> None:
    """Last year's amounts are 元 whatever unit that form was in; a form that names none has no amounts."""
    before = {"currency": "元", "funds": {"total": "1000000 900000 850000.5"}}
    cells = whole({}, before)
    assert unscaled("f", "rest_last_year", cells["rest_last_year"]) == Fraction("49999.5")
    assert unscaled("f", "initial_last_year", cells["initial_last_year"]) == 1000000
    assert whole({}, before | {"currency": None})["rest_last_year"] is None


def test_only_actuals_of_their_own_are_compared() -> None:
    """An actual that equals its target says nothing about copying; the others are compared by name."""
    cells = whole({}, {"lines": {"0": "~ | ~ | ~ | 12公里", "1": "~ | ~ | ~ | 158座", "6": "~ | ~ | ~ | 95%"}})
    assert (cells["actuals_compared"], cells["actuals_as_last_year"]) == (3, 2)


@pytest.mark.parametrize(
    ("approved", "same"),
    [
        ("~", True),
        ("~ | ~ | ≥12000米", False),
        ("~ | ~ | ≥15公里", False),
        ("~ | ~ | =12公里", False),
        ("~ | ~ | ≥12.0公里", True),
        ("~ | ~ | ≥12", True),
    ],
)
def test_a_target_beside_the_approved_one(approved: str, *, same: bool) -> None:
    """A target is changed where sign, value or unit differ, not where the same number is printed otherwise."""
    row = line(0, {}, Context(approved=specimen({"lines": {"0": approved}})))
    assert row["in_approved"] is True
    assert row["target_as_approved"] is same


def test_a_name_that_stands_twice_matches_nothing() -> None:
    """Where the approved targets have a name twice, nobody can tell which is meant: not decided, not accused."""
    approved = specimen({"lines": {"1": "~ | 改造排水管网长度 | ≥9公里"}})
    assert line(0, {}, Context(approved=approved))["in_approved"] is None
    assert line(1, {}, Context(approved=approved))["in_approved"] is False


def test_similar_projects_are_found_by_name_and_base_unit() -> None:
    """A unit cost is taken from the same name in the same base unit, otherwise there is none."""
    context = Context(peers=peers_of(["改造排水管网长度 | 公里 | 12 200000 250000 300000.55"]))
    row = line(0, {}, context)
    assert (row["has_peers"], row["peer_count"], row["peer_cost_high"]) == (True, 12, 30000055)
    assert line(1, {}, context)["has_peers"] is False
    assert line(0, {"lines": {"0": "~ | ~ | ≥12000米 | 12600米"}}, context)["has_peers"] is False
