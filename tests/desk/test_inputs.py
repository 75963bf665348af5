"""Which files a command takes."""

from pathlib import Path

import pytest

from jixiao.desk.inputs import gather


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents, a note, a hidden file, an office program's lock file and a sub-folder."""
    for name in ("b.pdf", "a.txt", "note.md", ".hidden.pdf", "deep/c.XLSX", "~$b.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def test_folder(folder: Path) -> None:
    """A folder gives its documents at every depth in order of name; other files are named as left out."""
    found = gather([str(folder)])
    assert [path.relative_to(folder).as_posix() for path in found.files] == ["a.txt", "b.pdf", "deep/c.XLSX"]
    assert [path.name for path in found.left_out] == ["note.md"]
    assert found.empty == ()


def test_pattern(folder: Path) -> None:
    """A pattern the shell did not expand is expanded here, ** at every depth."""
    assert [path.name for path in gather([f"{folder}/*.pdf"]).files] == ["b.pdf"]
    assert [path.name for path in gather([f"{folder}/**/*.XLSX"]).files] == ["c.XLSX"]


def test_each_file_once(folder: Path) -> None:
    """A file named twice, by itself and through its folder, is taken once, under the name given first."""
    found = gather([f"{folder}/deep/../b.pdf", str(folder)])
    assert [path.name for path in found.files] == ["b.pdf", "a.txt", "c.XLSX"]
    assert str(found.files[0]).endswith("deep/../b.pdf")


def test_named_file_is_taken_whatever_its_ending(folder: Path) -> None:
    """A file named by itself is read even if its ending is unknown."""
    assert [path.name for path in gather([str(folder / "note.md")]).files] == ["note.md"]


def test_missing_and_empty(tmp_path: Path) -> None:
    """A missing file stays in the list so that reading names it; an empty folder or pattern is told apart."""
    found = gather([str(tmp_path / "gone.pdf"), str(tmp_path), f"{tmp_path}/*.pdf"])
    assert [path.name for path in found.files] == ["gone.pdf"]
    assert found.empty == (str(tmp_path), f"{tmp_path}/*.pdf")


def test_a_link_that_leads_nowhere_is_taken(folder: Path) -> None:
    """It is not passed over in silence: whoever reads it says that it cannot be opened."""
    (folder / "gone.pdf").symlink_to(folder / "nowhere.pdf")
    assert "gone.pdf" in [path.name for path in gather([str(folder)]).files]
