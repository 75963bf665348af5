"""Forms of other kinds: without a column of points, without scores at all, with execution among the indicators."""

from datetime import date
from decimal import Decimal
from functools import cache

import msgspec
import pytest

from jixiao.form import Execution, Form, FundRow, Funds, Indicator, parse_actual, parse_target
from jixiao.rulebook import Shelf
from jixiao.scoring import Scorer, ScoreSheet
from rulebook.golden_forms import shelf


@cache
def books() -> Shelf:
    """The shelf of all books."""
    return shelf()


@cache
def scorer(book: str) -> Scorer:
    """A place's book for 2024."""
    return Scorer(books().on(book, date(2024, 12, 31)))


def row(level1: str, target: str, actual: str, score: str | None = None, weight: str | None = None) -> Indicator:
    """A line with what is printed of it."""
    digits = [None if text is None else Decimal(text) for text in (weight, score)]
    return Indicator(
        level1=level1, target=parse_target(target, 2024), actual=parse_actual(actual), weight=digits[0], score=digits[1]
    )


def sheet(book: str, *rows: Indicator, executed: str = "94.3", score: str | None = None) -> ScoreSheet:
    """The sheet of a form whose adjusted budget is 100."""
    claimed = None if score is None else Decimal(score)
    funds = Funds(total=FundRow(adjusted=Decimal(100), executed=Decimal(executed)))
    return scorer(book).score(Form(fiscal_year=2024, funds=funds, execution=Execution(score=claimed), indicators=rows))


HUBEI = (
    row("产出指标", "≥200人次", "210人次", "40"),
    row("效益指标", "≥60人", "54人", "22.5"),
    row("满意度指标", "≥95%", "98.5%", "15"),
)


def test_points_that_stand_nowhere_are_implied_by_the_scores() -> None:
    """22.5 for 54 of 60 implies 25 points, and 25 with 15 make the 40 of the heading: the score stands."""
    found = sheet("cn-hubei", *HUBEI, score="18.86")
    line = found.lines[2]
    assert (line.computed, line.agrees) == (Decimal("22.50"), True)
    told = [step.en for step in line.steps]
    assert any(step.startswith("least points implied") and step.endswith("= 24.98") for step in told)
    assert any(step.startswith("most points implied") and step.endswith("= 25.01") for step in told)
    assert "fit those of the sections" in line.formula.en
    assert found.score == Decimal("96.36")


def test_scores_that_no_split_of_the_points_explains_are_not_recomputed() -> None:
    """Where a section's implied points miss those of its heading, its lines and the total are open, with the reason."""
    wrong = msgspec.structs.replace(HUBEI[1], score=Decimal(24))
    found = sheet("cn-hubei", HUBEI[0], wrong, HUBEI[2], score="18.86")
    assert [line.computed for line in found.lines] == [Decimal("18.86"), Decimal("40.00"), None, None]
    assert found.score is None
    reason = found.lines[2].reason
    assert reason is not None
    assert "do not fit" in reason.en
    assert reason.zh != reason.en


def test_without_points_the_low_end_of_a_word_is_not_known() -> None:
    """The total stands, but no low total is made up for a qualitative line whose points are printed nowhere."""
    found = sheet("cn-hubei", HUBEI[0], row("效益指标", "有效提升", "达成预期指标", "36"), score="18.86")
    assert (found.score, found.low) == (Decimal("94.86"), None)


def test_a_huge_number_leaves_the_implied_points_open() -> None:
    """Amounts beyond ten million are not divided: the section cannot be decided, and nothing is claimed to differ."""
    found = sheet("cn-hubei", row("产出指标", "≥20000001元", "20000000元", "40"), *HUBEI[1:], score="18.86")
    assert [line.agrees for line in found.lines] == [True, None, True, True]


