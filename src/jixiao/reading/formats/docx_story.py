"""What is known and noted while the parts of a word-processing document are read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from jixiao.form import Place
from jixiao.reading import errors
from jixiao.reading.formats.docx_numbering import Numbering
from jixiao.reading.formats.docx_styles import Styles

_SHOWN_EXAMPLES, _LONGEST_EXAMPLE = 3, 24

_SAID: Final = {
    "changes": (
        "文件中有 {n} 处未接受的修订，按“接受全部修订”的样子读取",
        "the file holds {n} unaccepted changes; it is read as if all were accepted",
    ),
    "hidden": ("{n} 处隐藏文字未读", "{n} pieces of hidden text were not read"),
    "placeholder": (
        "{n} 处内容控件只有占位提示，视为空",
        "{n} content controls show only their prompt; taken as empty",
    ),
    "merged away": (
        "{n} 个被合并掉的单元格里还有文字，不显示，未读",
        "{n} merged-away cells hold text that is not shown; not read",
    ),
    "contents": ("目录的 {n} 行未读", "{n} lines of a table of contents were not read"),
    "comments": ("{n} 条批注未读", "{n} comments were not read"),
    "pictures": ("{n} 幅图片中的文字未读", "words in {n} pictures were not read"),
    "objects": ("{n} 个嵌入对象未读", "{n} embedded objects were not read"),
    "chunks": ("{n} 处嵌入的其他文件未读", "{n} embedded files (altChunk, subDoc) were not read"),
    "symbols": ("{n} 个符号认不出，以“�”代之", "{n} symbols are not known; each stands as “�”"),
    "fields": ("{n} 个域没有结束，其后的文字可能不全", "{n} fields do not end; text after them may be missing"),
    "macros": ("文件带有宏，未运行", "the file holds macros; they were not run"),
    "links": ("{n} 处指向文件之外的内容未取", "{n} links to content outside the file were not followed"),
}  # fmt: skip


@dataclass(slots=True)
class Left:
    """What was left out, counted by kind, with a few examples of each."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, example: str = "", times: int = 1) -> None:
        """Count something left out; the example is cut short."""
        self.counts[kind] += times
        known = self.examples.setdefault(kind, [])
        bare = " ".join(example[: 4 * _LONGEST_EXAMPLE].split())[:_LONGEST_EXAMPLE]
        if bare and len(known) < _SHOWN_EXAMPLES:
            known.append(bare)

    def sentences(self) -> Iterator[str]:
        """One sentence a kind, in 中文 and English."""
        for kind, (zh, en) in _SAID.items():
            count = self.counts[kind]
            if not count:
                continue
            listed = "、".join(f"“{example}”" for example in self.examples.get(kind, ()))
            more = f"（{listed}）" if listed else ""
            yield f"{zh.format(n=count)}{more}。{_capital(en.format(n=count))}{f' ({listed})' if listed else ''}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(slots=True)
class Boxed:
    """A text box: its content, and the place of the paragraph it hangs on."""

    content: etree._Element
    place: Place


@dataclass(slots=True)
class Trail:
    """The elements that places name: cells by their names, and the paragraphs that are counted as lines."""

    cells: dict[str, etree._Element] = field(default_factory=dict)
    lines: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """A document while it is read.

    Attributes:
        file: its label.
        most_cells: how many table cells it may have.
        styles, numbering: what its parts say.
        left: what was left out.
        boxes: text boxes met and not read yet.
        notes: footnotes and endnotes met: kind and id, with the place of their mark.
        cells: how many table cells there are so far.
        tables: how many tables there are so far, outside other tables.
        paragraphs: how many paragraphs outside tables.
        trail: keeps the elements that places name, where that is asked for.
    """

    file: str
    most_cells: int
    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    left: Left = field(default_factory=Left)
    boxes: list[Boxed] = field(default_factory=list)
    notes: list[tuple[str, str, Place]] = field(default_factory=list)
    cells: int = 0
    tables: int = 0
    paragraphs: int = 0
    trail: Trail | None = None

    def count_cell(self) -> None:
        """Count a table cell.

        Raises:
            Unreadable: there are too many.
        """
        self.cells += 1
        if self.cells > self.most_cells:
            limit = f"{self.most_cells}"
            raise errors.too_large(self.file, "表格的单元格过多", "too many table cells", f"{limit} 个", limit)
