"""Writing a file whole or not at all."""

from pathlib import Path

import pytest

from jixiao.desk.errors import WrongUse
from jixiao.desk.files import refuse_output, replace_file


def test_written_whole(tmp_path: Path) -> None:
    """An existing file is replaced and nothing else is left in the folder."""
    path = tmp_path / "report.html"
    path.write_bytes(b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that does not exist is wrong use, said with the path, and nothing is made."""
    with pytest.raises(WrongUse, match="cannot be written") as caught:
        replace_file(tmp_path / "no" / "report.html", b"new")
    assert "report.html" in caught.value.zh
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """A folder of that name stays as it was and nothing is left beside it."""
    (tmp_path / "report.html").mkdir()
    with pytest.raises(WrongUse):
        replace_file(tmp_path / "report.html", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    """An output that is one of the inputs, by whatever path, is refused and the input stays."""
    source = tmp_path / "form.xlsx"
    source.write_bytes(b"form")
    with pytest.raises(WrongUse, match="would destroy it"):
        refuse_output(tmp_path / "." / "form.xlsx", [source])
    assert source.read_bytes() == b"form"


def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    """A folder, and a file in a folder that does not exist, are refused; a new file in an existing folder is not."""
    with pytest.raises(WrongUse, match="is a folder"):
        refuse_output(tmp_path, [])
    with pytest.raises(WrongUse, match="does not exist"):
        refuse_output(tmp_path / "no" / "report.html", [])
    refuse_output(tmp_path / "report.html", [tmp_path / "form.xlsx"])
