"""`jixiao letter` as a person or a script uses it."""

import json
from pathlib import Path

import pytest

from acceptance.command import Command as Runs
from jixiao import cli
from jixiao.form import encode_forms
from writing.letter_samples import LONG_WAY, forms

SEED = Path(__file__).resolve().parents[2] / "examples" / "shanghai-2024.txt"


class Command(Runs):
    """The command, called with its arguments."""

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Run with these arguments; exit code, stdout, stderr."""
        return self.run(*arguments)


@pytest.fixture
def jixiao(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command."""
    return Command(monkeypatch, capfd)


def test_letter_on_the_seed(jixiao: Command, tmp_path: Path) -> None:
    """The seed's unit gets a letter on seven forms in which nothing is to be corrected and much is asked."""
    out = tmp_path / "letters"
    code, printed, _ = jixiao(
        "letter", SEED, "--out", out, "--format", "text", "--format", "json", "--on", "2025-06-01",
        "--reply-by", "2025-06-30", "--from", "某某财政局", "--number", "财绩函〔2025〕9号",
    )  # fmt: skip
    assert code == cli.ExitCode.FINDINGS
    assert printed.count("自评表 7 张") == 2
    text, data = sorted(out.iterdir(), key=lambda path: path.suffix, reverse=True)
    held = json.loads(data.read_bytes())
    assert held["counts"]["forms"] == 7
    assert held["counts"]["correct"] == 0
    assert held["counts"]["ask"] >= 38
    written = text.read_text(encoding="utf-8")
    for word in ("财绩函〔2025〕9号", "2025年6月30日", "某某财政局", "3570.50万元"):
        assert word in written


def test_options_of_a_letter(jixiao: Command, tmp_path: Path) -> None:
    """A folder of data, one unit, in English, with last year's forms; a file that is none gives exit code 2."""
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "2024.json").write_bytes(encode_forms(forms()))
    (folder / "none.json").write_bytes(b"[1]")
    last = tmp_path / "2023.json"
    last.write_bytes(encode_forms(forms()[:1]))
    code, printed, err = jixiao(
        "letter", folder, "--out", tmp_path / "out", "--unit", LONG_WAY, "--lang", "en", "--last-year", last, "--trial"
    )
    assert code == cli.ExitCode.UNREADABLE
    assert "none.json" in err
    assert f"{LONG_WAY}, forms 4" in printed
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == f"{LONG_WAY}-review-letter.docx"


def test_summary_and_wrong_use(jixiao: Command, tmp_path: Path) -> None:
    """A summary on request; wrong use is told with exit code 3 before anything is read, and leaves nothing."""
    data = tmp_path / "2024.json"
    data.write_bytes(encode_forms(forms()[1:2]))
    code, printed, _ = jixiao("letter", data, "--kind", "summary", "--out", tmp_path / "out")
    assert code in (cli.ExitCode.NOTHING, cli.ExitCode.FINDINGS)
    assert "某某局-自评情况报告.docx" in printed
    for wrong in (
        ("--out", tmp_path / "no" / "out"),
        ("--out", tmp_path / "new", "--on", "2025-06-01", "--reply-by", "2025-05-01"),
        ("--out", tmp_path / "new", "--unit", "无此单位"),
    ):
        assert jixiao("letter", data, *wrong)[0] == cli.ExitCode.WRONG_USE
    assert not (tmp_path / "new").exists()
    for name in ("letter", "summary"):
        code, printed, _ = jixiao("explain", f"jixiao/{name}/1")
        assert code == cli.ExitCode.NOTHING
        assert "#/$defs/" in json.loads(printed)["$ref"]
