"""How each sign is told and where brackets stand; how numbers look, and which fractions have finite digits."""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.language import Cell
from jixiao.language.digits import as_decimal, decode, shown
from language.rule_bench import FORM, indicator, program


def told(text: str, **cells: Cell) -> tuple[str, str]:
    """The formula of one text, in both languages: what stands after the first "=" up to the next."""
    closure = program(it=text).closure()
    found = closure.explain(closure(FORM | cells, [indicator(), indicator(weight=3000)]), "it")
    assert found is not None
    zh, en = found
    return zh.removeprefix("it = ").split(" = ")[0], en.removeprefix("it = ").split(" = ")[0]


FORMULAS = {
    "f.a + f.b": "甲 + 乙",
    "f.a - f.b": "甲 − 乙",
    "f.a * f.b": "甲 × 乙",
    "-f.a": "−甲",
    "-(f.a + f.b)": "−(甲 + 乙)",
    "-(f.a * f.b)": "−(甲 × 乙)",
    "(f.a - f.b) * 2": "(甲 − 乙) × 2",
    "2 * (f.a - f.b)": "2 × (甲 − 乙)",
    "(f.a + f.b) * 2": "(甲 + 乙) × 2",
    "2 * (f.a + f.b)": "2 × (甲 + 乙)",
    "f.a - f.b * 2": "甲 − 乙 × 2",
    "f.a + f.b / 2": "甲 + 乙 ÷ 2",
    "f.a * f.b - 2": "甲 × 乙 − 2",
    "f.a - (f.b + 2)": "甲 − (乙 + 2)",
    "f.a - (f.b - 2)": "甲 − (乙 − 2)",
    "f.a - f.b - 2": "甲 − 乙 − 2",
    "f.a * (f.b / 2)": "甲 × (乙 ÷ 2)",
    "f.a * f.b / 2": "甲 × 乙 ÷ 2",
    "-f.a * 2": "−甲 × 2",
    "-f.a + f.b": "−甲 + 乙",
    "f.a < f.b": "甲 < 乙",
    "f.a <= f.b": "甲 ≤ 乙",
    "f.a > f.b": "甲 > 乙",
    "f.a >= f.b": "甲 ≥ 乙",
    "f.a != f.b": "甲 ≠ 乙",
    "f.a + 1 > f.b * 2": "甲 + 1 > 乙 × 2",
    "1 < f.a <= 9": "1 < 甲 ≤ 9",
    "f.a is not None": "甲 ≠ 空",
    'f.word in ("词", "字")': '词 ∈ ("词", "字")',
    'f.word not in ("字",)': '词 ∉ ("字",)',
    "f.a > 1 and f.b > 1": "甲 > 1 且 乙 > 1",
    "f.a > 1 or f.b > 1": "甲 > 1 或 乙 > 1",
    "f.a > 1 and (f.b > 1 or f.yes)": "甲 > 1 且 (乙 > 1 或 是否)",
    "f.a > 1 and f.b > 1 or f.yes": "甲 > 1 且 乙 > 1 或 是否",
    "not f.yes": "非是否",
    "not (f.a > 1)": "非(甲 > 1)",
    "not (f.a > 1 and f.yes)": "非(甲 > 1 且 是否)",
    "abs(f.a - f.b)": "绝对值(甲 − 乙)",
    "blank(f.word)": "未填写(词)",
    "count(i.weight > 5)": "计数(分值 > 5)",
    "any(i.weight > 5)": "任一(分值 > 5)",
    "all(i.weight > 5)": "全部(分值 > 5)",
    "sum(i.weight - 1)": "合计(分值 − 1)",
}
ENGLISH = {
    "f.a is not None": "first ≠ empty",
    "f.a > 1 and f.b > 1": "first > 1 and second > 1",
    "f.a > 1 or f.b > 1": "first > 1 or second > 1",
    "not f.yes": "not yes",
    "abs(f.a - f.b)": "abs(first − second)",
    "blank(f.word)": "blank(word)",
    "all(i.weight > 5)": "all(points > 5)",
}


@pytest.mark.parametrize(("text", "formula"), FORMULAS.items())
def test_signs_and_brackets_are_those_of_a_page(text: str, formula: str) -> None:
    """Each operator has its sign; brackets stand where the order of work needs them and nowhere else."""
    assert told(text)[0] == formula


@pytest.mark.parametrize(("text", "formula"), ENGLISH.items())
def test_words_between_signs_are_english(text: str, formula: str) -> None:
    """And, or, not, empty and the functions stand in English in the English line."""
    assert told(text)[1] == formula


def test_null_is_told_as_empty() -> None:
    """A comparison with nothing is told of an empty cell in both languages."""
    closure = program(it="5 if f.a is None else 6").closure()
    found = closure.explain(closure(FORM | {"a": None}, []), "it")
    assert found == ("it = 5，因为 甲 = 空（— = 空）", "it = 5, because first = empty (— = empty)")


FRACTIONS = {
    (1, 10): "0.1", (1, 100): "0.01", (3, 1000): "0.003", (1, 2): "0.5", (1, 4): "0.25", (7, 8): "0.875",
    (1, 5): "0.2", (3, 125): "0.024", (1, 40): "0.025", (7, 250): "0.028", (-1, 4): "-0.25", (5, 1): "5",
    (1, 3): None, (1, 6): None, (1, 30): None, (1, 11): None, (1, 7): None,
}  # fmt: skip


@pytest.mark.parametrize(("fraction", "digits"), FRACTIONS.items())
def test_only_twos_and_fives_below_the_line_give_finite_digits(fraction: tuple[int, int], digits: str | None) -> None:
    """A fraction is a decimal number exactly where its denominator is made of twos and fives."""
    found = as_decimal(Fraction(*fraction))
    assert found == (None if digits is None else Decimal(digits))


SHOWN = {
    (5, 1, 0): "5", (0, 1, 2): "0.00", (700, 1, 2): "7.00", (-5, 1, 2): "-0.05", (-700, 1, 2): "-7.00",
    (5, 1, 1): "0.5", (7, 1, 3): "0.007", (7500, 1, 3): "7.50", (75000, 1, 4): "7.50", (75001, 1, 4): "7.5001",
    (7, 2, 0): "3.5", (6, 2, 0): "3", (6, 2, 2): "0.03", (1, 3, 0): "0.3333…", (-1, 3, 0): "-0.3333…",
    (2, 3, 0): "0.6666…", (-7, 3, 1): "-0.2333…", (1, 64, 0): "0.015625", (1, 128, 0): "0.0078…",
    (Fraction(1, 2), 1, 0): "0.5", (Fraction(1, 2), 1, 2): "0.005", (100000000, 3, 0): "33333333.3333…",
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), SHOWN.items())
def test_a_number_is_shown_with_the_digits_that_say_enough(number: tuple[int | Fraction, int, int], text: str) -> None:
    """Two decimals of what was printed so, all of six at most, else the first four cut and an ellipsis."""
    assert shown(*number) == text


def test_a_number_is_decoded_exactly() -> None:
    """A rounded one has its places, zeros too; one finer than its scale keeps its digits; a quotient is a fraction."""
    assert str(decode(700, 1, 2, rounded=True)) == "7.00"
    assert decode(Fraction(1, 2), 1, 2, rounded=True) == Decimal("0.005")
    assert decode(Fraction(1, 3), 1, 1, rounded=True) == Fraction(1, 30)
    assert decode(7, 3, 1, rounded=False) == Fraction(7, 30)
