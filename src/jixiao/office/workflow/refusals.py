"""Why an act was not done: a code for programs, a sentence for people, the cells it is about."""

from typing import Final

from jixiao.office.look.words import told
from jixiao.scoring.sheet import Text


class Refused(Exception):
    """An act that the rules of the office do not allow as things stand; nothing was changed.

    Attributes:
        code: one of those in this module.
        text: what is wrong and what to do.
        cells: the cells it is about, "k3/actual"; empty where it is about none.
    """

    def __init__(self, code: str, text: Text, cells: tuple[str, ...] = ()) -> None:
        """Take code, sentence and cells."""
        super().__init__(text.zh)
        self.code, self.text, self.cells = code, text, cells

    def __str__(self) -> str:
        """The sentence in the language of the page."""
        return told(self.text)


class Moved(Refused):
    """Somebody else was quicker: the filing is no longer what the person saw."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("moved", _MOVED)


_MOVED: Final = Text(
    "这张表在您打开之后已被别人处理或改动，这一步没有执行。请刷新后再决定。",
    "Somebody moved or changed this form after you opened it; nothing was done. Reload, then decide.",
)
