"""Copies of originals go into a folder as the originals lay, and never where they would be read as originals."""

from pathlib import Path

import pytest

from jixiao.desk.copies import copies_in
from jixiao.desk.errors import WrongUse


def _copies(out: Path, names: list[Path], files: list[Path]) -> dict[Path, Path]:
    return copies_in(out, names, files, ".甲", lambda file: file.suffix)


def test_copies_lie_as_their_originals_do(tmp_path: Path) -> None:
    """Below the folder that is named two files of one name keep apart; what was named by itself lies at the top."""
    forms, out = tmp_path / "forms", tmp_path / "made" / "out"
    (forms / "b").mkdir(parents=True)
    files = [forms / "a.pdf", forms / "b" / "a.pdf", tmp_path / "c.docx"]
    found = _copies(out, [forms, tmp_path / "c.docx"], files)
    assert list(found.values()) == [out / "a.甲.pdf", out / "b" / "a.甲.pdf", out / "c.甲.docx"]
    assert out.is_dir()


@pytest.mark.parametrize("where", [".", "below", "../forms/below"])
def test_no_copy_goes_into_a_folder_that_is_read(tmp_path: Path, where: str) -> None:
    """There it would be taken for an original the next time; nothing is made."""
    forms = tmp_path / "forms"
    forms.mkdir()
    with pytest.raises(WrongUse, match="read as originals next time"):
        _copies(forms / where, [forms], [forms / "a.pdf"])
    assert list(forms.iterdir()) == []


def test_a_link_into_a_folder_that_is_read_is_that_folder(tmp_path: Path) -> None:
    """A folder that is only another name for one to be read is refused, too."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "forms", target_is_directory=True)
    with pytest.raises(WrongUse):
        _copies(tmp_path / "out", [tmp_path / "forms"], [tmp_path / "forms" / "a.pdf"])


def test_two_copies_of_one_name_and_a_file_for_a_folder_are_refused(tmp_path: Path) -> None:
    """Two files of one name that were named by themselves have no folders that keep them apart."""
    taken = tmp_path / "taken"
    taken.touch()
    with pytest.raises(WrongUse, match="would both become"):
        _copies(tmp_path / "out", [], [tmp_path / "a.pdf", tmp_path / "x" / "a.pdf"])
    with pytest.raises(WrongUse, match="name a folder"):
        _copies(taken, [], [tmp_path / "a.pdf", tmp_path / "b.pdf"])
    assert not (tmp_path / "out").exists()
