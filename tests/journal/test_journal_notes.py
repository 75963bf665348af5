"""Keys, signed notes and checkpoints: the forms of C2SP, their published examples, and what is refused."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jixiao.journal import checkpoint, note
from jixiao.journal.checkpoint import Checkpoint
from jixiao.journal.hashing import Pair
from jixiao.journal.keys import KeyInFile, load_key, make_key, new_key, public
from jixiao.journal.words import Unreadable

VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
"""The example of C2SP signed-note: a verifier key and the note it verifies."""
KEY = KeyInFile("jixiao.example/journal", bytes(range(32)))
STATE = Checkpoint(
    "jixiao.example/journal", 1024, Pair(bytes(range(32)), bytes(range(32, 64))),
    datetime(2026, 11, 26, 8, 5, 3, 0, UTC), doors="3f" * 32
)  # fmt: skip


def test_the_published_note_is_read() -> None:
    """The example of the specification verifies, and its key is written back as it was."""
    key = public(VKEY + "\n")
    assert key.text == VKEY
    assert note.read(NOTE, [key]) == "This is an example message.\n"


@pytest.mark.parametrize("place", range(0, len(NOTE), 3))
def test_a_changed_note_is_refused(place: int) -> None:
    """Any character of the example changed makes it no note, or one that nobody known signed."""
    changed = NOTE[:place] + chr(ord(NOTE[place]) ^ 1) + NOTE[place + 1 :]
    with pytest.raises(Unreadable):
        note.read(changed, [public(VKEY)])


def test_a_signature_of_a_stranger_is_passed_over() -> None:
    """Signatures of unknown keys say nothing; a text signed by them alone is not believed."""
    stranger = new_key("witness.example")
    both = note.sign("text\n", stranger, KEY)
    assert note.read(both, [KEY.public]) == "text\n"
    with pytest.raises(note.Unsigned, match=r"witness\.example"):
        note.read(note.sign("text\n", stranger), [KEY.public])


def test_a_false_signature_of_a_known_key_spoils_the_note() -> None:
    """A known key's false signature is not outweighed by a true one."""
    other = new_key("other.example")
    right, wrong = note.sign("text\n", other, KEY), note.sign("other text\n", KEY)
    spoilt = right.replace(right.splitlines()[-1], wrong.splitlines()[-1])
    with pytest.raises(note.Unsigned, match="false"):
        note.read(spoilt, [KEY.public, other.public])


def test_a_text_may_have_empty_lines() -> None:
    """The signatures stand after the last empty line."""
    assert note.read(note.sign("a\n\nb\n", KEY), [KEY.public]) == "a\n\nb\n"


@pytest.mark.parametrize("text", ["no newline", "a\tb\n", "a\r\n"])
def test_what_cannot_be_a_note_is_not_signed(text: str) -> None:
    """A text without end of line or with control characters would not be read by others."""
    with pytest.raises(Unreadable):
        note.sign(text, KEY)


def test_a_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """A made key is loaded again, lies in a file of mode 600, and is never written over."""
    made = make_key(tmp_path / "key", "a.example/b")
    assert load_key(tmp_path / "key").public == made.public
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        make_key(tmp_path / "key", "a.example/b")


@pytest.mark.parametrize("text", ["", "a+b+c", VKEY.replace("foo", "bar"), VKEY[:-4], VKEY.replace("530d", "530D")])
def test_a_broken_key_is_refused(text: str) -> None:
    """A miscopied key is told, not taken for another one."""
    with pytest.raises(Unreadable):
        public(text)


def test_a_public_key_does_not_pass_for_a_private_one(tmp_path: Path) -> None:
    """Signing with a public key's file is refused with what a private one looks like."""
    (tmp_path / "key.pub").write_text(VKEY)
    with pytest.raises(Unreadable, match="PRIVATE"):
        load_key(tmp_path / "key.pub")


def test_a_name_with_a_space_or_plus_is_refused() -> None:
    """The name stands between spaces and pluses in every form."""
    for name in ("", "a b", "a+b", "a\u3000b"):
        with pytest.raises(Unreadable):
            new_key(name)


def test_a_checkpoint_is_written_in_this_way() -> None:
    """The text of a checkpoint, to the byte, and read back as it was."""
    text = checkpoint.write(STATE, KEY)
    assert text.split("\n\n")[0].splitlines() == [
        "jixiao.example/journal",
        "1024",
        "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
        "sm3 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "at 2026-11-26T08:05:03.000000Z",
        "doors " + "3f" * 32,
    ]
    assert checkpoint.read(text, [KEY.public]) == STATE == checkpoint.unverified(text)


@pytest.mark.parametrize(
    ("old", "new"), [("1024", "01024"), ("1024", "+1024"), ("sm3 ", "md5 "), ("doors 3", "doors X"), ("at 2", "at  2")]
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(old: str, new: str) -> None:
    """Even signed by the right key, another form of text is not read as a checkpoint."""
    text = note.read(checkpoint.write(STATE, KEY), [KEY.public])
    with pytest.raises(Unreadable):
        checkpoint.read(note.sign(text.replace(old, new, 1), KEY), [KEY.public])
