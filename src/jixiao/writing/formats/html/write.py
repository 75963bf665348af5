"""Documents → one page: a list of them where there are several, then each as a sheet of paper."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from jixiao.writing.formats.html.sheet import Sheet
from jixiao.writing.formats.html.table import table_written
from jixiao.writing.formats.html.words import value, words
from jixiao.writing.paper.bookmarks import Bookmarks
from jixiao.writing.paper.model import Block, Document, Table, Text

_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def write_html_document(documents: Iterable[Document], title: str = "") -> bytes:
    """One page of all documents, in UTF-8: no script, nothing fetched, one style sheet that its policy names.

    Args:
        documents: taken one at a time.
        title: of the page; the first document's name where none is given.

    Raises:
        Unprintable: a text has a character that HTML does not know; the sentence names it.
        ValueError: there is no document, or the cells of a table do not cover its grid.
    """
    page = _Page()
    body = [piece.encode() for piece in page.written(documents)]
    if not page.listed:
        raise ValueError("a page needs at least one document")
    style = page.sheet.written()
    named = title or page.listed[0][1]
    head = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{value(named, named)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    return b"".join((f"{head}{page.contents()}<main>\n".encode(), *body, b"</main>\n</body>\n</html>\n"))


def policy(style: str) -> str:
    """A content security policy under which only this style sheet is applied, and nothing is fetched or run."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@dataclass(slots=True)
class _Page:
    """The page so far.

    Attributes:
        sheet: its style.
        bookmarks: the names of its documents, as addresses.
        listed: address and name of each document.
    """

    sheet: Sheet = field(default_factory=Sheet)
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    listed: list[tuple[str, str]] = field(default_factory=list)

    def written(self, documents: Iterable[Document]) -> Iterator[str]:
        """The documents, one by one."""
        for document in documents:
            address, name = self.bookmarks.of(document.name), value(document.name, document.name)
            self.listed.append((address, document.name))
            named = f'id="{address}" class="{self.sheet.format(document.page)}" lang="{_LANGUAGES[document.language]}"'
            blocks = "".join(self._block(block, document) for block in document.blocks)
            yield f'<article {named} aria-label="{name}">\n{blocks}</article>\n'

    def contents(self) -> str:
        """The list of documents; nothing for one.

        The names are labels which the style sheet shows and counts, not text: they stand in the forms, and a program
        that reads the page would take them for more of it.
        """
        if len(self.listed) < 2:
            return ""
        links = "".join(f'<a href="#{at}" aria-label="{value(name, name)}"></a>\n' for at, name in self.listed)
        return f'<nav aria-label="目录">\n{links}</nav>\n'

    def _block(self, block: Block, document: Document) -> str:
        if isinstance(block, Table):
            return "".join(table_written(block, document, self.sheet))
        return self._text(block, document)

    def _text(self, text: Text, document: Document) -> str:
        tag = f"h{text.level}" if text.level else "p"
        pointer = f' data-pointer="{value(text.pointer, document.name)}"' if text.pointer else ""
        named = self.sheet.text(text, document.page)
        return f'<{tag} class="{named}"{pointer}>{words(text.text, document.name)}</{tag}>\n'
