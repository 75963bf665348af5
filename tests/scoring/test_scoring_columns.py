"""A form as rows: money in 元, units converted, what is printed and what is not, the same pass for conditions."""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.form import Form, FundRow, Funds, LabelledFundRow, Place
from jixiao.language import Column, RuleError
from jixiao.rulebook import SCHEMA
from jixiao.scoring import Extension, Features, LabelReader, Scorer, form_row, indicator_rows, pointer_of
from rulebook.golden_forms import shelf
from scoring.scored_lines import book, form, indicator

LABELS = LabelReader(shelf().choose(title="", department="", unit="", fiscal_year=2024).book)


@pytest.mark.parametrize(
    ("unit", "amount", "cents"),
    [
        ("元", "1.60", 160),
        ("万元", "1.60", 1_600_000),
        ("万元", "0.000001", 1),
        ("千元", "1", 100_000),
        (None, "1.60", 160),
        ("万元", "0.0000001", Fraction(1, 10)),
    ],
)
def test_money_is_in_yuan_and_exact(unit: str | None, amount: str, cents: int | Fraction) -> None:
    """Amounts become 分 of 元 by the form's unit, without rounding."""
    row = form_row(Form(currency_unit=unit, funds=Funds(total=FundRow(adjusted=Decimal(amount)))))
    assert row["adjusted"] == cents
    assert row["initial"] is None


def test_further_fund_rows_are_summed_unless_one_is_unread() -> None:
    """more_… is the sum of the rows beyond four: 0 of none, null where a part is empty."""
    row = LabelledFundRow("财政专户", initial=Decimal(1), adjusted=Decimal(2))
    found = form_row(Form(currency_unit="元", funds=Funds(more=(row, row))))
    assert (found["more_initial"], found["more_adjusted"], found["more_executed"]) == (200, 400, None)
    assert form_row(Form())["more_initial"] == 0


def test_a_fund_row_is_printed_if_it_has_a_number_or_a_place() -> None:
    """An empty row that was found on the page counts as printed."""
    place: dict[str, tuple[Place, ...]] = {"/funds/carryover/initial": (Place("a.pdf", page=1),)}
    row = form_row(Form(funds=Funds(other=FundRow(initial=Decimal(0))), places=place))
    assert (row["has_current_year"], row["has_carryover"], row["has_other"]) == (False, True, True)


def test_an_actual_is_brought_to_the_unit_of_its_target() -> None:
    """0.1 万元 beside a target in 元 is 1000; units that do not convert differ."""
    rows = indicator_rows(
        form(indicator("≥900(元)", "0.1(万元)"), indicator("≥90(%)", "3(件)"), indicator("≥90(%)", "95")), LABELS
    )
    assert [row["actual"] for row in rows] == [10_000_000, 30_000, 950_000]
    assert [row["units_differ"] for row in rows] == [False, True, False]


def test_decimals_printed_are_counted() -> None:
    """The number of decimals of a score is a column of its own."""
    rows = indicator_rows(form(indicator("≥1", "1", score="9"), indicator("≥1", "1", score=None)), LABELS)
    assert [row["score_places"] for row in rows] == [0, None]


def test_rows_hold_every_column_of_the_schema() -> None:
    """What the schema declares a form and an indicator have."""
    one = form(indicator("≥1", "1"))
    assert form_row(one).keys() == SCHEMA.columns["f"].keys()
    assert indicator_rows(one, LABELS)[0].keys() == SCHEMA.columns["i"].keys()


def test_every_column_points_to_a_field_of_the_form() -> None:
    """Columns become JSON pointers of what was read."""
    assert pointer_of("i.target_low", 2) == "/indicators/2/target"
    assert pointer_of("i.weight", 0) == "/indicators/0/weight"
    assert pointer_of("f.adjusted", None) == "/funds/total/adjusted"
    assert pointer_of("f.carryover_executed", None) == "/funds/carryover/executed"
    assert pointer_of("f.execution_rate_places", None) == "/execution/rate"
    assert pointer_of("f.total_score", None) == "/total/score"
    assert pointer_of("f.grade", None) == "/grade"


LINE_FIELDS = {
    "target": "operator target target_low target_high target_text target_unit",
    "actual": "actual actual_text actual_unit units_differ band on_time supported",
    "score": "score score_places", "weight": "weight", "level1": "level1", "level2": "level2", "name": "name",
    "deviation": "deviation",
}  # fmt: skip


def test_every_column_of_a_line_points_to_its_cell() -> None:
    """What was made of a cell points to that cell, whichever row it is in."""
    expected = {column: field for field, columns in LINE_FIELDS.items() for column in columns.split()}
    assert expected.keys() == SCHEMA.columns["i"].keys()
    for column, field in expected.items():
        assert pointer_of(f"i.{column}", 2) == f"/indicators/2/{field}"
        assert pointer_of(f"i.{column}", None) == f"/indicators/0/{field}"


def test_every_column_of_a_form_points_to_something_a_form_has() -> None:
    """Each step of the pointer is a field, its last is that of the column's own name, and no amount shares a cell."""
    empty = form(indicator("≥1", "1"))
    amounts = []
    for column in SCHEMA.columns["f"]:
        at: object = empty
        steps = pointer_of(f"f.{column}", None).removeprefix("/").split("/")
        for step in steps[:2] if steps[0] == "declared_weights" else steps:
            at = (
                step in ("成本指标", "产出指标", "效益指标", "满意度指标")
                if isinstance(at, dict)
                else getattr(at, step)
            )
        assert at is not False
        if column.endswith(("initial", "adjusted", "executed")) and not column.startswith("more_"):
            amounts.append(steps)
            assert column.endswith(steps[-1])
            assert column.startswith(steps[1]) or steps[1] == "total"
    assert len({tuple(steps) for steps in amounts}) == len(amounts) == 12


def test_conditions_are_answered_in_the_pass_that_scores() -> None:
    """A review's columns, named values and conditions join the book's, and see its named values."""
    extension = Extension(
        form_columns=(Column("twins", high=Decimal(9)),),
        indicator_columns=(Column("doubled", "boolean"),),
        lets={"lost": "i.weight - score"},
        conditions={"JX1": "lost > 0 and i.doubled", "JX2": "total < 100 and f.twins == 2", "JX3": "rate > 100"},
    )
    scorer = Scorer(book(), extension)
    features = Features({"twins": 2}, ({"doubled": True}, {"doubled": False}))
    scored = form(indicator("≥10(次)", "9(次)", "45", "40.5"), indicator("≥10(次)", "9(次)", "45", "40.5"))
    sheet, result = scorer.run(scored, features)
    assert result.conditions == {"JX1": [True, False], "JX2": True, "JX3": False}
    assert sheet.score == Decimal("91.00")
    assert sheet == Scorer(book()).score(scored)


def test_features_must_cover_every_indicator() -> None:
    """Cells for fewer indicators than the form has are refused."""
    scorer = Scorer(book(), Extension(indicator_columns=(Column("doubled", "boolean"),)))
    with pytest.raises(ValueError, match="zip"):
        scorer.run(form(indicator("≥1", "1"), indicator("≥1", "1")), Features({}, ({"doubled": True},)))


def test_a_condition_that_is_wrong_is_refused_when_the_scorer_is_made() -> None:
    """The error names the check's code."""
    with pytest.raises(RuleError, match="JX9"):
        Scorer(book(), Extension(conditions={"JX9": "f.nothing > 1"}))
