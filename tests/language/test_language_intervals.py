"""What is known of a number before any form is read: its interval and its sign, to the last digit.

Nothing that a form shows depends on an interval, but the page's plain numbers, the columns' 64 bits and every refusal
do: one that is too narrow computes wrongly there, one that is too wide refuses a lawful rule.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.language import Column, Program, RuleError, Schema
from jixiao.language.closure import generate
from jixiao.language.errors import OverflowRefusedError
from jixiao.language.evaluate import Evaluator
from jixiao.language.ir import ANY_SIGN, INT64, MAX_ROWS, NOT_NEGATIVE, POSITIVE, Node, Pool
from jixiao.language.rational import Number

SCHEMA = Schema(
    form=[
        Column("few", low=Decimal(-3), high=Decimal(5), nullable=True),
        Column("many", low=Decimal(-7), high=Decimal(11)),
        Column("cents", scale=2, low=Decimal(-1), high=Decimal(2)),
        Column("yes", "boolean", nullable=True),
    ],
    indicator=[Column("row", low=Decimal(-2), high=Decimal(3)), Column("up", low=Decimal(1), high=Decimal(3))],
)
INTERVALS = {
    "f.few + f.many": (-10, 16),
    "f.few - f.many": (-14, 12),
    "f.few * f.many": (-35, 55),
    "-f.few": (-5, 3),
    "f.few * 4": (-12, 20),
    "4 * f.few": (-12, 20),
    "f.few + f.cents": (-400, 700),
    "round(f.many / 2, 0)": (-4, 6),
    "floor(f.many / 2, 0)": (-4, 5),
    "floor(f.many / max(f.few, 1), 0)": (-7, 11),
    "floor(f.many / max(f.few, 2), 0)": (-4, 5),
    "floor(f.cents, 1)": (-10, 20),
    "abs(f.many)": (0, 11),
    "abs(f.few - 4)": (0, 7),
    "min(f.few, f.many)": (-7, 5),
    "max(f.few, f.many)": (-3, 11),
    "max(f.few, 0)": (0, 5),
    "f.few if f.yes else f.many": (-7, 11),
    "f.few if f.yes else None": (-3, 5),
    "None if f.yes else f.few": (-3, 5),
    "f.few if f.few > 1 else 2": (2, 5),
    "f.few if f.few >= 1 else 1": (1, 5),
    "f.few if f.few < 1 else 0": (-3, 0),
    "f.few if f.few <= 1 else 1": (-3, 1),
    "f.few if f.few == 1 else 1": (1, 1),
    "f.few if 4 > f.few else 0": (-3, 3),
    "f.few if 4 >= f.few else 0": (-3, 4),
    "f.few if -1 < f.few else 0": (0, 5),
    "f.few if -1 <= f.few else 0": (-1, 5),
    "f.few if not f.few > 1 else 0": (-3, 1),
    "0 if f.few > 1 else f.few": (-3, 1),
    "f.few if f.few > 0.5 else 1": (1, 5),
    "f.few if f.few >= 0.5 else 1": (1, 5),
    "f.few if f.few < 1.5 else 1": (-3, 1),
    "f.few if f.few <= 1.5 else 1": (-3, 1),
    "f.cents if f.cents > 1 else 1.01": (101, 200),
    "f.cents if f.cents >= 1 else 1.00": (100, 200),
    "f.cents if f.cents < 1 else 0.99": (-100, 99),
    "f.few if 0 < f.few < 3 else 1": (1, 2),
    "f.few if 2 > f.few < 4 else 0": (-3, 1),
    "f.few if 4 > f.few < 2 else 0": (-3, 1),
    "f.few if 1 < f.few > 3 else 4": (4, 5),
    "f.few if 3 < f.few > 1 else 4": (4, 5),
    "f.few if f.yes and f.few > 1 else 2": (2, 5),
    "f.few if f.few > 1 and f.yes else 2": (2, 5),
    "1 if f.few < 0 or f.yes else f.few": (0, 5),
    "f.few + f.many if f.few > 0 and f.many > 0 else 2": (2, 16),
    "f.few if f.few > 0 or f.yes else 0": (-3, 5),
    "f.few if f.few != 1 else 0": (-3, 5),
    "count(i.row > 0)": (0, MAX_ROWS),
    "sum(i.row)": (-2 * MAX_ROWS, 3 * MAX_ROWS),
    "sum(i.up)": (0, 3 * MAX_ROWS),
}


def number(text: str) -> Number:
    """What a text over the small columns compiles to."""
    made = Program(SCHEMA, {})
    made.let("it", text)
    value = made.scope.lets["it"].value
    assert isinstance(value, Number)
    return value


@pytest.mark.parametrize(("text", "interval"), INTERVALS.items())
def test_the_interval_is_that_of_the_arithmetic(text: str, interval: tuple[int, int]) -> None:
    """Least and greatest numerator that the declared domains and the guards leave; neither more nor less."""
    found = number(text).num
    assert (found.low, found.high) == interval


SIGNS = {
    "f.few": ANY_SIGN,
    "max(f.few, 0)": NOT_NEGATIVE,
    "max(f.few, 1)": POSITIVE,
    "max(f.few, 1) + max(f.many, 1)": POSITIVE,
    "max(f.few, 0) + max(f.many, 1)": POSITIVE,
    "max(f.few, 0) + max(f.many, 0)": NOT_NEGATIVE,
    "f.few + max(f.many, 1)": ANY_SIGN,
    "max(f.few, 1) * max(f.many, 1)": POSITIVE,
    "max(f.few, 0) * max(f.many, 1)": NOT_NEGATIVE,
    "f.few * max(f.many, 1)": ANY_SIGN,
    "max(f.few, 1) - max(f.many, 1)": ANY_SIGN,
    "min(max(f.few, 1), max(f.many, 0))": NOT_NEGATIVE,
    "round(max(f.few, 1) / 3, 0)": NOT_NEGATIVE,
    "round(f.few / 3, 0)": ANY_SIGN,
    "abs(f.few)": NOT_NEGATIVE,
    "max(f.few, 1) if f.yes else max(f.many, 0)": NOT_NEGATIVE,
    "sum(max(i.row, 0))": NOT_NEGATIVE,
    "sum(i.row)": ANY_SIGN,
    "f.few if f.few > 0 else 1": POSITIVE,
    "f.few if f.few >= 0 else 0": NOT_NEGATIVE,
}


@pytest.mark.parametrize(("text", "sign"), SIGNS.items())
def test_a_sign_is_proved_from_the_text_alone(text: str, sign: int) -> None:
    """Positive, not negative, or neither, whatever a row holds."""
    assert number(text).num.sign == sign


@pytest.fixture
def pool() -> Pool:
    """An empty pool."""
    return Pool()


def column(pool: Pool, low: int, high: int, name: str = "f.a") -> Node:
    """A column with a domain."""
    return pool.column(name, "number", (low, high), nullable=False)


def test_the_last_number_of_64_bits_is_let_through(pool: Pool) -> None:
    """±(2⁶³ − 1) may be reached, one more is refused, and the refusal names the interval."""
    assert pool.number(INT64).high == 9223372036854775807
    assert pool.add(column(pool, 0, INT64 - 1), pool.number(1)).high == INT64
    assert pool.subtract(column(pool, 1 - INT64, 0, "f.b"), pool.number(1)).low == -INT64
    with pytest.raises(OverflowRefusedError) as above:
        pool.add(column(pool, 0, INT64 - 1), pool.number(2))
    assert (above.value.low, above.value.high) == (2, INT64 + 1)
    with pytest.raises(OverflowRefusedError) as below:
        pool.subtract(column(pool, 1 - INT64, 0, "f.b"), pool.number(2))
    assert below.value.low == -INT64 - 1


def test_rounding_needs_room_for_twice_the_number(pool: Pool) -> None:
    """A quotient is computed as (2n + d) // 2d, so 2n + d must stay within 64 bits, on either side of zero."""
    most = (INT64 - 3) // 2
    three = pool.number(3)
    assert pool.divide(column(pool, 0, most), three, "round").high == most // 3 + 1
    for name, low, high in (("f.b", 0, most + 1), ("f.c", -most - 1, 0)):
        with pytest.raises(OverflowRefusedError) as refused:
            pool.divide(column(pool, low, high, name), three, "round")
        assert (refused.value.low, refused.value.high) == (2 * low - 3, 2 * high + 3)


