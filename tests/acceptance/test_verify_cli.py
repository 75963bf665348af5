"""`jixiao verify` and `jixiao seal` as an auditor uses them: on a log, the proof of an event, a sealed verdict."""

import json
from pathlib import Path

import pytest

from acceptance.command import Command as Runs
from jixiao import cli
from jixiao.journal.exporting import write_log
from jixiao.journal.hashing import leaf
from jixiao.journal.line import decode
from jixiao.journal.proof import Proof
from jixiao.journal.proof import write as write_proof
from jixiao.journal.tree import inclusion, root
from journal.logs import KEY, OTHER, Made, dice_of
from journal.tampering import whole


class Command(Runs):
    """The command, called to verify."""

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Verify with these arguments; exit code, stdout, stderr."""
        return self.run("verify", *arguments)


@pytest.fixture
def verify(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command."""
    return Command(monkeypatch, capfd)


@pytest.fixture
def made() -> Made:
    """A log in memory."""
    return whole(dice_of("verify"), 6)


def written(made: Made, target: Path) -> Path:
    """The log as exported."""
    write_log((decode(line) for line in made.lines), made.notes, made.shown, target)
    return target


def test_a_sound_log(verify: Command, made: Made, tmp_path: Path) -> None:
    """With key and anchor: exit 0, both roots, and nothing that could not be shown."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "checkpoints-2026-01-01.txt").write_text(made.notes[0] + "---\n" + made.notes[-1])
    log = written(made, tmp_path / "log.zip")
    code, out, _ = verify(log, "--key", KEY.public.text, "--anchor", tmp_path / "kept")
    assert code == cli.ExitCode.NOTHING
    assert "核验通过" in out
    assert "不能证明" not in out
    assert f"{len(made.lines)} 行" in out


def test_without_key_and_anchor_it_says_so(verify: Command, made: Made, tmp_path: Path) -> None:
    """The log alone is sound, and the report says what that does not show, in either language."""
    log = written(made, tmp_path / "log")
    code, out, _ = verify(log, "--lang", "en")
    assert code == cli.ExitCode.NOTHING
    assert "could not show" in out
    assert "--key" in out
    assert "--anchor" in out


def test_a_tampered_log(verify: Command, made: Made, tmp_path: Path) -> None:
    """Exit 1; as data: the first fault with file, line, what was read, what was expected, what to do."""
    log = written(made, tmp_path / "log")
    events = log / "events.jsonl"
    lines = events.read_bytes().splitlines(keepends=True)
    events.write_bytes(b"".join(lines[:2] + lines[3:]))
    (tmp_path / "key.pub").write_text(KEY.public.text + "\n")
    code, out, _ = verify(log, "--key", tmp_path / "key.pub", "--format", "json")
    held = json.loads(out)
    assert code == cli.ExitCode.FINDINGS
    assert (held["schema"], held["sound"]) == ("jixiao/verify/1", False)
    first = held["faults"][0]
    assert (first["code"], first["file"], first["line"]) == ("out_of_place", "events.jsonl", 3)
    assert all(first[name]["zh"] and first[name]["en"] for name in ("read", "expected", "act"))
    code, out, _ = verify(log)
    assert code == cli.ExitCode.FINDINGS
    assert "核验不通过" in out
    assert "events.jsonl 第 3 行" in out


def test_an_older_export_is_an_anchor(verify: Command, made: Made, tmp_path: Path) -> None:
    """Yesterday's export shows that today's log was put back to an older state."""
    before = written(made, tmp_path / "before.zip")
    del made.lines[3:]
    made.stops = [3]
    made.sign()
    code, out, _ = verify(written(made, tmp_path / "after"), "--key", KEY.public.text, "--anchor", before)
    assert code == cli.ExitCode.FINDINGS
    assert "旧的备份" in out


def test_a_swapped_key(verify: Command, made: Made, tmp_path: Path) -> None:
    """A log that is sound under its own key is refused under the one that was known."""
    made.sign(OTHER)
    made.shown = [OTHER.public]
    log = written(made, tmp_path / "log")
    assert verify(log)[0] == cli.ExitCode.NOTHING
    code, out, _ = verify(log, "--key", KEY.public.text)
    assert code == cli.ExitCode.FINDINGS
    assert "密钥被换过" in out


def test_what_cannot_be_read(verify: Command, made: Made, tmp_path: Path) -> None:
    """No log: exit 2. A key or an anchor that is none: wrong use, exit 3, with what was expected."""
    code, _, err = verify(tmp_path / "nothing", "--lang", "en")
    assert (code, "is not there" in err) == (cli.ExitCode.UNREADABLE, True)
    log = written(made, tmp_path / "log")
    (tmp_path / "empty").mkdir()
    for wrong in (["--key", "nonsense"], ["--anchor", tmp_path / "nowhere"], ["--anchor", tmp_path / "empty"]):
        code, _, err = verify(log, *wrong)
        assert (code, str(wrong[0]) in err) == (cli.ExitCode.WRONG_USE, True)


def test_a_key_or_an_anchor_with_nothing_in_it(verify: Command, made: Made, tmp_path: Path) -> None:
    """An empty key or anchor is wrong use: a sound report would look as if it had been held against it."""
    log = written(made, tmp_path / "log")
    (tmp_path / "empty").write_text("\n")
    for option in ("--key", "--anchor"):
        code, out, err = verify(log, option, tmp_path / "empty")
        assert (code, out, option in err) == (cli.ExitCode.WRONG_USE, "", True)


def test_half_a_zip(verify: Command, made: Made, tmp_path: Path) -> None:
    """A copy that broke off is told as that, not as a seal without signature; a name that is not there likewise."""
    log = written(made, tmp_path / "log.zip")
    log.write_bytes(log.read_bytes()[:200])
    code, _, err = verify(log)
    assert (code, ".zip" in err, "签封" in err) == (cli.ExitCode.UNREADABLE, True, False)
    code, _, err = verify(tmp_path / "nowhere.json")
    assert (code, "nowhere.json 不存在" in err, "Errno" in err) == (cli.ExitCode.UNREADABLE, True, False)


SEED = Path(__file__).resolve().parents[2] / "examples" / "shanghai-2024.txt"


def test_seal_and_verify(verify: Command, tmp_path: Path) -> None:
    """The seed sealed, its key made and told, and verified with that key; a changed digit is exit 1, named."""
    out, key = tmp_path / "seed.seal.json", tmp_path / "seal.key"
    code, printed, told = verify.run("seal", SEED, "--out", out, "--key", key)
    assert (code, str(key) in told) == (cli.ExitCode.NOTHING, True), told
    text = printed.partition("公钥 ")[2].strip()
    code, printed, _ = verify(out, "--key", text)
    assert code == cli.ExitCode.NOTHING
    assert "自评表 7 张已重算" in printed
    code, again, told = verify.run("seal", SEED, "--out", out, "--key", key)
    assert (code, told, again.partition("公钥 ")[2].strip()) == (cli.ExitCode.NOTHING, "", text)
    data = out.read_bytes()
    at = data.index(b'"score": "', data.index(b'"computed"')) + len(b'"score": "')
    out.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    code, printed, _ = verify(out, "--key", text, "--format", "json")
    held = json.loads(printed)
    assert code == cli.ExitCode.FINDINGS
    assert held["faults"][0]["line"] == data.count(b"\n", 0, at) + 1
    assert "/verdicts/0/computed/score" in held["faults"][0]["read"]["zh"]
    assert held["log"] is None
    assert held["seal"]["key"] == text


def test_what_cannot_be_sealed(verify: Command, tmp_path: Path) -> None:
    """Over the form itself: wrong use. A file without a form: unreadable, as everywhere. Nothing is written."""
    code, _, _ = verify.run("seal", SEED, "--out", SEED, "--key", tmp_path / "k")
    assert code == cli.ExitCode.WRONG_USE
    (tmp_path / "x.txt").write_text("nothing")
    code, _, err = verify.run("seal", tmp_path / "x.txt", "--out", tmp_path / "out.json", "--key", tmp_path / "k")
    assert (code, err.count("x.txt")) == (cli.ExitCode.UNREADABLE, 1)
    assert not (tmp_path / "out.json").exists()


def test_the_proof_of_one_event(verify: Command, made: Made, tmp_path: Path) -> None:
    """A proof shows its event under the log's key; with a word changed it shows nothing; anchors are for logs."""
    leaves = [leaf(line) for line in made.lines]
    path = inclusion(1, len(leaves), lambda level, number: root(leaves[number << level : number + 1 << level]))
    proof = Proof(made.lines[1], tuple(path), made.notes[-1], (KEY.public,))
    file = tmp_path / "event.json"
    file.write_text(write_proof(proof), encoding="utf-8")
    code, printed, _ = verify(file, "--key", KEY.public.text)
    assert code == cli.ExitCode.NOTHING
    assert "第 2 条" in printed
    assert verify(file, "--lang", "en")[1].count("--key") == 1
    file.write_text(write_proof(proof).replace("/1/2/", "/1/3/"), encoding="utf-8")
    code, printed, _ = verify(file, "--format", "json")
    assert (code, json.loads(printed)["faults"][0]["code"]) == (cli.ExitCode.FINDINGS, "event_disproved")
    (tmp_path / "a.txt").write_text(made.notes[-1])
    assert verify(file, "--anchor", tmp_path / "a.txt")[0] == cli.ExitCode.WRONG_USE
