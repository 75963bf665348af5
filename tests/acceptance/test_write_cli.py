"""`jixiao write`: forms in a published layout as files; what goes wrong is a sentence and leaves no half file."""

import json
import os
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from jixiao import cli
from jixiao.form import Form, decode_forms, encode_forms
from jixiao.reading.parse import parse_bytes
from roundtrip.read_back import differences

SEED = Path(__file__).parents[2] / "examples" / "shanghai-2024.txt"
KINDS = ("pdf", "docx", "xlsx", "html", "ofd")


@pytest.fixture(scope="module")
def seed() -> tuple[Form, ...]:
    """The seven forms of the seed, without the reader's remarks."""
    forms = parse_bytes(SEED.read_bytes(), SEED.name)
    return tuple(replace(form, places={}, problems=()) for form in forms)


@pytest.fixture
def forms_json(seed: tuple[Form, ...], tmp_path: Path) -> Path:
    """The seed as `jixiao read --format json` prints it."""
    path = tmp_path / "forms.json"
    path.write_bytes(encode_forms(seed))
    return path


def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run the command; its exit code and what it says on stderr."""
    monkeypatch.setattr(sys, "argv", ["jixiao", "write", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0), capfd.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_the_seed_comes_back(
    kind: str, seed: tuple[Form, ...], forms_json: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The seed's forms, written in the layout they came in, read back without a difference."""
    out = forms_json.with_name(f"back.{kind}")
    assert run(monkeypatch, capfd, forms_json, "--layout", "shanghai", "--out", out) == (0, "")
    got = parse_bytes(out.read_bytes(), out.name)
    assert [differences(*pair) for pair in zip(seed, got, strict=True)] == [[]] * len(seed)


def test_a_file_of_several_forms_is_called_what_they_are(
    forms_json: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The title of a file of seven forms is the layout's, not the first project's name."""
    out = forms_json.with_name("seven.html")
    run(monkeypatch, capfd, forms_json, "--layout", "shanghai", "--out", out)
    assert "<title>财政项目支出绩效自评表</title>" in out.read_text(encoding="utf-8")


def test_each_form_in_a_file_of_its_own(
    forms_json: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With --separate a folder is made, with a file for each form, named after its number and project."""
    out = forms_json.with_name("each")
    code, _ = run(
        monkeypatch, capfd, forms_json, "--layout", "shanghai", "--format", "xlsx", "--separate", "--out", out
    )
    names = sorted(path.name for path in out.iterdir())
    assert (code, names[0], len(names)) == (0, "001-科技金融.xlsx", 7)


def test_names_of_files_are_safe_on_every_system(
    seed: tuple[Form, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A project's name that holds a path, letters nobody sees or more than a name may be long, stays in its folder."""
    names = ("../../甲", "乙\u202egpj", "丙" * 300)
    some = [replace(seed[0], project=replace(seed[0].project, name=name)) for name in names]
    (tmp_path / "forms.json").write_bytes(encode_forms(some))
    given = (
        tmp_path / "forms.json",
        "--layout",
        "shanghai",
        "--format",
        "xlsx",
        "--separate",
        "--out",
        tmp_path / "each",
    )
    assert run(monkeypatch, capfd, *given)[0] == 0
    made = sorted(path.name for path in (tmp_path / "each").iterdir())
    assert [name[:4] for name in made] == ["001-", "002-", "003-"]
    assert all(name.isprintable() and len(name.encode()) < 200 and "/" not in name for name in made)


def test_a_blank_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """--blank needs no forms and writes one empty form."""
    out = tmp_path / "blank.docx"
    assert run(monkeypatch, capfd, "--blank", "--layout", "ministry", "--out", out) == (0, "")
    assert out.read_bytes().startswith(b"PK")


def test_what_has_no_cell_is_said(
    forms_json: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Fields that the layout has no cell for are named on stderr with form and content; the exit code tells it."""
    out = forms_json.with_name("hubei.html")
    code, said = run(monkeypatch, capfd, forms_json, "--layout", "hubei", "--out", out)
    assert code == cli.ExitCode.FINDINGS
    assert "第 1 张表：此版式没有“年度资金总额 · 年初预算数”栏，未印出：130.00" in said
    assert "另有" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--layout", "nowhere", "--out", "a.pdf"], "shanghai（上海市级）"),
        (["--layout", "beijing", "--out", "a.pdf"], "只能读取，不能写出"),
        (["--layout", "shanghai", "--out", "a.doc"], "看不出要什么格式"),
        (["--layout", "shanghai", "--out", "a.pdf", "--format", "docx"], "请改成一致"),
        (["--layout", "shanghai", "--out", "missing/a.pdf"], "不存在"),
        (["--layout", "shanghai", "--blank", "--out", "a.pdf"], "--blank"),
    ],
)
def test_wrong_use_is_a_sentence(
    arguments: list[str], says: str, forms_json: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """An unknown layout, a format nobody named, a folder that is not there: said, and nothing is written."""
    monkeypatch.chdir(forms_json.parent)
    code, said = run(monkeypatch, capfd, forms_json, *arguments)
    assert code == cli.ExitCode.WRONG_USE
    assert says in said
    assert [path.name for path in forms_json.parent.iterdir()] == ["forms.json"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_leaves_what_was_there(
    kind: str, forms_json: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """When the disk is full the sentence names the file; the older file stays whole, and nothing else is left."""
    out = forms_json.with_name(f"kept.{kind}")
    out.write_bytes(b"older")

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    code, said = run(monkeypatch, capfd, forms_json, "--layout", "shanghai", "--out", out)
    assert (code, out.read_bytes()) == (cli.ExitCode.WRONG_USE, b"older")
    assert str(out) in said
    assert sorted(path.name for path in forms_json.parent.iterdir()) == ["forms.json", out.name]


def test_a_form_at_fault_is_said_and_the_others_are_written(
    forms_json: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A form that is not of the contract is named; the other six are written, and the exit code tells it."""
    data = json.loads(forms_json.read_text(encoding="utf-8"))
    data[2]["fiscal_year"] = "soon"
    forms_json.write_text(json.dumps(data), encoding="utf-8")
    out = forms_json.with_name("six.html")
    code, said = run(monkeypatch, capfd, forms_json, "--layout", "shanghai", "--out", out)
    assert (code, len(parse_bytes(out.read_bytes(), out.name))) == (cli.ExitCode.UNREADABLE, 6)
    assert "第 3 张表" in said


def test_a_file_without_forms_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where no form could be read, no file is written."""
    path = tmp_path / "forms.json"
    path.write_text("[]", encoding="utf-8")
    code, said = run(monkeypatch, capfd, path, "--layout", "shanghai", "--out", tmp_path / "a.html")
    assert code == cli.ExitCode.UNREADABLE
    assert "没有表" in said
    assert not (tmp_path / "a.html").exists()
    assert decode_forms(path.read_bytes()) == ()
