"""A sealed file: what was signed is believed, and whatever byte was changed, its line is named."""

import base64
import json
from datetime import UTC, datetime
from time import process_time

import pytest

from jixiao.journal import checkpoint
from jixiao.journal.checkpoint import Checkpoint
from jixiao.journal.hashing import leaf
from jixiao.journal.mending import mended
from jixiao.journal.pointers import pointer_at
from jixiao.journal.sealing import ORIGIN, Opened, open_sealed, seal
from jixiao.journal.tree import root
from jixiao.journal.words import Unreadable
from journal.logs import KEY, OTHER

AT = datetime(2026, 11, 27, tzinfo=UTC)
DOCUMENT = {
    "schema": "x", "score": "98.50", "lines": [{"a/b": "得分", "n": [1, 2]}, {"a/b": "{", "n": []}],
    "why": {"zh": "甲"},
}  # fmt: skip
BODY = json.dumps(DOCUMENT, ensure_ascii=False, indent=2).encode()
SEALED = seal(BODY, AT, KEY)


def opened(data: bytes) -> Opened:
    """The file, opened with the right key."""
    return open_sealed(data, "it.json", [KEY.public])


def test_a_seal_is_json_and_gives_its_document_back() -> None:
    """The file is one JSON object; without its seal it is what was sealed, byte for byte."""
    whole = json.loads(SEALED)
    assert {name: part for name, part in whole.items() if name != "seal"} == DOCUMENT
    found = opened(SEALED)
    assert (found.faults, found.body, found.at, found.key) == ([], BODY, AT, KEY.public.text)
    assert found.lines == len(BODY.split(b"\n")) - 1


@pytest.mark.parametrize("bit", [0, 5])
def test_a_changed_byte_is_named_wherever_it_is(bit: int) -> None:
    """Bytes all over the file, changed one at a time: the line each stands on is told."""
    for at in [*range(bit, len(SEALED), 11), *range(len(SEALED) - 30, len(SEALED))]:
        changed = SEALED[:at] + bytes([SEALED[at] ^ (1 << bit)]) + SEALED[at + 1 :]
        line = SEALED.count(b"\n", 0, at) + 1
        assert line in {fault.line for fault in opened(changed).faults}, at


def test_a_missing_byte_is_told_wherever_it_was() -> None:
    """Bytes all over the file, taken out one at a time; the last newline, too."""
    for at in [*range(0, len(SEALED), 13), len(SEALED) - 1]:
        assert opened(SEALED[:at] + SEALED[at + 1 :]).faults, at


def test_a_changed_digit_is_told_with_what_it_was() -> None:
    """Pointer, line and byte, what was read and what stood there."""
    (fault,) = opened(SEALED.replace(b"98.50", b"99.50")).faults
    assert (fault.code, fault.line) == ("line_changed", 3)
    assert fault.read.en == '/score: "score": "99.50",'
    assert fault.expected.en == '"score": "98.50", (byte 14 of the line)'
    assert "第 14 字节" in fault.expected.zh


def test_more_than_a_byte_is_told_without_it() -> None:
    """What a line of another length was cannot be found; its pointer is told all the same."""
    (fault,) = opened(SEALED.replace(b"98.50", b"100.00")).faults
    assert (fault.code, fault.line) == ("line_changed", 3)
    assert fault.read.zh.startswith("/score：")


def test_lines_added_moved_and_gone_are_told() -> None:
    """Each by itself, where it stands."""
    lines = SEALED.split(b"\n")
    added = b"\n".join([*lines[:2], b'  "more": 1,', *lines[2:]])
    gone = b"\n".join([*lines[:2], *lines[3:]])
    moved = b"\n".join([lines[0], lines[2], lines[1], *lines[3:]])
    assert [(fault.code, fault.line) for fault in opened(added).faults] == [("line_added", 3)]
    assert [(fault.code, fault.line) for fault in opened(gone).faults] == [("line_missing", 3)]
    assert {fault.line for fault in opened(moved).faults} == {2, 3}


