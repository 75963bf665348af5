"""The stand-alone verifier: an honest log is believed, tampering is told, and what cannot be shown is said."""

import json
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.journal.exporting import write_log
from jixiao.journal.line import decode
from jixiao.journal.opening import in_memory, open_log
from jixiao.journal.statements import Anchor
from jixiao.journal.verdict import Fault
from jixiao.journal.verifying import verify_log
from jixiao.journal.words import Unreadable
from journal.logs import KEY, Made, clean, dice_of
from journal.tampering import WAYS, whole


@pytest.mark.parametrize("seed", range(100))
def test_an_honest_log_is_believed(seed: int) -> None:
    """No alarm on logs of any length, with removed events, renewed keys, anchors old and new."""
    made = clean(dice_of(seed))
    verdict = verify_log(*made.given())
    assert verdict.faults == []
    assert verdict.lines == len(made.lines)


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("seed", range(5))
def test_every_way_of_tampering_is_told(name: str, seed: int) -> None:
    """What was done to the log is among what the verifier says, and each sentence is whole in both languages."""
    dice = dice_of(f"{name} {seed}")
    tamper, codes = WAYS[name]
    made = whole(dice)
    assert verify_log(*made.given()).sound
    tamper(made, dice)
    faults = verify_log(*made.given()).faults
    assert codes & {fault.code for fault in faults}
    assert all(fault.text("zh") and fault.text("en") for fault in faults)


def made_of(size: int) -> Made:
    """A log of so many lines with checkpoints at 2 and at the end."""
    made = whole(dice_of(1), size)
    del made.lines[size:]
    made.stops = [2, size]
    made.sign()
    return made


def first(made: Made, *anchors: str) -> Fault:
    """The first fault that is told."""
    return verify_log(made.log, made.trusted, [Anchor("anchor", text) for text in anchors]).faults[0]


def test_a_changed_line_is_told_between_two_checkpoints() -> None:
    """The fault names the lines between which it must be, both roots and the checkpoint that signed another."""
    made = made_of(6)
    made.lines[3] = made.lines[3].replace(b"filing/", b"filinh/").replace(b"/1/2/", b"/1/3/")
    fault = first(made)
    assert (fault.code, fault.file, fault.line) == ("changed", "events.jsonl", 3)
    assert "第 3 至 6 行" in fault.read.zh
    assert "between lines 3 and 6" in fault.read.en
    assert "checkpoints.txt" in fault.expected.en
    assert fault.text("zh").startswith("events.jsonl 第 3 行：读到：")


def test_a_missing_line_is_told_where_it_is_missing() -> None:
    """The next line says a later place."""
    made = made_of(6)
    del made.lines[3]
    fault = first(made)
    assert (fault.code, fault.line, fault.read.en) == ("out_of_place", 4, "place 4 (lines before it are missing)")


def test_a_log_behind_its_anchor_is_told() -> None:
    """An old backup agrees with itself; only what was kept elsewhere shows that the log was longer."""
    made = made_of(6)
    later = made.notes[-1]
    del made.lines[4:]
    made.stops = [2, 4]
    made.sign()
    assert verify_log(made.log, made.trusted).sound
    fault = first(made, later)
    assert (fault.code, fault.line) == ("behind", 4)
    assert "旧的备份" in fault.act.zh
    assert "exported before that checkpoint" in fault.act.en  # an honest older export looks the same


def test_without_key_and_anchor_it_says_what_it_cannot_show() -> None:
    """Each thing missing is a sentence; with both there is none, with an older anchor one for the lines after it."""
    made = made_of(6)
    told = [words.en for words in verify_log(made.log).unshown]
    assert ["--key" in told[0], "--anchor" in told[1], len(told)] == [True, True, 2]
    assert verify_log(made.log, made.trusted, [Anchor("a", made.notes[-1])]).unshown == []
    (older,) = verify_log(made.log, made.trusted, [Anchor("a", made.notes[0])]).unshown
    assert "3–6" in older.zh


def test_a_log_rewritten_with_a_new_key_passes_only_without_a_key() -> None:
    """This is what the sentence about the key means: with it the same log is refused."""
    tamper, _ = WAYS["swap_key"]
    made = whole(dice_of(3))
    tamper(made, dice_of(3))
    assert verify_log(made.log).sound
    assert {fault.code for fault in verify_log(made.log, [KEY.public]).faults} >= {"key_swapped", "key_unknown"}


@pytest.mark.parametrize("which", ["sm3", "sha256"])
def test_both_roots_are_compared(which: str) -> None:
    """A checkpoint whose root is right under one hash only is a fault."""
    from jixiao.journal import checkpoint

    made = made_of(4)
    state = checkpoint.read(made.notes[-1], [KEY.public])
    false = replace(state, root=state.root._replace(**{which: bytes(32)}))
    made.notes[-1] = checkpoint.write(false, KEY)
    assert first(made).code == "changed"


