"""Printed values as exact ones: numbers, rates, money, units, what stands for nothing."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.form import Money, fold, is_nothing, parse_number, parse_rate, plain, tidy, unit_scale
from jixiao.form.values import is_money_unit

UNITS = {
    "元": 1,
    "人民币元": 1,
    "百元": 10**2,
    "千元": 10**3,
    "万元": 10**4,
    "人民币万元": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
}
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("130.00", "130.00"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("2,756.57", "2756.57"),
        ("2，756.57", "2756.57"),
        ("1,234,567", "1234567"),
        ("1,234,567.890", "1234567.890"),
        ("２７５６．５７", "2756.57"),
        (" 5 ", "5"),
        ("\u30005\u00a0", "5"),
        ("-3.20", "-3.20"),
        ("\u22123.20", "-3.20"),
        ("－3", "-3"),
        ("+3", "3"),
        ("00012.50", "12.50"),
        ("9" * 40 + ".01", "9" * 40 + ".01"),
    ],
)
def test_a_printed_number_keeps_its_digits_and_loses_only_its_separators(printed: str, digits: str) -> None:
    """A number is read exactly as printed, with its trailing zeros, whatever its width or separators."""
    number = parse_number(printed)
    assert number is not None
    assert plain(number) == digits


@pytest.mark.parametrize(
    "printed",
    [
        "", "-", "—", "5%", "5次", "1,2", "10,00", "1,2345", ",123", "1 000", "1.2.3", ".5", "5.", "1e5", "0x10", "NaN",
        "Infinity", "1_000", "٣", "五", "--5", "1-2", "≥5", "1,234,56",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_number_is_no_number(printed: str) -> None:
    """A text with anything beside one decimal number has no value: there is no nearest guess."""
    assert parse_number(printed) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_digits_survive_printing_and_reading(number: Decimal) -> None:
    """Reading what was printed in digits gives the same digits back."""
    read = parse_number(plain(number))
    assert read is not None
    assert (read, plain(read)) == (number, plain(number))


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_thousands_separators_do_not_change_a_number(whole: int, cents: int) -> None:
    """A number with thousands separators is the number without them."""
    assert parse_number(f"{whole:,}.{cents:02}") == parse_number(f"{whole}.{cents:02}") is not None


@given(st.integers(0, 10**6), st.integers(-60, 60))
def test_plain_never_prints_an_exponent(coefficient: int, exponent: int) -> None:
    """A number prints in digits alone, however large or small it is."""
    number = Decimal(f"{coefficient}E{exponent}")
    assert set(plain(number)) <= set("0123456789.")
    assert Decimal(plain(number)) == number


@pytest.mark.parametrize(
    "mark", ["", " ", "\n", "-", "--", "—", "——", "–", "－", "―", "/", "／", "\\", " — ", "无数据"]
)
def test_dashes_and_slashes_stand_for_nothing(mark: str) -> None:
    """A dash, a slash or white space in a cell says that nothing is there."""
    assert is_nothing(mark)


@pytest.mark.parametrize("text", ["0", "无", "0.00", "-1", "N/A", "1/2", "完成"])
def test_zero_and_words_are_something(text: str) -> None:
    """A zero and a word are content, 无 included: it answers a question, it does not skip it."""
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("printed", "rate"),
    [
        ("86.19", "86.19"),
        ("86.19%", "86.19"),
        ("86.19％", "86.19"),
        (" 100.00 % ", "100.00"),
        ("102.59%", "102.59"),
        ("0", "0"),
        ("0.00%", "0.00"),
    ],
)
def test_a_rate_is_in_per_cent_with_or_without_its_sign(printed: str, rate: str) -> None:
    """86.19, 86.19% and 86.19％ are one rate."""
    assert parse_rate(printed) == Decimal(rate)


@pytest.mark.parametrize("printed", ["", "-", "%", "8.6‰", "86%%", "约86%", "八成", "≥86%"])
def test_a_text_that_is_no_rate_has_none(printed: str) -> None:
    """A rate is one number with at most one per cent sign; nothing else is one."""
    assert parse_rate(printed) is None


def test_folding_keeps_the_length_of_a_text() -> None:
    """Full-width letters fold one for one, so that a position in the folded text is one in the printed text."""
    printed = "（１００％）　≥Ａ"
    assert fold(printed) == "(100%) ≥A"
    assert len(fold(printed)) == len(printed)


@given(st.text())
def test_folding_is_idempotent_and_keeps_length(text: str) -> None:
    """Folding twice is folding once, and never adds or drops a character."""
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("≥ 95 %", "≥95%"),
        ("2024年 12月\n31日前。", "2024年12月31日前"),
        ("1 000", "1 000"),
        ("  5次；", "5次"),
        ("1 次", "1次"),
        ("1 ,000", "1 ,000"),
    ],
)
def test_tidying_keeps_only_the_spaces_that_could_part_numbers(printed: str, tidied: str) -> None:
    """White space beside a word is noise; between two figures it may part two numbers, so it stays."""
    assert tidy(printed) == tidied


@given(AMOUNTS, st.sampled_from(sorted(UNITS)), AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_money_is_ordered_as_its_exact_value_in_yuan(one: Decimal, unit: str, two: Decimal, other: str) -> None:
    """Amounts in different units compare as their exact values do, to the last digit."""
    first, second = Money(one, unit), Money(two, other)
    exact_first, exact_second = Fraction(one) * UNITS[unit], Fraction(two) * UNITS[other]
    assert (first < second) is (exact_first < exact_second)
    assert (first <= second) is (exact_first <= exact_second)
    assert (first == second) is (exact_first == exact_second)
    assert (first > second) is (exact_first > exact_second)


@given(AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_yuan_is_exact_whatever_the_decimal_context(amount: Decimal, unit: str) -> None:
    """The value in 元 is never rounded, not even where the ambient context has two digits."""
    with localcontext() as context:
        context.prec = 2
        assert Fraction(Money(amount, unit).yuan) == Fraction(amount) * UNITS[unit]


@given(st.integers(-(10**12), 10**12))
def test_equal_money_has_an_equal_hash(amount: int) -> None:
    """1 万元 and 10000 元 are one key of a set."""
    assert len({Money(Decimal(amount), "万元"), Money(Decimal(amount) * 10_000, "元")}) == 1


def test_money_is_not_equal_to_a_bare_number() -> None:
    """An amount without its unit is not comparable with one that has it."""
    assert Money(Decimal(1), "元") != Decimal(1)


@pytest.mark.parametrize("unit", ["", "人", "万", "美元", "%", "元 "])
def test_a_unit_that_is_not_money_is_refused_with_the_known_ones(unit: str) -> None:
    """Money in an unknown unit cannot be made; the message says which units are known."""
    assert not is_money_unit(unit)
    with pytest.raises(ValueError, match="万元"):
        Money(Decimal(1), unit)


@pytest.mark.parametrize("digits", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_money_that_is_no_number_is_refused(digits: str) -> None:
    """An amount is a finite number."""
    with pytest.raises(ValueError, match="not an amount"):
        Money(Decimal(digits), "元")


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("万元", "元", Fraction(10_000)),
        ("元", "元", Fraction(1)),
        ("(万元)", "元", Fraction(10_000)),
        ("（亿元）", "元", Fraction(10**8)),
        ("人民币万元", "元", Fraction(10_000)),
        ("千元", "元", Fraction(1_000)),
        ("%", "%", Fraction(1)),
        ("％", "%", Fraction(1)),
        ("百分比", "%", Fraction(1)),
        ("‰", "%", Fraction(1, 10)),
        ("万分比", "%", Fraction(1, 100)),
        ("万人次", "人次", Fraction(10_000)),
        ("千万件", "件", Fraction(10**7)),
        ("百万件", "件", Fraction(10**6)),
        ("亿斤", "斤", Fraction(10**8)),
        ("万", "", Fraction(10_000)),
        ("", "", Fraction(1)),
        ("次", "次", Fraction(1)),
        ("元/人", "元/人", Fraction(1)),
        ("万元/亩", "元/亩", Fraction(10_000)),
        ("人(次)", "人(次)", Fraction(1)),
        ("日", "天", Fraction(1)),
        ("万名", "人", Fraction(10_000)),
        ("工作日", "工作日", Fraction(1)),
    ],
)
def test_a_unit_has_a_base_and_an_exact_factor(unit: str, base: str, factor: Fraction) -> None:
    """Units of one base convert into each other exactly."""
    assert unit_scale(unit) == (base, factor)


def test_a_bare_number_and_a_per_cent_have_different_bases() -> None:
    """95 beside 95% is not 9500%: whether the sign was forgotten is not for arithmetic to say."""
    assert unit_scale("")[0] != unit_scale("%")[0]


def test_a_row_of_digits_longer_than_the_contract_holds_is_no_number() -> None:
    """Sixty-four signs are read; one more stays text, so that what was read can always be handed on."""
    assert parse_number("9" * 64) == Decimal("9" * 64)
    assert parse_number("9" * 65) is None