def test_many_lines_alike_are_compared_in_no_time() -> None:
    """Eight thousand equal lines and three more of them: told at once, and not by pairing each with each."""
    body = b"{\n" + b'  "a": 1,\n' * 8_000 + b'  "b": 2\n}'
    many = seal(body, AT, KEY)
    start = process_time()
    longer = opened(many.replace(b'  "a": 1,\n', b'  "a": 1,\n' * 4, 1)).faults
    assert [fault.code for fault in longer] == ["line_added"] * 3
    mixed = many.replace(b'  "a": 1,\n', b'  "c": 1,\n', 1).replace(b'  "b": 2,\n', b'  "b": 2,\n  "d": 2,\n')
    assert [(fault.code, fault.line) for fault in opened(mixed).faults] == [("line_changed", 2), ("line_added", 8_003)]
    assert process_time() - start < 4


def test_rewritten_with_its_hashes_it_is_told() -> None:
    """Hashes made to fit the changed lines do not fit the signature."""
    lines = SEALED.split(b"\n")
    start = lines.index(b'  "seal": {')
    lines[2] = lines[2].replace(b"98", b"99")
    mark = b"," if lines[start + 4].endswith(b",") else b""
    lines[start + 4] = b'      "' + base64.b64encode(leaf(lines[2]).sha256) + b'"' + mark
    assert [fault.code for fault in opened(b"\n".join(lines)).faults] == ["lines_changed"]


def test_signed_by_another_it_is_refused() -> None:
    """The same content under another key is sound by itself and refused by whoever knows the key."""
    other = seal(BODY, AT, OTHER)
    assert open_sealed(other, "it", []).faults == []
    assert {fault.code for fault in opened(other).faults} == {"key_swapped", "key_unknown"}


def test_a_checkpoint_of_a_log_is_no_seal() -> None:
    """A note that the same key signed for something else does not pass, whatever its root."""
    lines = SEALED.split(b"\n")
    body = lines[: lines.index(b'  "seal": {')]
    state = Checkpoint("jixiao.example/journal", len(body), root(map(leaf, body)), AT)
    assert state.origin != ORIGIN
    note = json.dumps(checkpoint.write(state, KEY), ensure_ascii=False).encode()
    at = next(number for number, line in enumerate(lines) if line.startswith(b'    "note"'))
    lines[at] = b'    "note": ' + note + b","
    assert [fault.code for fault in opened(b"\n".join(lines)).faults] == ["other_note"]


@pytest.mark.parametrize("part", [b'    "note": "', b'    "key": "'])
def test_half_a_character_in_the_seal_is_told(part: bytes) -> None:
    """JSON can spell half a character, which no text holds: the seal is damaged, and the line is told."""
    (fault,) = opened(SEALED.replace(part, part + rb"\ud800")).faults
    assert fault.code == "seal_unreadable"


@pytest.mark.parametrize("data", [b"", b"{}", BODY, b"\xff" * 100])
def test_what_is_no_seal_is_told(data: bytes) -> None:
    """A file without a seal is unreadable, with what was expected."""
    with pytest.raises(Unreadable, match="is no seal"):
        opened(data)


@pytest.mark.parametrize("body", [b"[]", b"{}", SEALED, b'{\n  "seal": {\n  }\n}'])
def test_what_cannot_be_sealed_is_refused(body: bytes) -> None:
    """Only an indented object without a seal of its own."""
    with pytest.raises(ValueError, match="indented"):
        seal(body, AT, KEY)


@pytest.mark.parametrize("read", [b"98.60", b"8.50", b"98.5", b"908.50", b"98.50.", b"98.50"])
def test_one_byte_is_found_by_trying(read: bytes) -> None:
    """Another, one more, one less: the line before is found; a line too long is not tried."""
    assert mended(read, leaf(b"98.50").sha256) == b"98.50"
    assert mended(b"12", leaf(b"98.50").sha256) is None
    assert mended(b"x" * 5000, leaf(b"x" * 4999).sha256) is None


def test_pointers_of_lines() -> None:
    """Every line of the document is told by the JSON pointer of its value."""
    lines = BODY.split(b"\n")
    told = [pointer_at(lines, number) for number in range(len(lines))]
    assert told == [
        "", "/schema", "/score", "/lines", "/lines/0", "/lines/0/a~1b", "/lines/0/n", "/lines/0/n/0", "/lines/0/n/1",
        "/lines/0/n", "/lines/0", "/lines/1", "/lines/1/a~1b", "/lines/1/n", "/lines/1", "/lines", "/why", "/why/zh",
        "/why", "",
    ]  # fmt: skip
