"""The tutorial on many forms: its five commands, run as they stand in the page, on a smaller country."""

import re
import shlex
from pathlib import Path

import pytest

from acceptance.command import Command
from benchmark.nation import make

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "a-nation-of-forms.md"
FORMS = 24


def commands() -> list[list[str]]:
    """What the page tells to type."""
    blocks = re.findall(r"^```\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith(("./dev ", ".venv/bin/jixiao "))]


def test_the_five_commands_lead_from_pdfs_to_the_plot_and_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each command of the page works on what the one before it made; nothing else has to be known."""
    monkeypatch.chdir(tmp_path)
    nation, *rest = commands()
    assert nation[:2] == ["./dev", "nation"]
    assert len(rest) == 4
    assert make(Path(nation[2]), FORMS) == 12
    jixiao = Command(monkeypatch, capfd)
    said = []
    for _, *arguments in rest:
        code, out, err = jixiao.run(*arguments)
        assert (code, err) == (0, ""), arguments
        said.append(out)
    assert f"{FORMS} 张表" in said[0]
    assert f"{FORMS} 张表" in said[1]
    page = Path("out/inflation.html").read_text("utf-8")
    assert "<svg" in page
    assert len(list(Path("out/open/site/projects").rglob("*.html"))) == FORMS


def test_the_picture_of_the_page_is_there() -> None:
    """What the page shows lies beside it."""
    for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE.read_text("utf-8")):
        assert (PAGE.parent / name).stat().st_size < 400_000
