"""The day a text names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.form import parse_day, parse_span, parse_target


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年11月30日完成", date(2024, 11, 30)),
        ("于2024年11月\n30日完成验收", date(2024, 11, 30)),
        ("11月30日", date(2024, 11, 30)),
        ("2024-11-30", date(2024, 11, 30)),
        ("2024.11.30", date(2024, 11, 30)),
        ("2024/1/5", date(2024, 1, 5)),
        ("2023年12月31日", date(2023, 12, 31)),
        ("２０２４年２月２９日", date(2024, 2, 29)),
    ],
)
def test_one_day_in_a_text_is_found(text: str, day: date) -> None:
    """A text that names one day, in words or figures, gives it; the fiscal year completes it."""
    assert parse_day(text, 2024) == day


@pytest.mark.parametrize(
    "text",
    [
        "", "已完成", "11.30", "95.5%", "2024年11月", "2024年2月30日", "2024年13月1日", "11月0日", "1月1日至3月31日",
        "2024", "20241130", "1/2", "3-5", "2024-11-30.5", "1.2024-11-30",
    ],
)  # fmt: skip
def test_no_day_or_more_than_one_gives_none(text: str) -> None:
    """A number that only looks like a day, a day that does not exist, and two days are no day."""
    assert parse_day(text, 2024) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年11月", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024年11月完成验收", date(2024, 11, 1), date(2024, 11, 30)),
        ("于11月完成", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("11月30日", date(2024, 11, 30), date(2024, 11, 30)),
    ],
)
def test_a_day_or_a_month_spans_its_days(text: str, first: date, last: date) -> None:
    """A month goes from its first to its last day, a day from itself to itself."""
    assert parse_span(text, 2024) == (first, last)


@pytest.mark.parametrize("text", ["", "11", "2024年11月前", "1月至11月", "历时11月", "2024年13月", "3个月", "2024年"])
def test_what_is_no_single_month_spans_nothing(text: str) -> None:
    """Two months, a length of time, a month that only bounds, and one that does not exist give none."""
    assert parse_span(text, 2024) is None


def test_a_day_without_any_year_is_none() -> None:
    """11月30日 alone is no day."""
    assert parse_day("11月30日") is None


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["{}年{}月{}日", "{}-{}-{}"])
)
def test_a_printed_day_is_read_back_and_is_a_deadline(day: date, shape: str) -> None:
    """Each day of two centuries is read back from its print, and 前 behind it makes it a deadline."""
    printed = shape.format(day.year, day.month, day.day)
    assert parse_day(f"{printed}完成") == day
    assert parse_target(f"{printed}前").due == day.isoformat()


@given(st.text(alphabet="0123456789年月日./- 前底末", max_size=20), st.none() | st.integers(-5, 99999))
def test_no_text_makes_a_day_fail(text: str, fiscal_year: int | None) -> None:
    """Whatever the text and the year, the answer is a day or none."""
    day = parse_day(text, fiscal_year)
    assert day is None or isinstance(day, date)
