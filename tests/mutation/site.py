"""One change of one operator or constant in one file."""

from typing import NamedTuple


class Site(NamedTuple):
    """Where a file is changed, and what then stands there.

    Attributes:
        file: path below the house.
        begin: first character that is replaced.
        end: the character after the last one.
        put: what stands there instead.
    """

    file: str
    begin: int
    end: int
    put: str

    def changed(self, text: str) -> str:
        """The file with the change."""
        return text[: self.begin] + self.put + text[self.end :]

    def told(self, text: str) -> str:
        """The change in one line: file, line, before → after, the line it stands in."""
        line = text.count("\n", 0, self.begin) + 1
        around = text.splitlines()[line - 1].strip()
        return f"{self.file}:{line}  {text[self.begin : self.end]!r} → {self.put!r}  in: {around[:110]}"