@pytest.mark.parametrize("name", ["log", "log.zip"])
def test_what_is_exported_is_verified(name: str, tmp_path: Path) -> None:
    """A log written as folder and as zip is read back line by line, and verifies."""
    made = made_of(6)
    target = tmp_path / name
    assert write_log((decode(line) for line in made.lines), made.notes, made.shown, target) == 6
    log = open_log(target)
    assert [line.rstrip(b"\n") for line in log.lines()] == made.lines
    verdict = verify_log(log, made.trusted)
    assert (verdict.sound, verdict.lines, verdict.checkpoints, verdict.doors) == (True, 6, 2, 1)
    with pytest.raises(FileExistsError):
        write_log([], [], [], target)


@pytest.mark.parametrize("name", ["log", "log.zip"])
def test_an_export_that_fails_leaves_nothing(name: str, tmp_path: Path) -> None:
    """Half a log would look like one that was cut off."""
    with pytest.raises(ZeroDivisionError):
        write_log((1 // 0 for _ in range(1)), [], [], tmp_path / name)  # type: ignore[misc]
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_log_is_told(tmp_path: Path) -> None:
    """A missing file, a folder without events, a broken zip, two logs in a zip: unreadable, with what was expected."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 but no more")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for folder in "ab":
            archive.writestr(f"{folder}/events.jsonl", b"")
    for name, words in (
        ("no", "no"),
        ("empty", "events.jsonl"),
        ("broken.zip", "no whole .zip"),
        ("two.zip", "2 parts"),
    ):
        with pytest.raises(Unreadable, match=words):
            open_log(tmp_path / name)


def test_a_zip_that_breaks_off_is_unreadable(tmp_path: Path) -> None:
    """Damage of the file is not called tampering: exit 2, not 1."""
    made = made_of(6)
    target = tmp_path / "log.zip"
    write_log((decode(line) for line in made.lines), made.notes, made.shown, target)
    data = bytearray(target.read_bytes())
    data[60:90] = bytes(30)
    target.write_bytes(data)
    with pytest.raises(Unreadable):
        verify_log(open_log(target))


def test_a_line_without_end_is_not_read_into_memory() -> None:
    """A line longer than any event stops the reading."""
    with pytest.raises(Unreadable, match="bytes"):
        verify_log(in_memory(b"x" * (4 * 1024 * 1024 + 2), "", KEY.public.text))


def test_a_bomb_of_checkpoints_is_not_unpacked_into_faults(tmp_path: Path) -> None:
    """A zip of a kilobyte with millions of broken checkpoints: twenty are told, and few megabytes are needed."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.jsonl", b"")
        archive.writestr("key.pub", KEY.public.text + "\n")
        archive.writestr("checkpoints.txt", b"---\n" * 1_000_000)
    tracemalloc.start()
    verdict = verify_log(open_log(tmp_path / "bomb.zip"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [fault.code for fault in verdict.faults] == ["checkpoint_unreadable"] * 20 + ["no_checkpoint"]
    assert peak < 40_000_000


def test_more_keys_than_any_office_has_are_refused(tmp_path: Path) -> None:
    """A megabyte of keys is read, no more."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.jsonl", b"")
        archive.writestr("checkpoints.txt", b"")
        archive.writestr("key.pub", b"\n" * (1024 * 1024 + 1))
    with pytest.raises(Unreadable, match="1048576"):
        open_log(tmp_path / "bomb.zip")


def test_a_removal_that_tells_nothing_covers_nothing() -> None:
    """An event of removal whose details are broken allows no removal."""
    tamper, _ = WAYS["remove_early"]
    made = whole(dice_of(5))
    tamper(made, dice_of(5))
    *lines, last = made.lines
    for details in ("{}", "[]", "nonsense", '{"until":"x"}', '{"until":null}', '{"until":Infinity}', "[" * 100_000):
        text = json.loads(last)
        made.lines = [*lines, last.replace(json.dumps(text["details"]).encode(), json.dumps(details).encode())]
        codes = [fault.code for fault in verify_log(made.log).faults]
        assert "removed_unrecorded" in codes


def test_lines_signed_twice_are_named_in_order() -> None:
    """Where the log's own checkpoint fits and one kept elsewhere does not, the lines told run from first to last."""
    other, made = made_of(6), made_of(6)
    other.lines[3] = other.lines[3].replace(b"filing/", b"filinh/")
    other.sign()
    verdict = verify_log(made.log, made.trusted, [Anchor("anchor", other.notes[-1])])
    fault = next(each for each in verdict.faults if each.code == "forked")
    assert (fault.line, fault.read.en.startswith("something between lines 1 and 6 ")) == (1, True)