def test_a_total_has_room_for_256_lines(pool: Pool) -> None:
    """The interval of a sum is that of 256 indicators; the greatest that fits 64 bits is let through."""
    most = INT64 // 256
    assert pool.total(column(pool, -most, most, "i.a")).high == 256 * most
    with pytest.raises(OverflowRefusedError) as above:
        pool.total(column(pool, 0, most + 1, "i.b"))
    assert above.value.high == 256 * (most + 1)
    with pytest.raises(OverflowRefusedError):
        pool.total(column(pool, -most - 1, 0, "i.c"))
    below, above_zero = pool.total(column(pool, -3, -2, "i.d")), pool.total(column(pool, 2, 3, "i.e"))
    assert (below.low, below.high) == (-3 * 256, 0)  # no lines at all sum to 0
    assert (above_zero.low, above_zero.high) == (0, 3 * 256)


def test_a_divisor_counts_from_one(pool: Pool) -> None:
    """A divisor is at least 1 whatever its domain says, so that no quotient is wider than its number."""
    num = column(pool, 3, 11)
    for name, low, high, expected in (("f.d", 1, 1, (3, 11)), ("f.e", 0, 2, (1, 11)), ("f.f", 2, 4, (0, 5))):
        found = pool.divide(num, column(pool, low, high, name), "floor")
        assert (found.low, found.high) == expected


