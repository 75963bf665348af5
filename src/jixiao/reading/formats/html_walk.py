"""The walk over a page's elements: what is shown becomes lines of text and tables, in the order of the page."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from selectolax.lexbor import LexborNode

from jixiao.reading.formats.docx_symbols import raised
from jixiao.reading.formats.html_style import HIDDEN, Styles
from jixiao.reading.formats.html_table import HtmlCell, HtmlTable, span
from jixiao.reading.formats.html_text import Words

_SKIPPED: Final = frozenset({
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "colgroup", "object", "embed", "applet",
    "audio", "video", "canvas", "svg", "math", "datalist", "button", "rp", "rt",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "p", "section", "summary", "ul", "tr", "tbody", "thead", "tfoot", "table",
    "caption",
})  # fmt: skip
_ROLES: Final = {
    "table": "table", "tr": "table-row", "td": "table-cell", "th": "table-cell", "tbody": "table-row-group",
    "thead": "table-header-group", "tfoot": "table-footer-group",
}  # fmt: skip
_GROUPS: Final = frozenset({"table-row-group", "table-header-group", "table-footer-group"})
_FLEX: Final = frozenset({"flex", "inline-flex", "grid", "inline-grid"})
_TABLES: Final = frozenset({"table", "inline-table"})
_INSIDE: Final = frozenset({"table-row", "table-cell", *_GROUPS})
_TICKS: Final = {True: "☑", False: "□"}
_DEEPEST_TABLE: Final = 30
_DEEPEST_BOX: Final = 5
_FEWEST_ROWS: Final = 3
_WINDOW: Final = 100_000
_LONGEST: Final = 60
MOST_NODES: Final = 1_500_000

Close = Callable[[], None]


class TooManyNodes(Exception):
    """The page has more elements than any form does."""


@dataclass(slots=True)
class Line:
    """A line outside every table, and where it begins in the source."""

    text: str
    place: tuple[int, int] | None


@dataclass(slots=True)
class Found:
    """What a page shows.

    Attributes:
        blocks: lines and tables in order.
        unread: how often what could not be read was met, by kind: pictures, frames, deleted text.
        hidden: the beginning of the text of elements that are not shown.
    """

    blocks: list[Line | HtmlTable] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    hidden: str = ""


class Source:
    """Tells where in the markup a text stands, as its texts come in order."""

    def __init__(self, text: str) -> None:
        """Take the markup."""
        self.text = text
        self._at = 0
        self._starts: list[int] = []

    def find(self, words: str) -> tuple[int, int] | None:
        """Line and column of a text, from 1, after the last one; `None` where it is written otherwise."""
        bare = words.strip().split("\xa0")[0].split("\n")[0].split("&")[0][:20].strip()
        at = self.text.find(bare, self._at, self._at + _WINDOW) if bare else -1
        if at < 0:
            return None
        self._at = at + len(bare)
        if not self._starts:
            self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


class Walk:
    """Walks the elements of a page once, without recursion."""

    def __init__(self, source: Source, styles: Styles, depth: int = 0) -> None:
        """Take the markup (to tell lines and columns), the rules of its style sheets, and how many walks are around."""
        self.found = Found()
        self._styles, self._source, self._depth = styles, source, depth
        self._boxed = "flex" in source.text or "grid" in source.text
        self._free = Words()
        self._words = self._free
        self._tables: list[HtmlTable] = []
        self._cells: list[HtmlCell] = []
        self._as_is = 0
        self._plain: dict[str, Callable[[LexborNode], None]] = {
            "br": self._break, "input": self._input, "select": self._select, "img": self._picture,
            "iframe": self._frame, "frame": self._frame, "del": self._deleted,
            "s": self._deleted, "strike": self._deleted, "sup": self._raised,
        }  # fmt: skip

    def over(self, root: LexborNode) -> Found:
        """Everything below an element."""
        nodes = 0
        stack: list[tuple[Iterator[LexborNode], Close | None]] = [(root.iter(include_text=True), None)]
        while stack:
            node = next(stack[-1][0], None)
            if node is None:
                close = stack.pop()[1]
                if close:
                    close()
                continue
            nodes += 1
            if nodes > MOST_NODES:
                raise TooManyNodes
            entered, close = self._open(node)
            if entered:
                stack.append((node.iter(include_text=True), close))
        self._end_line()
        return self.found

    def _open(self, node: LexborNode) -> tuple[bool, Close | None]:
        """Take a node; whether to go into it, and what to do at its end."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
            return False, None
        if tag.startswith("-") or tag in _SKIPPED:
            return False, None
        attributes = node.attributes
        display = self._styles.of(tag, attributes)
        if display == HIDDEN or "hidden" in attributes:
            self._hide(node)
            return False, None
        plain = self._plain.get(tag)
        if plain is not None:
            plain(node)
        elif self._is_flex_table(node):
            self._take_flex(node)
        else:
            return True, self._enter(node, tag, display)
        return False, None

    def _enter(self, node: LexborNode, tag: str, display: str | None) -> Close | None:
        role = display if display in _TABLES or display in _INSIDE else _ROLES.get(tag)
        if role in _TABLES and len(self._tables) < _DEEPEST_TABLE:
            return self._enter_table(node, guessed=False)
        if role in _INSIDE and self._tables:
            return self._enter_part(node, role)
        if tag in ("pre", "textarea"):
            return self._enter_pre()
        if tag in _BLOCKS or role is not None:
            self._end_line()
            return self._end_line
        return None

    def _enter_pre(self) -> Close:
        self._end_line()
        self._as_is += 1

        def close() -> None:
            self._as_is -= 1
            self._end_line()

        return close

    def _enter_table(self, node: LexborNode, *, guessed: bool) -> Close:
        if not self._cells:
            self._end_line()
        table = HtmlTable(guessed=guessed, hidden_columns=self._hidden_columns(node))
        self._tables.append(table)
        outer = self._cells[-1] if self._cells else None
        words, self._words = self._words, Words()  # text between the cells stands before the table

        def close() -> None:
            stray, self._words = self._words, words
            for line in stray.lines():
                self._words.end_line()
                self._words.add(line)
            if outer is None:
                self._end_line()
            self._tables.pop()
            if outer is None:
                self.found.blocks.append(table)
            else:
                outer.words.end_line()
                outer.inner.append((len(outer.words.pieces), table))

        return close

    def _enter_part(self, node: LexborNode, role: str) -> Close | None:
        table = self._tables[-1]
        if role in _GROUPS:
            table.begin_group(foot=role == "table-footer-group")
            return None
        if role == "table-row":
            table.begin_row()
            return None
        attributes = node.attributes
        rows, columns = span(attributes.get("rowspan"), zero=True), span(attributes.get("colspan"), zero=False)
        cell = HtmlCell(Words(), rows, columns)
        table.add(cell)
        return self._enter_cell(cell)

    def _enter_cell(self, cell: HtmlCell) -> Close:
        outer, self._words = self._words, cell.words
        self._cells.append(cell)

        def close() -> None:
            self._cells.pop()
            self._words = outer

        return close

    def _is_flex_table(self, node: LexborNode) -> bool:
        """Whether boxes stand in lines of equal number, as a table drawn by style alone does."""
        if not self._boxed or self._depth >= _DEEPEST_BOX:
            return False
        counts = [count for child in node.iter() if (count := self._boxes(child)) is not None]
        return len(counts) >= _FEWEST_ROWS and counts[0] >= 2 and len(set(counts)) == 1

    def _boxes(self, node: LexborNode) -> int | None:
        """How many boxes stand in the line that an element is; 0 where it is none, `None` where it is not shown."""
        display = self._styles.of(node.tag or "", node.attributes)
        if display == HIDDEN:
            return None
        return sum(1 for _ in node.iter()) if display in _FLEX else 0

    def _take_flex(self, node: LexborNode) -> None:
        close = self._enter_table(node, guessed=True)
        self.found.unread["flex"] += 1
        for row in node.iter():
            if self._boxes(row):
                self._tables[-1].begin_row()
                for box in row.iter():
                    cell = HtmlCell(Words())
                    self._tables[-1].add(cell)
                    self._take_box(box, cell)
        close()

    def _take_box(self, box: LexborNode, cell: HtmlCell) -> None:
        inner = Walk(self._source, self._styles, self._depth + 1)
        inner._words = inner._free = cell.words
        inner._cells = [cell]
        found = inner.over(box)
        self.found.unread.update(found.unread)
        self.found.hidden = (self.found.hidden + found.hidden)[:_LONGEST]

    def _hidden_columns(self, table: LexborNode) -> set[int]:
        hidden: set[int] = set()
        at = 0
        for child in table.iter():
            for column in child.iter() if child.tag == "colgroup" else [child] if child.tag == "col" else []:
                wide = min(span(column.attributes.get("span"), zero=False), 1000)
                if self._styles.of("col", column.attributes) == HIDDEN:
                    hidden.update(range(at, at + wide))
                at += wide
        return hidden

    def _text(self, text: str) -> None:
        if text.isspace() and not self._words.pieces and not self._as_is:
            return
        if self._words.place is None and not text.isspace():
            self._words.place = self._source.find(text)
        (self._words.add_as_is if self._as_is else self._words.add)(text)

    def _hide(self, node: LexborNode) -> None:
        words = "".join(node.text(deep=True).split()) if node.tag not in ("col", "input") else ""
        if words and len(self.found.hidden) < _LONGEST:
            self.found.hidden = (self.found.hidden + words)[:_LONGEST]

    def _end_line(self) -> None:
        """End a line: in a cell it goes on in the next line, outside it is done."""
        if self._cells:
            self._words.end_line()
            return
        if self._words is not self._free:
            self._words.end_line()
            return
        self.found.blocks.extend(Line(line, self._free.place) for line in self._free.lines())
        self._free.pieces.clear()
        self._free.place = None

    def _input(self, node: LexborNode) -> None:
        attributes = node.attributes
        kind = (attributes.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            self._words.add(_TICKS["checked" in attributes])
        elif kind not in ("hidden", "submit", "button", "image", "reset", "file", "password"):
            self._text(attributes.get("value") or "")

    def _select(self, node: LexborNode) -> None:
        options = node.css("option")
        chosen = next((option for option in options if "selected" in option.attributes), None)
        if chosen is None and options:
            chosen = options[0]
        if chosen is not None:
            self._text(chosen.text(deep=True))

    def _break(self, _: LexborNode) -> None:
        self._end_line()

    def _picture(self, node: LexborNode) -> None:
        size = [node.attributes.get(name) or "" for name in ("width", "height")]
        if not any(each in ("0", "1") for each in size):
            self.found.unread["picture"] += 1

    def _frame(self, _: LexborNode) -> None:
        self.found.unread["frame"] += 1

    def _raised(self, node: LexborNode) -> None:
        self._text(raised(node.text(deep=True)))

    def _deleted(self, node: LexborNode) -> None:
        if node.text(deep=True).strip():
            self.found.unread["deleted"] += 1
