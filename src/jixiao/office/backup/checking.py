"""Looking through a backup without restoring it: every hash, every row, every file, and the keys if they open."""

from collections.abc import Iterator
from pathlib import Path

from jixiao.office.backup import keys
from jixiao.office.backup.contents import About, Table, Totals
from jixiao.office.backup.rows import row_of
from jixiao.office.backup.walking import walk


class Check:
    """Takes a backup and keeps nothing of it.

    Attributes:
        about: what it says of itself.
    """

    def __init__(self, passphrase: str = "") -> None:
        """Take the passphrase; without one, sealed keys are not opened."""
        self.about: About | None = None
        self._passphrase = passphrase

    def begin(self, about: About) -> None:
        """Keep what it is."""
        self.about = about

    def key(self, name: str, content: bytes) -> None:
        """Nothing to look for."""

    def sealed(self, content: bytes) -> None:
        """See that the passphrase opens them."""
        if self._passphrase:
            keys.unsealed(content, self._passphrase)

    def small(self, name: str, content: bytes) -> None:
        """Nothing to look for."""

    def rows(self, table: Table, lines: Iterator[bytes], name: str) -> None:
        """See that each line is a row."""
        for line in lines:
            row_of(line, len(table.columns), name)

    def file(self, digest: str, pieces: Iterator[bytes]) -> None:  # noqa: ARG002 -- the walk compares it
        """Take it, so that it is hashed."""
        for _ in pieces:
            pass


def check_backup(path: Path, passphrase: str = "") -> tuple[About, Totals]:
    """What a backup says of itself, once all of it was found to be so.

    Raises:
        Damaged: it is no backup, cut short, or was changed.
        WrongUse: a newer version wrote it, or the passphrase is another.
    """
    check = Check(passphrase)
    totals = walk(path, check)
    if check.about is None:
        raise AssertionError("a backup without its first member")
    return check.about, totals
