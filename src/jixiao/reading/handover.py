"""What a plain child hands back unread: files for eyes or for LibreOffice, and archives with their members."""

from dataclasses import dataclass

from jixiao.reading.errors import Unreadable


class EyesNeeded(Exception):
    """A file that only eyes can read, wholly or in part."""


class OfficeNeeded(Exception):
    """A document that LibreOffice has to convert first.

    Attributes:
        kind: of what it is, one of `converted.ENDINGS`.
    """

    def __init__(self, kind: str) -> None:
        """Take the kind."""
        super().__init__(kind)
        self.kind = kind


class IsArchive(Exception):
    """A file that holds files: its members are to be read one by one."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: its name, and its bytes or why they cannot be had."""

    name: str
    content: bytes | Unreadable