def test_a_form_that_is_not_scored_says_so() -> None:
    """A transfer payment has a rate, targets met or not, no score, and lacks nothing."""
    found = sheet(
        "cn-transfer", row("产出指标", "≥7次", "8次"), row("产出指标", "≥7次", "6次"), row("产出指标", "≥7次", "")
    )
    assert found.unscored is not None
    assert found.unscored.en.startswith("this form is not scored")
    assert (found.score, found.grade, found.needs) == (None, None, ())
    assert [line.needs for line in found.lines] == [()] * 4
    assert [line.formula.en.rpartition("; ")[2] for line in found.lines] == [
        "the rate alone is computed", "the target is met", "the target is not met",
        "target and actual cannot be compared",
    ]  # fmt: skip
    assert [line.reason for line in found.lines] == [line.formula for line in found.lines]
    rate = found.lines[0].steps[0]
    assert rate.en.endswith("94.3%") or rate.en.endswith("94.3")


def test_a_transfer_payment_with_scores_is_scored() -> None:
    """Where points and scores are printed all the same, they are recomputed."""
    found = sheet("cn-transfer", row("产出指标", "≥10次", "9次", "81", "90"), executed="100", score="10")
    assert found.unscored is None
    assert found.score == Decimal("91.00")


def test_execution_among_the_indicators_has_no_points_of_its_own() -> None:
    """In Yinchuan the rate is a line of management: the funds add nothing, the sections make a profile."""
    rows = (
        row("决策", "=1项", "1项", "10", "10"), row("管理", "=100%", "90%", "9", "10"),
        row("管理", "=1项", "1项", "15", "15"), row("产出指标", "≥5次", "5次", "30", "30"),
        row("效益指标", "≥5人", "5人", "35", "35"),
    )  # fmt: skip
    made = scorer("cn-yinchuan")
    form = Form(funds=Funds(total=FundRow(adjusted=Decimal(100), executed=Decimal(50))), indicators=rows)
    found, result = made.run(form)
    assert found.score == Decimal("99.00")
    assert result.form["weights_profile"] == "standard"
    assert result.form["sections_known"] is True
    elsewhere = Scorer(books().on("cn", date(2024, 12, 31))).run(form)[1]
    assert elsewhere.form["weights_profile"] == ""
    assert elsewhere.form["sections_known"] is False


@pytest.mark.parametrize(
    ("points", "profile"),
    [((10, 50, 20, 10), "free"), ((0, 90, 0, 0), "free"), ((0, 50, 30, 0), "")],
)
def test_ninety_points_may_be_split_freely(points: tuple[int, ...], profile: str) -> None:
    """In Sichuan any split of the 90 is the book's profile; 80 are not."""
    levels = ("成本指标", "产出指标", "效益指标", "满意度指标")
    rows = [row(level, "≥5次", "5次", str(n), str(n)) for level, n in zip(levels, points, strict=True) if n]
    form = Form(execution=Execution(weight=Decimal(10), score=Decimal(10)), indicators=tuple(rows))
    assert scorer("cn-sichuan").run(form)[1].form["weights_profile"] == profile


def test_the_derivation_of_a_capped_total_names_its_cap() -> None:
    """The cap is a step of its own with the manual's clause."""
    found = sheet("cn-platform", row("产出指标", "≥5次", "5次", "90", "90"), executed="75", score="7.5")
    cap = next(step for step in found.steps if step.en.startswith("cap of the total"))
    assert cap.clause is not None
    assert (cap.clause.evidence, cap.en.split(" = ")[1][:2]) == ("text-seen", "89")


@pytest.mark.parametrize(
    ("title", "department", "book"),
    [
        ("2023年度中央对地方转移支付区域绩效自评表", "上海市科委", "cn-transfer"),
        ("转移支付区域（项目）绩效目标自评表", "四川省教育厅", "cn-transfer"),
        ("项目支出绩效自评表", "上海市转移支付绩效自评中心", "cn-shanghai"),
        ("某转移支付资金项目支出绩效自评表", "湖北省某局", "cn-hubei"),
    ],
)
def test_a_kind_of_form_is_recognised_by_its_title_above_any_place(title: str, department: str, book: str) -> None:
    """The words count in the title alone, and as the name of the form, not of a project."""
    choice = books().choose(title=title, department=department, unit="", fiscal_year=2023)
    assert choice.book.id == book
    assert ("in the title belongs to" in choice.en) == (book == "cn-transfer")
