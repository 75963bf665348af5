"""Originals come back marked from the command line: the same forms, whole or not at all, one file or a folder."""

from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import msgspec
import pikepdf
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from pypdfium2 import PdfDocument

from jixiao.cli import ExitCode, jixiao
from jixiao.desk import originals
from jixiao.desk.errors import WrongUse
from jixiao.reading import eyes, read_file
from jixiao.reading.formats.pdf import opened
from jixiao.reading.formats.pdf_picture import render_page
from writing.marked_pages import notes_of

DATA = Path(__file__).parents[1] / "data"
DAY = ("--on", "2026-03-04")


def run(*words: str | Path) -> Result:
    """The command; what it raises is raised."""
    return CliRunner().invoke(jixiao, ["annotate", *map(str, words)], standalone_mode=False, catch_exceptions=False)


def checked(path: Path) -> dict[str, Any]:
    """The review of a file's one form, as data."""
    done = CliRunner().invoke(jixiao, ["check", str(path), "--format", "json"])
    (form,) = msgspec.json.decode(done.stdout)["files"][0]["forms"]
    return dict(form)


def bare(path: Path) -> list[object]:
    """The forms of a file, without where they stand and how they were read."""
    return [replace(form, places={}, problems=()) for form in read_file(path)]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of one form."""
    path = tmp_path_factory.mktemp("one") / "a.pdf"
    with pikepdf.open(DATA / "typst3.pdf") as pdf:
        del pdf.pages[1:]
        pdf.save(path)
    return path


@pytest.mark.parametrize("name", ["typst3.pdf", "forms7.xlsx"])
def test_a_file_comes_back_with_its_forms(tmp_path: Path, name: str) -> None:
    """A PDF with text and a workbook come back with notes, and read as the original does."""
    out = tmp_path / name
    done = run(DATA / name, "--out", out, *DAY)
    assert done.return_value is ExitCode.FINDINGS
    assert f"→ {out}：" in done.stdout
    assert bare(out) == bare(DATA / name)
    if name.endswith(".pdf"):
        assert out.read_bytes().startswith((DATA / name).read_bytes())
        note = notes_of(out.read_bytes())[0]
        assert (note.author, note.day) == ("Jixiao", "D:20260304")
        assert note.words.startswith("疑问 · 重要 · JX")


def test_a_scan_comes_back_with_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is a picture is marked where it was read; eyes that read it again do not see the marks on it."""
    monkeypatch.setattr(eyes, "OPENER", "reading.eyes_double:open_wrong")
    monkeypatch.setattr(eyes, "eyes_are_installed", lambda: True)
    scan, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    with pikepdf.open(DATA / "scan_clean200.pdf") as pdf:
        del pdf.pages[1:]
        pdf.save(scan)
    assert run(scan, "--out", out, *DAY).return_value is ExitCode.FINDINGS
    assert out.read_bytes().startswith(scan.read_bytes())
    assert any(note.kind == "/Square" for note in notes_of(out.read_bytes()))
    with opened(scan.read_bytes(), "a") as before, opened(out.read_bytes(), "b") as after:
        assert render_page(before, 0, 72) == render_page(after, 0, 72)


def test_a_pdf_gets_its_summary_and_every_finding_its_note(one: Path, tmp_path: Path) -> None:
    """As many marks as `check` has findings with a place, by their codes, in the language and under the name asked for.

    Behind the original's pages stands the summary, under a bookmark that leads on to every mark; it is not read.
    """
    out, form = tmp_path / "a.pdf", checked(one)
    codes = sorted(finding["code"] for finding in form["findings"] if finding["places"])
    assert run(one, "--out", out, "--lang", "en", "--author", "Ms Wang", *DAY).return_value is ExitCode.FINDINGS
    heads = [note for note in notes_of(out.read_bytes()) if note.kind == "/Square" and not note.of]
    assert len(codes) > 3
    assert sorted(code for note in heads for code in set(codes) if f"· {code} " in note.words) == sorted(codes)
    assert {note.author for note in heads} == {"Ms Wang"}
    assert all(note.words.startswith(("Doubt · ", "Clause · ", "Arithmetic · ")) for note in heads)
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        (entry,) = (item for item in outline.root if item.title == "Review of the self-evaluation")
        assert len(entry.children) == len(codes)
    with PdfDocument(out) as shown:
        assert "SHA-256" in shown[1].get_textpage().get_text_range()
    told = [problem.message for problem in read_file(out)[0].problems]
    assert any("是复核时附加的意见汇总" in message for message in told)
    again = checked(out)
    assert [found["code"] for found in again["findings"]] == [found["code"] for found in form["findings"]]
    assert again["undecided"] == form["undecided"]


