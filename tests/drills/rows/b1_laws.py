"""B1: laws of values, books, scoring and review on examples drawn at random; each law counted, none broken."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from drills.row import Drill, Outcome, Row


@dataclass(frozen=True, slots=True)
class Law:
    """One law: the test that states it, its name, and how many parts of all examples it gets."""

    test: str
    zh: str
    en: str
    parts: int = 1


def _of(module: str, *laws: tuple[str, str, str, int]) -> list[Law]:
    return [Law(f"{module}.{test}", zh, en, parts) for test, zh, en, parts in laws]


LAWS: list[Law] = [
    *_of(
        "form.test_form_values",
        (
            "test_digits_survive_printing_and_reading",
            "印出再读，数不变",
            "printed and read back, a number is the same",
            36,
        ),
        ("test_thousands_separators_do_not_change_a_number", "千分位不改变数", "separators change no number", 36),
        ("test_plain_never_prints_an_exponent", "从不印指数", "no exponent is ever printed", 36),
        ("test_folding_is_idempotent_and_keeps_length", "字形归一只做一次", "folding twice is folding once", 36),
        (
            "test_money_is_ordered_as_its_exact_value_in_yuan",
            "不同单位金额按元比较",
            "money compares as its value in yuan",
            36,
        ),
        ("test_yuan_is_exact_whatever_the_decimal_context", "折元从不舍入", "yuan are never rounded", 36),
        ("test_equal_money_has_an_equal_hash", "一万元即 10000 元", "equal money is one key", 36),
    ),
    *_of(
        "form.test_form_targets",
        (
            "test_no_text_makes_a_target_fail_or_lose_its_words",
            "任何文字都读成目标值，不丢字",
            "any text is a target, no word lost",
            6,
        ),
        (
            "test_no_text_makes_an_actual_fail_or_lose_its_words",
            "任何文字都读成完成值，不丢字",
            "any text is an actual, no word lost",
            6,
        ),
        ("test_no_columns_make_a_target_fail", "符号、数值、单位三格可合", "three cells join into a target", 6),
        (
            "test_a_target_reprinted_as_an_actual_has_its_number",
            "目标与完成读法一致",
            "target and actual read alike",
            6,
        ),
    ),
    *_of(
        "form.test_form_deadlines",
        ("test_a_printed_day_is_read_back_and_is_a_deadline", "印出的日子读得回", "a printed day is read back", 6),
        ("test_no_text_makes_a_day_fail", "任何文字不使日期出错", "no text breaks days", 6),
    ),
    *_of(
        "form.test_form_taxonomy",
        (
            "test_naming_a_heading_twice_changes_nothing_in_the_taxonomy",
            "指标名归一幂等",
            "a canonical name is its own",
            6,
        ),
    ),
    *_of(
        "form.test_form_wire",
        ("test_any_form_survives_its_json", "编码再解码是原表", "a form survives its JSON", 1),
        ("test_decimals_are_digit_strings_without_exponents", "数写成数字串", "numbers are strings of digits", 1),
    ),
    *_of(
        "properties.test_scoring_laws",
        (
            "test_no_score_is_below_zero_or_above_its_points",
            "得分不低于零、不高于分值",
            "bounded by nothing and the points",
            2,
        ),
        ("test_more_is_never_worth_less_where_more_is_asked", "≥ 类单调不减", "more is never worth less", 2),
        ("test_less_is_never_worth_less_where_less_is_asked", "≤ 类单调不增", "less is never worth less", 2),
        (
            "test_spending_more_of_a_budget_never_lowers_the_execution_score",
            "多执行不少得分",
            "spending more never lowers",
            2,
        ),
        ("test_the_order_of_rows_does_not_matter", "行序无关", "the order of rows does not matter", 1),
        ("test_the_currency_unit_does_not_matter", "元与万元同分", "yuan and ten thousand yuan score alike", 2),
        ("test_the_unit_of_a_line_does_not_matter", "行内换单位同分", "units within a line score alike", 2),
        ("test_a_score_is_the_exact_ratio_rounded_once", "精确比例，只舍入一次", "the exact ratio, rounded once", 2),
        ("test_a_tie_goes_up", "五入", "a tie goes up", 2),
        ("test_the_total_is_the_sum_of_its_lines", "总分等于各行之和", "the parts sum to the total", 2),
    ),
    *_of(
        "properties.test_book_laws",
        ("test_a_trial_of_nothing_changes_nothing", "不改参数的试算等于原算", "a trial of nothing changes nothing", 1),
        ("test_a_total_is_never_above_its_cap", "总分不越封顶", "no total above its cap", 1),
        ("test_a_higher_total_never_has_a_lower_grade", "分高等级不低", "grades follow totals", 1),
        ("test_scoring_twice_is_scoring_once", "再算一次相同", "scoring twice is scoring once", 1),
        ("test_a_lower_total_is_never_above_the_total", "下限不高于总分", "the low total is never above", 1),
        ("test_the_day_picks_the_book", "日期决定规则版本", "the day picks the book", 6),
        ("test_a_deadline_kept_has_all_its_points", "按期完成得满分", "a deadline kept has all its points", 2),
        ("test_a_line_does_not_look_at_the_others", "一行得分不看别行", "no line looks at the others", 1),
    ),
    *_of(
        "review.test_any_form_checked",
        ("test_one_question_a_row_and_check", "一行一问，不重复", "one question a row and check", 1),
        ("test_locators_name_cells", "疑点指到单元格", "findings name cells", 1),
    ),
    *_of(
        "review.test_no_line_unasked",
        ("test_no_line_is_passed_in_silence", "不合之行必有问", "no line is passed in silence", 1),
    ),
    *_of(
        "review.test_review_whatif",
        ("test_a_mean_is_exact_and_rounded_once", "均值只舍入一次", "a mean is rounded once", 6),
    ),
    *_of(
        "review.folder.test_folder_summary",
        ("test_sums_are_exact", "汇总不丢一位", "sums keep every digit", 6),
    ),
]
PROCESSES = 2


def run(drill: Drill) -> Outcome:
    """Each law on its part of the examples, in two processes; those whose examples are dear begin, so neither waits."""
    whole, laws = sum(law.parts for law in LAWS), sorted(LAWS, key=lambda law: law.parts)
    jobs = [(law, -(-drill.count * law.parts // whole), drill.seed) for law in laws]
    with ProcessPoolExecutor(PROCESSES, initializer=_begin) as pool:
        done = list(pool.map(_held, jobs))
    faults = tuple(fault for _, fault in done if fault)
    told = (f"{len(LAWS)} laws", *(f"{law.zh} {law.en}: {seen:,}" for law, (seen, _) in zip(laws, done, strict=True)))
    return Outcome(sum(seen for seen, _ in done), faults, told)


def _begin() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
    tests = str(Path(__file__).parents[2])
    if tests not in sys.path:
        sys.path.insert(0, tests)


def _held(job: tuple[Law, int, int]) -> tuple[int, str]:
    """How many examples a law was tried on, and the counter-example."""
    law, examples, seed = job
    module, _, name = law.test.rpartition(".")
    return held(getattr(import_module(module), name), law.en, examples, seed)


def held(test: Any, name: str, examples: int, seed: int) -> tuple[int, str]:
    """Try one law of Hypothesis on so many examples of a seed; how many there were, and what broke it."""
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import seed as seeded

    seen = 0
    inner: Callable[..., None] = test.hypothesis.inner_test

    @wraps(inner)
    def counted(*given: Any, **named: Any) -> None:
        nonlocal seen
        seen += 1
        inner(*given, **named)

    test.hypothesis.inner_test = counted
    wanted = settings(
        max_examples=_SHARE, deadline=None, database=None, derandomize=False, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip
    try:
        for part, share in _parts(examples, seed):
            test._hypothesis_internal_use_settings = settings(wanted, max_examples=share)
            seeded(part)(test)()
    except Exception as fault:  # noqa: BLE001 -- any failure breaks the law
        return seen, f"{name}: {type(fault).__name__}: {str(fault)[:500]} {getattr(fault, '__notes__', [])[:1]}"
    finally:
        test.hypothesis.inner_test = inner
    return seen, ""


_SHARE = 500
"""Examples that are drawn without one coming twice; finite laws would otherwise end early."""


def _parts(examples: int, seed: int) -> Iterator[tuple[int, int]]:
    """A seed and a number of examples for each part."""
    for part, start in enumerate(range(0, examples, _SHARE)):
        yield seed * 10**6 + part, min(_SHARE, examples - start)


ROW = Row(
    id="B1",
    zh="数值、规则、评分、疑点的定律在随机例子上无一反例",
    en="laws of values, books, scoring and review on random examples: no counter-example",
    ci=200_000,
    full=10_000_000,
    unit="examples",
    run=run,
    cores=2,
)
