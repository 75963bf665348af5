"""The rule lab as a person uses it."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from jixiao import cli
from jixiao.form import encode, to_wire
from oracle.truth import truth_forms

HOUSE = Path(__file__).resolve().parents[2]
SEED = HOUSE / "examples" / "shanghai-2024.txt"


def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of `jixiao whatif` with these arguments."""
    monkeypatch.setattr(sys, "argv", ["jixiao", "whatif", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capfd.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, out, err


def test_the_initial_budget_as_base(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Over the initial budget all seven totals fall; the claims stay as printed."""
    code, out, _ = run(monkeypatch, capfd, SEED, "--base", "initial", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert code == cli.ExitCode.NOTHING
    assert {row["direction"] for row in rows} == {"down"}
    assert {row["claimed_score"] for row in rows} == {row["before_score"] for row in rows} == {"100.00"}
    assert rows[0]["after_score"] == "90.10"


def test_caps_on_the_initial_budget(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Under the book of execution caps, over the initial budget, seven 优 become five of 59, one 69 and one 79."""
    code, out, _ = run(monkeypatch, capfd, SEED, "--rulebook", "cn-platform", "--base", "initial", "--format", "json")
    found = json.loads(out)
    assert code == cli.ExitCode.NOTHING
    assert found["before"]["grades"] == {"优": 7}
    assert found["after"]["grades"] == {"中": 2, "差": 5}
    by_form = sorted((form["number"], form["after"]["score"]) for form in found["forms"])
    assert [score for _, score in by_form] == ["59.00", "69.00", "79.00", "59.00", "59.00", "59.00", "59.00"]


def test_a_parameter_can_be_set(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """A threshold that only decides what is asked moves no total, and the questions that go are counted."""
    code, out, _ = run(monkeypatch, capfd, SEED, "--set", "adjustment_threshold=95", "--format", "json")
    found = json.loads(out)
    assert code == cli.ExitCode.NOTHING
    assert found["directions"] == {"same": 7}
    assert {"code": "JX204", "before": 7, "after": 3} in found["questions"]
    assert found["changes"][0]["after"] == "95"


def test_forms_as_data_move_as_the_document_does(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What `read --format json` wrote is tried like the document itself, form by form, named or in its folder."""
    monkeypatch.setattr(sys, "argv", ["jixiao", "read", str(SEED), "--format", "json"])
    with pytest.raises(SystemExit):
        cli.main()
    (tmp_path / "forms.json").write_text(capfd.readouterr().out, encoding="utf-8")
    tables = [
        list(csv.DictReader(io.StringIO(run(monkeypatch, capfd, path, "--base", "initial", "--format", "csv")[1])))
        for path in (SEED, tmp_path / "forms.json", tmp_path)
    ]
    named = [[(row["number"], row["project"], row["after_score"]) for row in table] for table in tables]
    assert named[0] == named[1] == named[2]
    assert len(named[0]) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to try"),
        (["--rulebook", "cn-atlantis"], "no rulebook cn-atlantis"),
        (["--against", "cn-atlantis", "--base", "initial"], "no rulebook cn-atlantis"),
        (["--set", "over_completion"], "sets no parameter"),
        (["--set", "=3"], "sets no parameter"),
        (["--set", "no_such_thing=3"], "no such parameter"),
        (["--set", "over_completion=many"], "over_completion"),
        (["--set", "places=99"], "places"),
        (["--set", "rate_first=3"], "rate_first"),
    ],
)
def test_wrong_use_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """What cannot be tried is said before any file is read, in both languages, with exit code 3."""
    code, out, err = run(monkeypatch, capfd, SEED, *arguments)
    assert code == cli.ExitCode.WRONG_USE
    assert said in err
    assert not out


def test_a_form_at_fault_leaves_the_others_their_numbers(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Of three forms as data the second is no form; the others are told as the first and the third of the file."""
    wire = to_wire(truth_forms()[0])
    (tmp_path / "forms.json").write_bytes(encode([wire, wire | {"grades": "优"}, wire]))
    code, out, _ = run(monkeypatch, capfd, tmp_path / "forms.json", "--base", "initial", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert code == cli.ExitCode.UNREADABLE
    assert [row["number"] for row in rows] == ["1", "3"]


def test_a_file_that_cannot_be_read_is_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The rest is tried; the file stands at the end, and the exit code says so."""
    (tmp_path / "empty.pdf").write_bytes(b"")
    code, out, _ = run(monkeypatch, capfd, SEED, tmp_path, "--base", "initial", "--lang", "en")
    assert code == cli.ExitCode.UNREADABLE
    assert "Not read:" in out
    assert "7 forms: 7 totals fall" in out
