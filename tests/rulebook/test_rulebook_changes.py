"""A book with other values of its parameters: what is refused, what computes, and that no law is claimed for it."""

from datetime import date
from decimal import Decimal

import pytest

from jixiao.rulebook import Book, RulebookError
from jixiao.scoring import Scorer, ScoreSheet
from oracle.truth import truth_forms
from rulebook.golden_forms import shelf
from rulebook.small_books import over_ministry, value_text
from scoring.scored_lines import form, indicator

SHELF = shelf()
CN = SHELF.on("cn", date(2024, 12, 31))
CAPS = "".join(
    f'\n[[caps]]\nrate_from = {low}\nrate_to = {high}\nat_most = {most}\nclause = "rule"\n'
    for low, high, most in ((0, 50, 59), (50, 60, 69), (60, 70, 79), (70, 80, 89))
)
REFUSED = {
    "no such parameter": ({"base": "initial"}, "values.base", "there are: adjustment_"),
    "a text for a number": ({"places": "2"}, "values.places", "a number is expected"),
    "a truth for a number": ({"places": True}, "values.places", "a number is expected"),
    "a number for a truth": ({"rate_first": 1}, "values.rate_first", "true or false is expected"),
    "a number for a text": ({"execution_base": 1}, "values.execution_base", "a text is expected"),
    "a text outside its domain": ({"execution_base": "approved"}, "values.execution_base", "one of adjusted, initial"),
    "a number below its domain": ({"over_completion": 99}, "values.over_completion", "a number from 100 to 1000"),
    "a number above its domain": ({"places": Decimal(5)}, "values.places", "a number from 0 to 2"),
    "no number": ({"places": Decimal("NaN")}, "values.places", "a number from 0 to 2"),
}


@pytest.mark.parametrize(("changes", "key", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_change_that_cannot_be_is_refused(changes: dict[str, str | int | Decimal], key: str, sentence: str) -> None:
    """The error names book and parameter and says in both languages what was expected."""
    with pytest.raises(RulebookError) as caught:
        CN.with_values(changes)
    error = caught.value
    assert (error.file, error.key) == ("cn", key)
    assert sentence in error.en
    assert error.zh != error.en


def test_a_changed_book_is_another_one() -> None:
    """Its fingerprint differs, the old book stays, and the same change gives the same book."""
    changed = CN.with_values({"execution_base": "initial", "over_completion": 120})
    assert changed.fingerprint != CN.fingerprint
    assert changed.values["over_completion"].value == Decimal(120)
    assert CN.values["over_completion"].value == Decimal(130)
    assert (
        changed.fingerprint
        == CN.with_values({"over_completion": Decimal(120), "execution_base": "initial"}).fingerprint
    )
    assert CN.with_values({"execution_base": "adjusted"}).fingerprint == CN.fingerprint


def test_a_changed_value_is_no_law() -> None:
    """Its provenance says that the user changed it, from what to what."""
    clause = CN.with_values({"heavy_line": 40}).values["heavy_line"].clause
    assert clause.evidence == "changed"
    assert clause.article == "heavy_line = 40（原为 was 30）"
    assert "no rule" in clause.document
    assert "set by the user" in clause.source


def test_steps_told_with_a_changed_value_cite_the_change() -> None:
    """The rate of another base rests on the change; the grade, told without it, still on the law."""
    sheet = score(CN.with_values({"execution_base": "initial"}))
    rate = next(step for step in sheet.lines[0].steps if step.en.startswith("execution rate"))
    assert rate.clause is not None
    assert (rate.clause.evidence, rate.clause.article) == ("changed", "execution_base")
    grade = sheet.steps[-1].clause
    assert grade is not None
    assert grade.evidence == "recalled"


def test_a_formula_chosen_by_a_change_cites_the_change() -> None:
    """A line above its bound that is scored by the one formula a person chose does not cite the silent rule."""
    changed = Scorer(CN.with_values({"reading_above": "linear"}))
    line = changed.score(form(indicator("≤10(天)", "12(天)"))).lines[1]
    assert line.computed == Decimal("8.00")
    share = next(step for step in line.steps if step.en.startswith("share of the points"))
    assert share.clause is not None
    assert share.clause.evidence == "changed"


def score(book: Book) -> ScoreSheet:
    """The sheet of the first seed form: 130.00 万元 cut to 1.60, of which 1.60 was spent."""
    return Scorer(book).score(truth_forms()[0])


def test_the_derivation_tells_which_budget_is_the_base() -> None:
    """Rate, share and formula name the initial or the adjusted budget."""
    adjusted, initial = score(CN), score(CN.with_values({"execution_base": "initial"}))
    assert "全年执行数 ÷ 全年预算数" in adjusted.lines[0].steps[0].zh
    assert "全年执行数 ÷ 年初预算数" in initial.lines[0].steps[0].zh
    assert "over" not in initial.lines[0].formula.en
    assert initial.lines[0].formula.en == "points × executed ÷ initial budget, at most the points"
    assert initial.lines[0].computed == Decimal("0.12")
    assert adjusted.lines[0].computed == Decimal("10.00")


def test_caps_follow_the_base() -> None:
    """The seed's seven 优 under caps on the initial budget: five at most 59, one at most 69, one at most 79."""
    book = over_ministry(CAPS).with_values({"execution_base": "initial"})
    scorer = Scorer(book)
    totals = sorted(str(scorer.score(one).score) for one in truth_forms())
    assert totals == ["59.00"] * 5 + ["69.00", "79.00"]


def test_without_the_initial_budget_there_is_no_score_by_it() -> None:
    """A form that prints no initial amount says that it needs one; a book with caps computes no total either."""
    bare = form(indicator("≥1", "1", "90.00", "90.00"))
    total = bare.funds.total
    bare = type(bare)(
        fiscal_year=2024, funds=type(bare.funds)(total=type(total)(None, total.adjusted, total.executed)),
        execution=bare.execution, indicators=bare.indicators,
    )  # fmt: skip
    sheet = Scorer(CN.with_values({"execution_base": "initial"})).score(bare)
    assert sheet.lines[0].computed is None
    assert sheet.lines[0].needs == ("/funds/total/initial",)
    assert sheet.score is None


def test_every_number_and_choice_declares_what_it_may_be() -> None:
    """Every parameter of the ministry that is a number has both ends, and the book compiles at each of them."""
    for value in CN.values.values():
        if isinstance(value.value, Decimal):
            assert value.low is not None, value.name
            assert value.high is not None, value.name
            for end in (value.low, value.high):
                Scorer(CN.with_values({value.name: end, "rate_first": True}))
        for choice in value.one_of:
            Scorer(CN.with_values({value.name: choice}))


def test_a_domain_holds_for_the_books_above() -> None:
    """A place that sets a value outside the domain of the ministry's is refused; its own domain goes before."""
    with pytest.raises(RulebookError, match="one of adjusted, initial"):
        over_ministry(value_text("execution_base", '"approved"'))
    book = over_ministry(value_text("over_completion", "90", "low = 50\nhigh = 200\n"))
    assert book.with_values({"over_completion": 60}).values["over_completion"].value == Decimal(60)
