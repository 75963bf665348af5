"""The seven forms of the seed: claimed 100, recomputed 100, 优, and how much of it bands leave open."""

from decimal import Decimal

from jixiao.scoring import Scorer
from oracle.truth import truth_forms
from rulebook.golden_forms import shelf

SCORERS = {
    book_id: Scorer(shelf().choose(title="", department="", unit="", fiscal_year=2024, override=book_id).book)
    for book_id in ("cn", "cn-shanghai")
}


def test_every_seed_form_computes_to_100_and_you() -> None:
    """Under the ministry's and under Shanghai's book the claims of all seven forms stand."""
    for scorer in SCORERS.values():
        sheets = [scorer.score(form) for form in truth_forms()]
        assert [(sheet.score, sheet.grade) for sheet in sheets] == [(Decimal("100.00"), "优")] * 7
        assert all(line.agrees for sheet in sheets for line in sheet.lines)


def test_the_low_totals_of_the_seed() -> None:
    """Bands leave 8, 6 and 4 points open in forms 1, 4 and 7, none in the others."""
    lows = [str(SCORERS["cn-shanghai"].score(form).low) for form in truth_forms()]
    assert lows == ["92.00", "100.00", "100.00", "94.00", "100.00", "100.00", "96.00"]


def test_the_seed_is_recognised_as_shanghai() -> None:
    """Its department and unit name the city."""
    for form in truth_forms():
        choice = shelf().choose(
            title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year
        )
        assert choice.book.id == "cn-shanghai"


def test_every_line_of_the_seed_is_derived_with_its_clause() -> None:
    """Each line has a derivation in both languages, each step a clause, and the last step ends in the score."""
    for form in truth_forms():
        for line in SCORERS["cn-shanghai"].score(form).lines:
            assert line.steps
            assert all(step.zh and step.en and step.clause for step in line.steps)
            assert line.steps[-1].zh.endswith(f"= {line.computed}")
