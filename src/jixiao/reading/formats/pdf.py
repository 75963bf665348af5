"""PDF with a text layer → grid: PDFium gives letters and lines, our own lattice makes the tables."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager

from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_letters import MOST_ON_A_LINE, Crowded
from jixiao.reading.formats.pdf_notes import form_of, is_appended
from jixiao.reading.formats.pdf_page import load_content
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.page import PageContent, read_page

_APPENDED = (
    "第 {0} 页是复核时附加的意见汇总，不属于自评表，未读。"
    "Pages {0}: summaries that were appended when the file was reviewed, no part of the form; not read."
)
_MOST_APPENDED = 4
"""So many times the most pages of a document its summaries may have."""
_END = re.compile(rb"startxref\s{1,9}(\d{1,15})\s{1,9}%%EOF")
_OBJECT = re.compile(rb"\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\b")


def read_pdf(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS, *, eyes: bool = False) -> Grid:
    """Read every page of a PDF.

    Args:
        data: the whole file.
        file: its label, for places and sentences.
        limits: what it may hold.
        eyes: whether the caller can look at pages: then a file that shows only pictures, or letters without a code, is
            no error; its pages are named in the grid's `eyes`, are in no block, and no sentence says that they were
            not read.

    Raises:
        Unreadable: it is encrypted, cut off, damaged, too long; without eyes also a scan, or its letters have no code.
    """
    blocks: list[Table | FreeText] = []
    losses: list[str] = []
    appended: list[int] = []
    survey = _Survey(file)
    goes_on = None
    with opened(data, file) as document:
        for content in _pages(document, file, limits.pages):
            if content.appended:
                appended.append(content.number)
                continue
            survey.add(content)
            if eyes and content.needs_eyes:
                continue
            page = read_page(content, file, goes_on)
            goes_on = page.goes_on
            blocks.extend(page.blocks)
            losses.extend(page.losses)
    said = () if eyes else survey.losses()
    attached = (_APPENDED.format(_numbers(appended)),) if appended else ()
    return Grid(tuple(blocks), (*said, *losses), tuple(survey.eyes), attached=attached)


def _numbers(pages: list[int]) -> str:
    """Pages as people list them, those that follow one another as from and to: "8-10, 12"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ", ".join("-".join(map(str, run)) for run in runs)


@contextmanager
def opened(data: bytes, file: str) -> Iterator[int]:
    """The PDFium document of a file, closed at the end.

    Raises:
        Unreadable: it is encrypted, cut off, or its structure cannot be followed.
    """
    _refuse_cut_off(data, file)
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdf.load_document(ctypes.addressof(buffer), len(data), None)
    if not document:
        raise _refusal(pdf.last_error(), file)
    try:
        yield document
    finally:
        pdf.close_document(document)


def _refuse_cut_off(data: bytes, file: str) -> None:
    """A PDF ends with a pointer to its table of contents; PDFium would silently rebuild what is left without it."""
    ends = list(_END.finditer(data))
    if not ends or _OBJECT.search(data, ends[-1].end()) or int(ends[-1][1]) > len(data):
        raise errors.damaged(file, "PDF", "没有完整的结尾（startxref、%%EOF）", "it lacks its end (startxref, %%EOF)")


def _pages(document: int, file: str, most: int) -> Iterator[PageContent]:
    count = pdf.page_count(document)
    if count < 1:
        raise errors.damaged(file, "PDF", "里面没有一页", "it has no page")
    if count > most and count - _appended_at_the_end(document, count, _MOST_APPENDED * most) > most:
        raise errors.too_large(file, f"{count} 页", f"{count} pages", f"{most} 页", f"{most} pages")
    with form_of(document) as form:
        for index in range(count):
            yield _page(document, index, file, form)


def _appended_at_the_end(document: int, count: int, most: int) -> int:
    """How many of the last pages are summaries that we appended: what we add keeps no file from being read again."""
    for index in reversed(range(max(count - most, 0), count)):
        page = pdf.load_page(document, index)
        appended = bool(page) and is_appended(page)
        if page:
            pdf.close_page(page)
        if not appended:
            return count - 1 - index
    return min(count, most)


def _page(document: int, index: int, file: str, form: int) -> PageContent:
    page = pdf.load_page(document, index)
    if not page:
        raise errors.damaged(file, "PDF", f"第 {index + 1} 页打不开", f"page {index + 1} cannot be opened")
    try:
        return PageContent(index + 1, appended=True) if is_appended(page) else load_content(page, index + 1, form)
    except Crowded:
        raise errors.too_large(
            file, f"第 {index + 1} 页一行中的文字段过多", f"page {index + 1} has too many pieces of text on one line",
            f"{MOST_ON_A_LINE} 段", f"{MOST_ON_A_LINE}",
        ) from None  # fmt: skip
    finally:
        pdf.close_page(page)


def _refusal(code: int, file: str) -> Unreadable:
    if code in (pdf.PASSWORD_ERROR, pdf.SECURITY_ERROR):
        return errors.encrypted(file, "PDF")
    return errors.damaged(file, "PDF", "结构读不通", "its structure cannot be followed")


class _Survey:
    """Counts what every page holds, and tells at the end what could not be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.letters = self.unknown = self.pages = 0
        self.silent: list[int] = []
        self.eyes: list[int] = []
        self.pictures = 0

    def add(self, content: PageContent) -> None:
        """Count one page."""
        self.pages += 1
        self.letters += len(content.glyphs)
        self.unknown += content.unknown
        if content.needs_eyes:
            self.eyes.append(content.number)
        if not content.glyphs:
            self.pictures += content.images
            if content.images:
                self.silent.append(content.number)

    def losses(self) -> tuple[str, ...]:
        """What is missing, in sentences.

        Raises:
            Unreadable: there is no text at all, or most letters have no code.
        """
        if not self.letters:
            raise errors.scan(self.file, self.pages, self.pictures)
        if self.unknown * 2 > self.letters:
            raise errors.letters_without_code(self.file, self.unknown, self.letters)
        if not self.silent:
            return ()
        named = ", ".join(map(str, self.silent))
        return (f"第 {named} 页只有图像，没有文字层，未读。Page {named}: images only, no text layer; not read.",)
