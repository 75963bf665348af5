"""The summary behind the original's pages, and an entry for it among the bookmarks."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Final, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from jixiao.layout.crafts import SUMMARY
from jixiao.writing.original import refusals
from jixiao.writing.original.pdf.increment import Increment, whole

_OF_A_PAGE: Final = ("/Contents", "/Resources", "/CropBox", "/Group")
"""What of a page of the summary is taken; its links, tags and thread are its own file's."""


class Stop(NamedTuple):
    """A bookmark: its words, the page, and the upper edge to be shown, in points of the file's own space."""

    words: str
    page: pikepdf.Object
    rect: pikepdf.Object


def append_pages(into: Increment, summary: bytes) -> pikepdf.Object | None:
    """Append the pages of a PDF; the first of them, `None` where there are none.

    Raises:
        Refused: the original's tree of pages is not built as it should be, or the summary is no PDF.
    """
    if not summary:
        return None
    root = into.pdf.Root.get("/Pages")
    if not isinstance(root, Dictionary) or not isinstance(root.get("/Kids"), Array):
        raise refusals.damaged("PDF", "页面目录读不通", "its tree of pages cannot be followed")
    try:
        source = pikepdf.open(BytesIO(summary))
    except pikepdf.PdfError as error:
        raise refusals.wrong_job() from error
    node = into.add(Dictionary(Type=Name.Pages, Parent=root, Kids=Array(), Count=len(source.pages)))
    for page in source.pages:
        node.Kids.append(into.add(_leaf(into, source, page, node)))
    root.Kids.append(node)
    root.Count = whole(root.get("/Count"), 0) + len(source.pages)
    into.touch(root)
    return node.Kids[0]


def _leaf(into: Increment, source: pikepdf.Pdf, page: pikepdf.Page, node: pikepdf.Object) -> pikepdf.Dictionary:
    """A page of the summary with nothing left to be inherited from the original's pages."""
    leaf = Dictionary(Type=Name.Page, Parent=node, Rotate=0)
    for name in _OF_A_PAGE:
        value = page.obj.get(name)
        if value is not None:
            leaf[name] = into.pdf.copy_foreign(value if value.is_indirect else source.make_indirect(value))
    leaf.MediaBox = Array(list(page.mediabox))
    leaf.CropBox = leaf.get("/CropBox", leaf.MediaBox)
    leaf.Annots = Array([into.add(_way_back(into))])
    return leaf


def _way_back(into: Increment) -> pikepdf.Dictionary:
    """A link without extent to the original's first page: its name tells readers that the page was appended."""
    target = Array([into.pdf.pages[0].obj, Name.Fit])
    rect = Array([0, 0, 0, 0])
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, NM=String(SUMMARY), F=4, Rect=rect, Border=Array([0, 0, 0]), Dest=target
    )


def add_bookmarks(into: Increment, title: str, page: pikepdf.Object | None, stops: Sequence[Stop]) -> None:
    """Add a bookmark for the summary, with one below it for each mark.

    Args:
        into: the update.
        title: the bookmark's words.
        page: the summary's first page; `None` leads to the first mark.
        stops: the marks.
    """
    target = page if page is not None else stops[0].page if stops else None
    if target is None:
        return
    outlines = into.pdf.Root.get("/Outlines")
    if not isinstance(outlines, Dictionary) or not outlines.is_indirect:
        outlines = into.add(Dictionary(Type=Name.Outlines, Count=0))
        into.pdf.Root.Outlines = outlines
        into.touch(into.pdf.Root)
    entry = into.add(Dictionary(Title=String(title), Parent=outlines, Dest=Array([target, Name.Fit])))
    _below(into, entry, stops)
    last = outlines.get("/Last")
    if isinstance(last, Dictionary) and last.is_indirect:
        entry.Prev, last.Next = last, entry
        into.touch(last)
    else:
        outlines.First = entry
    outlines.Last = entry
    outlines.Count = max(whole(outlines.get("/Count"), 0), 0) + 1
    into.touch(outlines)


def _below(into: Increment, entry: pikepdf.Object, stops: Sequence[Stop]) -> None:
    """A closed list of bookmarks below another."""
    items = [
        into.add(Dictionary(
            Title=String(stop.words), Parent=entry, Dest=Array([stop.page, Name.FitR, *list(stop.rect)])
        )) for stop in stops
    ]  # fmt: skip
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    if items:
        entry.First, entry.Last, entry.Count = items[0], items[-1], -len(items)
