"""What was named as the source of a corpus, as files of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jixiao.desk.corpus.building import Found, files_of


@contextmanager
def sources_of(source: str) -> Iterator[Found]:
    """The files, for as long as the block lasts."""
    yield files_of(Path(source))
