"""Lines of the journal: one way to write an event, and nothing else is read."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.journal.hashing import leaf
from jixiao.journal.line import Entry, Removed, decode, encode
from jixiao.journal.words import Unreadable

ENTRY = Entry(
    7, 12, datetime(2026, 11, 26, 8, 5, 3, 120, UTC), 3, "张三", "filing.saved", "filing/12", "/1/2/",
    '{"version":"4"}', "10.0.0.7",
)  # fmt: skip
LINE = (
    '{"contract":"jixiao/journal/1","place":7,"number":12,"at":"2026-11-26T08:05:03.000120Z","actor":3,"name":"张三",'
    '"act":"filing.saved","subject":"filing/12","organisation":"/1/2/","details":"{\\"version\\":\\"4\\"}",'
    '"address":"10.0.0.7"}'
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ENTRIES = st.builds(
    Entry, st.integers(0, 10**18), st.integers(0, 10**18), st.datetimes(timezones=st.just(UTC)),
    st.none() | st.integers(0, 10**18), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS,
)  # fmt: skip


def test_an_event_is_written_in_this_way() -> None:
    """The line of an event, to the byte: a change here is a new contract."""
    assert encode(ENTRY).decode() == LINE


@settings(max_examples=300, deadline=None)
@given(ENTRIES)
def test_whatever_is_written_is_read(entry: Entry) -> None:
    """Any text, control characters and line separators too, comes back as it was; the line itself has no newline."""
    line = encode(entry)
    assert b"\n" not in line
    assert decode(line) == entry
    assert json.loads(line)["details"] == entry.details


def test_the_zone_does_not_show() -> None:
    """The same moment told in Shanghai's time is the same line."""
    there = replace(ENTRY, at=ENTRY.at.astimezone(timezone(timedelta(hours=8))))
    assert encode(there) == encode(ENTRY)


def test_a_removed_event_keeps_place_and_hashes() -> None:
    """What stays of an event after the retention time is read back."""
    removed = Removed(7, leaf(LINE.encode()))
    assert decode(encode(removed)) == removed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"place":7', '"place": 7'), ('"place":7', '"place":07'), ('"place":7', '"place":-7'),
        ('"place":7', '"place":"7"'), ('"number":12,', ""), ("张三", "\\u5f20三"), ("filing/12", "filing\\/12"),
        ("filing/12", "filing\t12"), ("filing/12", "filing\\u000912"), ("journal/1", "journal/2"), ("26T", "26 "),
        ("2026-11-26", "2026-13-26"), ("000120Z", "000120+00:00"), ('"actor":3', '"actor":3.0'),
        ('"address":', '"more":1,"address":'), ('0.7"}', '0.7"} '), ('{"contract"', ' {"contract"'),
        ('"act":"filing.saved","subject":"filing/12"', '"subject":"filing/12","act":"filing.saved"'),
    ],
)  # fmt: skip
def test_another_way_of_writing_is_refused(old: str, new: str) -> None:
    """The same event written otherwise, or another form of line, is not read as if it were one."""
    assert old in LINE
    with pytest.raises(Unreadable):
        decode(LINE.replace(old, new).encode())


@pytest.mark.parametrize("line", [b"", b"{}", LINE.encode() + b"\n", LINE.encode().replace(b"\xe5", b"\xff")])
def test_what_is_no_line_is_refused(line: bytes) -> None:
    """Nothing, an empty object, a newline inside and broken characters are refused with what was expected."""
    with pytest.raises(Unreadable, match="jixiao/journal/1"):
        decode(line)


def test_a_moment_without_zone_is_not_written() -> None:
    """Nobody could say when that was."""
    with pytest.raises(ValueError, match="zone"):
        encode(replace(ENTRY, at=datetime(2026, 1, 1)))  # noqa: DTZ001 -- that is the point
