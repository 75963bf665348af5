"""`jixiao fix` as a person or a script uses it: what it prints, what it writes, what its exit code tells."""

import json
import sys
from pathlib import Path

import msgspec
import pytest

from jixiao import cli
from jixiao.form import decode_forms
from jixiao.writing.fixing.as_json import FixDocument, fix_schema

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "to-correct.json"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit code of the command."""
    monkeypatch.setattr(sys, "argv", ["jixiao", "fix", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert isinstance(left.value.code, int)
    return left.value.code


def test_the_example_is_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The page's example: three forms, two with a fault; told in 中文, the copy right, exit code 1, then 0."""
    copy = tmp_path / "right.json"
    assert run(monkeypatch, EXAMPLE, "--out", copy) == cli.ExitCode.FINDINGS
    told = capfd.readouterr().out
    assert "预算执行率：96.00 → 95.00 [比率]" in told
    assert "表 3 张：改正 4 处，无法判断 0 处。" in told
    assert [str(form.total.score) for form in decode_forms(copy.read_bytes())] == ["99.28", "99.28", "99.28"]
    assert run(monkeypatch, copy, "--out", tmp_path / "again.json") == cli.ExitCode.NOTHING
    assert not (tmp_path / "again.json").exists()


def test_what_is_printed_for_programs(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """As JSON: every correction with its field, grounds, clause and sources, and the form put right; no file."""
    assert run(monkeypatch, EXAMPLE, "--format", "json") == cli.ExitCode.FINDINGS
    told = json.loads(capfd.readouterr().out)
    (file,) = told["files"]
    score = file["forms"][0]["corrections"][1]
    assert (told["schema"], file["out"], file["forms_read"]) == ("jixiao/fix/1", None, 3)
    assert (score["pointer"], score["read"], score["corrected"]) == ("/execution/score", "9.60", "9.50")
    assert score["depends"][0] == "/execution/rate"
    assert score["clause"]["evidence"] == "practice"
    assert file["forms"][0]["form"]["execution"]["score"] == "9.50"
    assert fix_schema()["$ref"] == "#/$defs/FixDocument"
    assert msgspec.convert(told, FixDocument, strict=True).files[0].forms_read == 3


def test_in_english(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """The same in English, with nothing of it in 中文 but what is printed on forms and in clauses."""
    assert run(monkeypatch, EXAMPLE, "--lang", "en") == cli.ExitCode.FINDINGS
    told = capfd.readouterr().out
    assert "Execution rate: 96.00 → 95.00 [rate]" in told
    assert "Files 1, forms 3: corrections 4, undecided 0." in told


def test_wrong_use_and_what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """In place is refused with 3; a file that is not there gives 2 and a sentence, and no copy."""
    assert run(monkeypatch, EXAMPLE, "--out", EXAMPLE) == cli.ExitCode.WRONG_USE
    assert run(monkeypatch, tmp_path / "no.pdf", "--out", tmp_path / "copy.pdf") == cli.ExitCode.UNREADABLE
    assert "没有写出" in capfd.readouterr().out
    assert not (tmp_path / "copy.pdf").exists()
