"""Text of a web page as it is shown: white space gathered, line breaks where elements break, entities resolved."""

import re
from dataclasses import dataclass, field
from typing import Final

from jixiao.reading.glyphs import is_cjk
from jixiao.reading.letters import letter

BREAK: Final = "\x1e"
"""Stands for a line break until the text is made."""

_BLANKS: Final = re.compile(r"[ \t\n\f]+")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\xad\x00-\x08\x0b\x0e-\x1d\x1f]")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(slots=True)
class Words:
    """Gathers the text of a cell or a line.

    Attributes:
        pieces: as they come, with `BREAK` between lines.
        place: line and column in the source of its first letters, from 1; `None` where they were not found.
    """

    pieces: list[str] = field(default_factory=list)
    place: tuple[int, int] | None = None

    def add(self, text: str) -> None:
        """Take text as it stands in the markup."""
        self.pieces.append(text)

    def add_as_is(self, text: str) -> None:
        """Take text whose blanks and line ends count (pre, textarea)."""
        self.pieces.append(text.replace("\n", BREAK).replace(" ", "\xa0"))

    def end_line(self) -> None:
        """Break the line here; several breaks are one."""
        if self.pieces and self.pieces[-1] != BREAK:
            self.pieces.append(BREAK)

    def lines(self) -> list[str]:
        """The lines that hold anything."""
        whole = _UNSEEN.sub("", "".join(self.pieces))
        if _PRIVATE.search(whole):
            whole = _PRIVATE.sub(lambda match: letter(match[0]), whole)
        shown = (_BLANKS.sub(_one_blank, line).replace("\xa0", " ").strip(" \u3000") for line in whole.split(BREAK))
        return [line for line in shown if line]


def _one_blank(match: re.Match[str]) -> str:
    """White space is one blank; a line end of the markup between Chinese letters is none."""
    if "\n" not in match[0]:
        return " "
    text, start, end = match.string, match.start(), match.end()
    return "" if start > 0 and end < len(text) and is_cjk(text[start - 1]) and is_cjk(text[end]) else " "
