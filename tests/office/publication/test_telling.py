"""Plain words: golden texts of real forms, and what each sentence rests on."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from jixiao.form import (
    Execution,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    Total,
    decode_forms,
    parse_actual,
    parse_target,
)
from jixiao.office.publication.frozen import Frozen, freeze
from jixiao.writing.telling.amounts import money, per_cent, short
from jixiao.writing.telling.changes import changed
from jixiao.writing.telling.of_form import achieved, claimed, promised, spent
from jixiao.writing.telling.reached import reached
from jixiao.writing.telling.sentences import sentences
from jixiao.writing.telling.told import Section
from office.making import seed_forms

HERE = Path(__file__).parent
EXAMPLES = Path(__file__).parents[3] / "examples"


def told_text(frozen: Frozen) -> str:
    """The sections as one text, 中文 above English."""
    lines = []
    for part in frozen.told:
        lines.append(f"## {part.title.zh} | {part.title.en}")
        lines += [f"{text.zh}\n    {text.en}" for text in part.sentences]
        lines += [f"* {text.zh}\n    {text.en}" for text in part.items]
    return "\n".join(lines) + "\n"


def to_correct() -> tuple[Form, ...]:
    """The three made-up forms of the examples."""
    return decode_forms((EXAMPLES / "to-correct.json").read_bytes())


def words(part: Section) -> str:
    """What a section says in 中文."""
    return "".join(text.zh for text in (*part.sentences, *part.items))


def test_the_seed_is_told_as_it_was_agreed() -> None:
    """The first form of the seed and one with mistakes and a year before read as the golden text."""
    first, (one, two, _) = seed_forms()[0], to_correct()
    golden = HERE / "golden_words.txt"
    made = told_text(freeze(first)) + "\n" + told_text(freeze(one, replace(two, fiscal_year=2022)))
    assert made == golden.read_text(encoding="utf-8")


def test_no_sentence_brings_a_number_of_its_own() -> None:
    """Every figure a citizen reads comes from the form or the review: the templates hold no digit."""
    for pair in sentences().values():
        assert not any(re.search(r"[0-9]", text) for text in pair)
        assert set(re.findall(r"\{\w+\}", pair[0])) == set(re.findall(r"\{\w+\}", pair[1]))


def test_what_is_missing_is_said_to_be_missing() -> None:
    """An empty form is told as one that states nothing; no figure and no praise is made up."""
    told = [text for part in freeze(Form()).told for text in (*part.sentences, *part.items)]
    said = "".join(text.zh for text in told[:-1])
    assert "没有写年初预算" in said
    assert "没有写总分" in said
    assert "没有列绩效指标" in said
    assert "没有写目标完成情况" in said
    assert "缺少" in said


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ("0", "0 元", "0 yuan"),
        ("9999.99", "9,999.99 元", "9,999.99 yuan"),
        ("16000", "1.6 万元", "16,000 yuan"),
        ("1300000", "130 万元", "1.3 million yuan"),
        ("2156789.12", "约 215.68 万元（2,156,789.12 元）", "about 2.157 million yuan (2,156,789.12 yuan)"),
        ("250000000", "2.5 亿元", "250 million yuan"),
        ("12345678901", "约 123.46 亿元（12,345,678,901 元）", "about 12.346 billion yuan (12,345,678,901 yuan)"),
        ("-16000", "-1.6 万元", "-16,000 yuan"),
    ],
)
def test_amounts_are_exact_or_said_to_be_rounded(yuan: str, zh: str, en: str) -> None:
    """A readable unit where it holds the amount; else 约 with the exact amount beside it."""
    text = money(Decimal(yuan))
    assert (text.zh, text.en) == (zh, en)


def test_shares_are_rounded_half_up_from_the_exact_ratio() -> None:
    """1/8 is 12.5 % exactly; 1/3 is said to be about; 0.25 per mille more is rounded up."""
    assert per_cent(Decimal(1), Decimal(8)).zh == "12.5%"
    assert per_cent(Decimal(1), Decimal(3)).zh == "约 33.3%"
    assert per_cent(Decimal("0.1225"), Decimal(1)).zh == "约 12.3%"
    assert short(Decimal("0.00")) == "0"


def line(target: str, actual: str, name: str = "培训人数", deviation: str = "") -> Indicator:
    """An indicator of printed cells."""
    return Indicator(
        name=name, target=parse_target(target), actual=parse_actual(actual), level1="产出指标", deviation=deviation
    )


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("≥7次", "7次", True), ("≥7次", "6.99次", False), (">7次", "7次", False), ("=100%", "100%", True),
        ("≤5天", "6天", False), ("<5天", "4天", True), ("≥1万人次", "9999人次", False), ("≥1万人次", "1万人次", True),
        ("≥7次", "7场", None), ("优良", "优良", None), ("≥7次", "已完成", None),
    ],
)  # fmt: skip
def test_a_target_is_reached_by_its_number_or_not_compared(target: str, actual: str, *, answer: bool | None) -> None:
    """Numbers in one base unit compare exactly; words, dates and units that differ are not compared."""
    assert reached(line(target, actual)) is answer


def test_a_miss_is_told_with_its_reason_or_that_there_is_none() -> None:
    """Each target missed stands by name with target, actual, and the reason as printed or that none is given."""
    form = Form(indicators=(line("≥7次", "5次"), line("≥9人", "5人", "参加人数", "场地受限"), line("≥1次", "")))
    said = words(achieved(form))
    assert "“培训人数”，目标 ≥7次，实际 5次。单位没有写原因。" in said
    assert "单位写的原因是：“场地受限”" in said
    assert "有 1 项没有填" in said.replace("其中 ", "有 ")


def test_money_without_a_unit_is_told_as_printed() -> None:
    """A form without a currency unit is not read as 元 or 万元."""
    form = Form(funds=Funds(total=FundRow(initial=Decimal("130.00"), adjusted=Decimal("1.60"))))
    said = words(spent(form))
    assert "没有写金额单位" in said
    assert "130（单位未写）" in said
    assert "万元。" not in said.replace("是元还是万元。", "")


@pytest.mark.parametrize(
    ("initial", "adjusted", "executed", "said"),
    [
        ("0", "5", "5", "年初没有安排，年中追加了 5 万元。"),
        ("4", "5", "5", "全年预算比年初多了 1 万元，增幅25%。"),
        ("5", "5", "4", "还有 1 万元没有用完。"),
        ("5", "5", "6", "实际用的比全年预算多 1 万元。"),
        ("5", "5", "5", "全年预算全部用完。"),
    ],
)
def test_money_is_told_by_what_lies_between(initial: str, adjusted: str, executed: str, said: str) -> None:
    """Raised, cut, left and overspent amounts are exact differences."""
    row = FundRow(Decimal(initial), Decimal(adjusted), Decimal(executed))
    form = Form(currency_unit="万元", funds=Funds(total=row), execution=Execution(rate=Decimal(100)))
    assert said in words(spent(form))


def test_the_families_are_told_apart() -> None:
    """A form with a contradiction, a rule not met and doubts has a section for each; no question stands twice."""
    one, two, _ = to_correct()
    parts = {part.part: part for part in freeze(one, two).told}
    assert {"arithmetic", "clause", "doubt"} <= parts.keys()
    items = [text.zh for name in ("arithmetic", "clause", "doubt") for text in parts[name].items]
    assert len(items) == len(set(items)) >= 3
    assert "不是说单位做错了" in words(parts["doubt"])


def test_last_year_is_compared_by_name_and_value() -> None:
    """Money, score, new and dropped lines and moved targets are told; the same is told as the same."""
    then = Form(
        fiscal_year=2023, currency_unit="万元", funds=Funds(total=FundRow(None, Decimal(5), Decimal(4))),
        indicators=(line("≥7次", "7次"), line("≥1次", "1次", "旧指标")), total=Total(score=Decimal(95)),
    )  # fmt: skip
    now = replace(
        then, fiscal_year=2024, currency_unit="元", funds=Funds(total=FundRow(None, Decimal(60000), Decimal(40000))),
        indicators=(line("≥6次", "6次"), line("≥1次", "1次", "新指标")), total=Total(score=Decimal("96.5")),
    )  # fmt: skip
    said = words(changed(now, then))
    assert "全年预算多了 1 万元，从 5 万元 到 6 万元。" in said
    assert "实际用的相同，都是 4 万元。" in said
    assert "多了 1.5 分" in said
    assert "新增指标 1 项：“新指标”" in said
    assert "不再列出的指标 1 项：“旧指标”" in said
    assert "“培训人数”的目标从“≥7次”变为“≥6次”。" in said
    assert "都没有变" in words(changed(then, then))
    assert "无法比较" in words(changed(then, None))


def test_a_quoted_goal_stays_as_printed_in_both_languages() -> None:
    """Nothing is translated or shortened: the form's own words stand in quotation marks."""
    form = Form(goal=Goal(expected="做好 <服务> 工作 {x}", actual="已完成。"))
    assert "做好 <服务> 工作 {x}" in promised(form).sentences[0].en
    assert words(claimed(replace(form, total=Total(score=Decimal("99.50"))))).startswith("单位自评 99.5 分。")
