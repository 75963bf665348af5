"""The row of laws can fail: a law that does not hold is told with its counter-example."""

from hypothesis import given
from hypothesis import strategies as st

from drills.rows import b1_laws


@given(st.integers(0, 10**6))
def broken(number: int) -> None:
    """A law that does not hold: no number is above a thousand."""
    assert number <= 1000


@given(st.integers(0, 10**6))
def sound(number: int) -> None:
    """A law that holds."""
    assert number >= 0


def test_a_broken_law_is_told_with_its_counter_example() -> None:
    """The fault names the law; a law that holds is tried as often as asked, and no more."""
    seen, fault = b1_laws.held(broken, "small", 2_000, 1)
    assert fault.startswith("small: AssertionError")
    assert "1001 <= 1000" in fault
    assert b1_laws.held(sound, "not negative", 1_000, 1) == (1_000, "")
    assert seen < 2_000


def test_there_are_laws_enough() -> None:
    """At least twenty-five laws, each a test that is there, each named in both languages."""
    assert len({law.test for law in b1_laws.LAWS}) == len(b1_laws.LAWS) >= 25
    assert all(law.zh and law.en for law in b1_laws.LAWS)
