"""Places that cannot hold a corpus, and folders without forms: one sentence each, in both languages."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building.run import Asked
from jixiao.corpus.faults import CorpusFault
from jixiao.corpus.storage import open_storage
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.desk.corpus.fetching import sources_of
from jixiao.desk.errors import WrongUse
from jixiao.reading import DEFAULT_LIMITS


def test_a_file_is_no_place_for_a_corpus(tmp_path: Path) -> None:
    """The file that was named is told, not a file of ours below it."""
    (tmp_path / "in").mkdir()
    place = tmp_path / "file"
    place.write_text("x")
    with pytest.raises(WrongUse, match="this is a file") as told:
        build_corpus(files_of(tmp_path / "in"), str(place), way_of(), Asked(6, 1))
    assert "lock" not in told.value.zh


def test_no_name_is_not_this_folder() -> None:
    """An empty word, as a variable of the shell that is not set gives, reads and writes nothing."""
    with pytest.raises(CorpusFault, match="is named"):
        open_storage("")
    with pytest.raises(WrongUse, match="is named"), sources_of("", DEFAULT_LIMITS):
        pass


def test_an_address_without_a_bucket_is_told() -> None:
    """Nothing is asked of the network to find that out."""
    with pytest.raises(CorpusFault, match="no bucket is named"):
        open_storage("s3://")


def test_a_folder_without_forms_is_told(tmp_path: Path) -> None:
    """The build says that it found none; the exit code says so, too."""
    (tmp_path / "in").mkdir()
    words = ["corpus", "build", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--processes", "1"]
    ran = CliRunner().invoke(jixiao, words, standalone_mode=False)
    assert ran.return_value == ExitCode.UNREADABLE
    assert "没有读到一张自评表" in ran.output