def test_a_bound_keeps_what_lies_in_it(pool: Pool) -> None:
    """Below its low end it is that end, above its high end that, between them the number, fractions too."""
    bounded = pool.bound(column(pool, -9, 900), 2, 499)
    run = generate([bounded]).run
    for cell, expected in ((-9, 2), (1, 2), (2, 2), (3, 3), (498, 498), (499, 499), (500, 499), (900, 499)):
        assert Evaluator({"a": cell}, []).value(bounded) == expected
        assert run({"a": cell}, [])[0] == (expected,)
    for fine in (Fraction(3, 2), Fraction(999, 2)):  # finer than the scale: within one of the end it stays itself
        assert Evaluator({"a": fine}, []).value(bounded) == fine == run({"a": fine}, [])[0][0]


def test_what_does_nothing_makes_no_node(pool: Pool) -> None:
    """Adding or taking 0, times 1, and bounds without an end give the number itself; constants are computed at once."""
    one, zero, a = pool.number(1), pool.number(0), column(pool, -9, 9)
    assert pool.add(a, zero) is pool.add(zero, a) is pool.subtract(a, zero) is a
    assert pool.multiply(a, one) is pool.multiply(one, a) is a
    assert pool.bound(a, None, None) is a
    assert pool.bound(one, 5, 9) is one
    assert pool.add(one, one) is pool.number(2)
    assert pool.subtract(one, pool.number(3)) is pool.number(-2)
    assert pool.multiply(pool.number(2), pool.number(3)) is pool.number(6)


def test_truths_that_are_known_are_not_computed(pool: Pool) -> None:
    """And with false is false, or with true is true, with the other constant the other side; a choice of one is it."""
    yes, true, false = pool.column("f.yes", "truth", (0, 0), nullable=True), pool.true, pool.false
    assert pool.both(yes, false) is pool.both(false, yes) is false
    assert pool.both(yes, true) is pool.both(true, yes) is yes
    assert pool.either(yes, true) is pool.either(true, yes) is true
    assert pool.either(yes, false) is pool.either(false, yes) is yes
    assert pool.both(yes, yes) is pool.either(yes, yes) is yes
    assert (pool.negate(true), pool.negate(false)) == (false, true)
    a, b = column(pool, 0, 1), column(pool, 0, 1, "f.b")
    assert pool.choose(true, a, b) is pool.choose(yes, a, a) is a
    assert pool.choose(false, a, b) is b
    assert pool.missing(a) is false
    assert pool.missing(yes).nullable is False
    assert pool.compare("<", pool.number(1), pool.number(1)) is pool.compare(">", pool.number(4), pool.number(4))


@pytest.mark.parametrize(
    ("operator", "holds"),
    [("<", (1, 0, 0)), ("<=", (1, 1, 0)), (">", (0, 0, 1)), (">=", (0, 1, 1)), ("==", (0, 1, 0)), ("!=", (1, 0, 1))],
)
def test_constants_are_compared_at_once(pool: Pool, operator: str, holds: tuple[int, int, int]) -> None:
    """3 and 5, 5 and 5, 7 and 5 under each comparison."""
    found = [pool.compare(operator, pool.number(left), pool.number(5)) for left in (3, 5, 7)]
    assert found == [pool.true if one else pool.false for one in holds]


def test_a_node_knows_its_level_and_its_round(pool: Pool) -> None:
    """A column of indicators has a value a row, a sum of it one a form, a round later; so has all that reads it."""
    row, form = column(pool, 0, 9, "i.a"), column(pool, 0, 9)
    total = pool.total(row)
    again = pool.total(pool.add(total, row))
    assert [node.per_row for node in (row, form, total, pool.add(total, row), again)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert [node.stage for node in (row, form, total, pool.add(total, row), again)] == [0, 0, 1, 1, 2]
    assert pool.number(1).stage == pool.add(row, pool.number(1)).stage == pool.null("number").stage == 0
    assert total.nullable is False
    assert pool.total(row) is total


REFUSED_WHERE_NOT_PROVED = ("f.few", "f.few - f.few + 1", "min(f.few, 1)", "max(f.few, 0)", "abs(f.few)", "sum(i.up)")


@pytest.mark.parametrize("divisor", REFUSED_WHERE_NOT_PROVED)
def test_a_divisor_that_is_not_proved_is_refused(divisor: str) -> None:
    """What may be 0 or below for some row, whatever the domain says, divides nothing."""
    with pytest.raises(RuleError, match="may be zero or negative"):
        number(f"1 / ({divisor})")