def test_a_folder_comes_back_as_a_folder(one: Path, tmp_path: Path) -> None:
    """Files of a folder go below another as they lay; what cannot be marked is named and costs only itself."""
    source, out = tmp_path / "in", tmp_path / "made" / "out"
    (source / "甲").mkdir(parents=True)
    for name in ("a.pdf", "甲/a.pdf"):
        (source / name).write_bytes(one.read_bytes())
    (source / "b.html").write_bytes((DATA / "forms7.html").read_bytes())
    (source / "c.pdf").write_bytes(b"")
    done = run(source, "--out", out, *DAY)
    assert done.return_value is ExitCode.UNREADABLE
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == ["a.复核.pdf", "甲/a.复核.pdf"]
    assert "b.html：" in done.stderr
    assert "能标注的有 PDF、" in done.stderr
    assert "c.pdf：文件是空的" in done.stderr


def test_what_is_no_document_of_its_own_is_told(tmp_path: Path) -> None:
    """Members of an archive are not marked, and that is said."""
    path = tmp_path / "表.zip"
    with ZipFile(path, "w") as archive:
        archive.write(DATA / "typst3.pdf", "a.pdf")
    done = run(path, "--out", tmp_path / "b.zip", *DAY)
    assert done.return_value is ExitCode.UNREADABLE
    assert "请先解压" in done.stderr
    assert not (tmp_path / "b.zip").exists()


def test_outputs_that_cannot_be_are_refused_before_work(tmp_path: Path) -> None:
    """The original itself, another ending, two copies of one name, a file for several: wrong use, nothing is made."""
    one, two = tmp_path / "a.pdf", tmp_path / "b" / "a.pdf"
    two.parent.mkdir()
    for path in (one, two):
        path.write_bytes((DATA / "typst3.pdf").read_bytes())
    for words in (
        (one, "--out", one), (one, "--out", tmp_path / "a.xlsx"), (one, two, "--out", tmp_path / "out"),
        (one, two, "--out", two), (one, "--out", tmp_path / "none" / "c.pdf"), (one, "--out", two, "--rulebook", "xx"),
    ):  # fmt: skip
        with pytest.raises(WrongUse):
            run(*words)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.pdf", "a.pdf", "b"]


def test_a_file_in_a_folder_gets_a_name_of_its_own(tmp_path: Path) -> None:
    """One file, and an existing folder to write to: the copy goes in there under a name that tells it apart."""
    assert originals.outputs(["x/a.pdf"], [Path("x/a.pdf")], tmp_path) == {Path("x/a.pdf"): tmp_path / "a.复核.pdf"}


def test_a_copy_that_reads_otherwise_is_not_written(one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a craft to change a form, the copy would not be written."""
    other = (DATA / "published" / "hubei-two-goals.pdf").read_bytes()
    monkeypatch.setattr(originals, "rework_file", lambda *_, **__: other)
    done = run(one, "--out", tmp_path / "a.pdf", *DAY)
    assert done.return_value is ExitCode.UNREADABLE
    assert "读出的表与原件不同" in done.stderr
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_changes_meanwhile_is_not_marked(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marks belong to the bytes that were reviewed, and to no others."""
    monkeypatch.setattr(originals, "load", lambda *_: b"others")
    done = run(one, "--out", tmp_path / "a.pdf", *DAY)
    assert "处理期间文件被改动过" in done.stderr
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("revision", [4, 6])
def test_rights_that_only_the_owner_may_change_are_said(tmp_path: Path, revision: Literal[4, 6]) -> None:
    """A PDF that anybody may read but nobody may add to is told as encrypted, whatever its cipher, not as damaged."""
    locked, out = tmp_path / "locked.pdf", tmp_path / "out.pdf"
    with pikepdf.open(DATA / "lo_docx3.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user="", R=revision))
    done = run(locked, "--out", out, *DAY)
    assert done.return_value is ExitCode.UNREADABLE
    assert "已加密" in done.stderr
    assert not out.exists()
