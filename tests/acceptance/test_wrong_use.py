"""Wrong use of the command line is a sentence in 中文 first, then in English, and exit code 3."""

import sys

import pytest

from jixiao import cli


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["write", "x.json"], "缺少 --layout。", "Missing option '--layout'"),
        (
            ["write", "x.json", "--format", "doc"],
            "--format 的值不对：应为 pdf、docx、xlsx、html、ofd 之一。",
            "is not one of",
        ),
        (["write", "--rows", "99"], "--rows 的值不对：应为 1 到 50 的整数。", "not in the range"),
        (["corpus", "peers", "x", "--least", "0"], "--least 的值不对：应为 3 以上的整数。", "not in the range"),
        (["write", "--on", "2026-13-40"], "--on 的值不对：应为年-月-日，如 2026-03-04。", "does not match"),
        (
            ["write", "--fonts", "no such"],
            "--fonts 的值不对：没有这个文件或文件夹，没有读取权限，或种类不对。",
            "does not exist",
        ),
        (["write", "--no-such"], "没有选项 --no-such。", "No such option"),
        (["write", "--out"], "选项 --out 后面要有一个值。", "requires an argument"),
        (["writ"], "命令写得不对。", "No such command"),
    ],
)
def test_wrong_use_is_said_in_both_languages(
    words: list[str], zh: str, en: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing, unknown or of a wrong value is named with what is right; the 中文 stands first."""
    monkeypatch.setattr(sys, "argv", ["jixiao", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr().err
    assert left.value.code == 3
    assert said.startswith(zh)
    assert en in said


def test_what_we_say_ourselves_is_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence of ours has both languages and gets no other above it."""
    monkeypatch.setattr(sys, "argv", ["jixiao", "write", "--layout", "shanghai", "--out", "x.pdf"])
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err.startswith("Usage")
