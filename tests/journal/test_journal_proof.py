"""Proofs of events as files: read strictly, verified by themselves."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from jixiao.cli import jixiao
from jixiao.journal import checkpoint as signed
from jixiao.journal import tree
from jixiao.journal.hashing import leaf
from jixiao.journal.keys import new_key
from jixiao.journal.line import Entry, encode
from jixiao.journal.note import Unsigned
from jixiao.journal.proof import Disproved, Proof, read, verify, write
from jixiao.journal.words import Unreadable

AT = datetime(2026, 11, 26, tzinfo=UTC)
KEY = new_key("office")
LINES = [
    encode(Entry(place, place + 1, AT, None, "", "filing.saved", f"filing/{place}", "/1/", "{}", ""))
    for place in range(11)
]  # fmt: skip


def proof(place: int, size: int = 11) -> Proof:
    """The proof of a line in a log of eleven."""
    leaves = [leaf(line) for line in LINES[:size]]
    path = tree.inclusion(place, size, lambda level, number: tree.root(leaves[number << level : number + 1 << level]))
    note = signed.write(signed.Checkpoint("office", size, tree.root(leaves), AT), KEY)
    return Proof(LINES[place], tuple(path), note, (KEY.public,))


@pytest.mark.parametrize("place", range(11))
def test_every_line_is_proved(place: int) -> None:
    """Written, read back and verified, with the trusted key and with the one it brings along."""
    made = read(write(proof(place)))
    assert made == proof(place)
    assert verify(made, [KEY.public]).event.place == place
    assert verify(made).checkpoint.size == 11


def test_another_line_place_path_or_key_is_not() -> None:
    """A line of the same log, a shorter path, a path turned round, a stranger's key: each is refused."""
    whole = proof(4)
    for false in (
        Proof(LINES[5], whole.path, whole.checkpoint, whole.keys),
        Proof(whole.line, whole.path[:-1], whole.checkpoint, whole.keys),
        Proof(whole.line, whole.path[::-1], whole.checkpoint, whole.keys),
        Proof(whole.line, whole.path, proof(4, 10).checkpoint, whole.keys),
    ):
        with pytest.raises(Disproved):
            verify(false)
    with pytest.raises(Unsigned):
        verify(whole, [new_key("office").public])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"contract": "jixiao/journal-proof/2"}', "[" * 100_000]
    + [write(proof(3)).replace(*change) for change in (
        ('"sm3": [', '"sm3": [1,'), ('"sha256": [', '"sha256": ["00",'), ('"keys": [', '"keys": [null,'),
        ('"line": "', '"line": "x'), ('"checkpoint": "office', '"checkpoint": "'),
        ('"keys": [\n  "office', '"keys": ["'), ('"keys": [\n  "office', '"keys": [\n  "\\ud800'),
        ('"line": "', '"line": "\\ud800'), ('"checkpoint": "office', '"checkpoint": "office\\ud800'),
    )],
)  # fmt: skip
def test_what_is_no_proof_is_told(text: str) -> None:
    """Whatever is missing or written otherwise: a sentence, never a trace of the program."""
    with pytest.raises(Unreadable):
        verify(read(text))


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (("", ""), 0, "第 5 条在 office"),
        (("filing/4", "filing/9"), 1, "第 5 条不在签名的日志"),
        (("— office ", "— office A"), 2, ""),
        (('"contract": "jixiao', '"contract": "other'), 2, "不是事件的证明"),
    ],
)
def test_the_command_tells_a_proof_from_a_false_one(
    change: tuple[str, str], code: int, told: str, tmp_path: Path
) -> None:
    """0 for what is proved, 1 for what was changed, 2 for what is no proof."""
    (tmp_path / "proof.json").write_text(write(proof(4)).replace(*change), encoding="utf-8")
    words = ["verify", str(tmp_path / "proof.json"), "--key", KEY.public.text]
    done = CliRunner().invoke(jixiao, words, standalone_mode=False)
    assert done.return_value == code, done.output
    assert told in done.output


def test_without_a_key_the_command_says_what_it_does_not_show(tmp_path: Path) -> None:
    """A proof that brings its own key along only agrees with itself."""
    (tmp_path / "proof.json").write_text(write(proof(0)), encoding="utf-8")
    done = CliRunner().invoke(jixiao, ["verify", str(tmp_path / "proof.json"), "--lang", "en"], standalone_mode=False)
    assert "No key was given" in done.output


STEERING = "\x1b[2J\u202e\x9b2K"
"""Clears the screen, turns the writing, clears the line."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", [1, 2])
def test_a_strangers_file_cannot_steer_the_terminal(code: int, language: str, tmp_path: Path) -> None:
    """What would clear the screen or turn the writing is printed as letters, in faults and in errors."""
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "events.jsonl").write_text(f"{STEERING}Sound: it is what was signed.\n", encoding="utf-8")
    (folder / "checkpoints.txt").write_text("", encoding="utf-8")
    (folder / "key.pub").write_text(KEY.public.text + "\n", encoding="utf-8")
    proof_file = tmp_path / "proof.json"
    proof_file.write_text(
        write(proof(4)).replace('"line": "', '"line": "' + json.dumps(STEERING)[1:-1]), encoding="utf-8"
    )
    path = folder if code == 1 else proof_file
    done = CliRunner().invoke(jixiao, ["verify", str(path), "--lang", language], standalone_mode=False)
    assert done.return_value == code, done.output
    assert not set(STEERING) - set("[2JK") & set(done.output)
    assert "\\u001b[2J\\u202e\\u009b2K" in done.output
