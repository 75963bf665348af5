"""Notes as comments of a sheet's cells: what was said there before stays, ours stands below it."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from jixiao.writing.original.job import Job
from jixiao.writing.original.office.markup import Markup, bound, child, children, local, prefix
from jixiao.writing.original.office.notes import Note
from jixiao.writing.original.office.text import sheet_text, xml_text
from jixiao.writing.original.xlsx.book import Book, Sheet, linked, reference
from jixiao.writing.original.xlsx.shapes import Box, drawn
from jixiao.writing.original.xlsx.threads import reply

_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING: Final = frozenset({
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
})  # fmt: skip
"""What follows a sheet's link to the shapes of its comments (ECMA-376 part 1, 18.3.1.99)."""
_COLOURS: Final = {"change": "#e2f0d9", "arithmetic": "#ffd9d9", "clause": "#ffe9c7", "doubt": "#ddebf7"}
"""Gravest first: a cell with notes of several kinds has the first one's colour."""
_MOST: Final = 32_000
_LEAST: Final = 320
"""Letters that a note gets at least."""
_MORE: Final = "（另有 {0} 条，见汇总。{0} more: see the summary.）"
_SIZE: Final = '<sz val="9"/><color indexed="81"/><rFont val="宋体"/>'
Spots = Mapping[tuple[int, int], Sequence[Note]]


def put_comments(book: Book, sheet: Sheet, notes: Spots, job: Job) -> None:
    """Put notes at cells of a sheet.

    Args:
        book: the workbook.
        sheet: the sheet.
        notes: by row and column, from 0.
        job: whose they are, and of when.

    Raises:
        Refused: the sheet's comments or shapes are broken.
    """
    package, author = book.package, job.author
    there = package.related(sheet.part, "comments")
    known = _merged(package.part(there), notes, author) if there else set()
    fresh = {spot: said for spot, said in sorted(notes.items()) if reference(*spot) not in known}
    if there:
        _append(package.part(there), fresh, author)
    else:
        name = package.free_name(posixpath.join(posixpath.dirname(book.main), "comments{}.xml"))
        package.add(name, _part(book.namespace, fresh, author), _COMMENTS_TYPE)
        package.link(sheet.part, "comments", name)
    reply(book, sheet, notes, job)
    if fresh:
        _draw(book, sheet, [_box(spot, said) for spot, said in fresh.items()])


def _merged(comments: Markup, notes: Spots, author: str) -> set[str]:
    """Add notes to the comments that their cells have already; the cells that have one."""
    said = {reference(*spot): each for spot, each in notes.items()}
    known: set[str] = set()
    for comment in _listed(comments.root):
        cell = comment.get("ref", "").replace("$", "")
        text = child(comment, "text")
        if cell in said and cell not in known and text is not None:
            _below(comments, text, said[cell], author)
            known.add(cell)
    return known


def _below(comments: Markup, text: etree._Element, notes: Sequence[Note], author: str) -> None:
    """Put notes below what a comment says; text without runs becomes a run, as text and runs do not mix.

    Where there is no more room they stand in the summary only.
    """
    tag, room = prefix(text), _MOST - sum(map(len, text.itertext())) - len(author)
    if room < _LEAST:
        return
    ours = _run(tag, f"\n—— {author} ——\n", bold=False) + _runs(tag, notes, room)
    runs, plain = list(children(text, "r")), child(text, "t")
    if runs:
        comments.put("after", runs[-1], ours)
    elif plain is not None:
        comments.put("before", plain, f"<{tag}r>")
        comments.put("after", plain, f"</{tag}r>{ours}")
    else:
        comments.put("first", text, ours)


def _listed(root: etree._Element) -> Iterator[etree._Element]:
    for group in children(root, "commentList"):
        yield from children(group, "comment")


def _append(comments: Markup, notes: Spots, author: str) -> None:
    """Add comments to a sheet's list, under an author of their own."""
    root = comments.root
    tag = prefix(root)
    authors, listed = child(root, "authors"), child(root, "commentList")
    number = sum(1 for _ in children(authors, "author")) if authors is not None else 0
    if not notes:
        return
    ours = f"<{tag}author>{sheet_text(author, _MOST)}</{tag}author>"
    new = "".join(_comment(tag, spot, said, number) for spot, said in notes.items())
    if authors is None or listed is None:
        comments.put("last", root, f"<{tag}authors>{ours}</{tag}authors><{tag}commentList>{new}</{tag}commentList>")
    else:
        comments.put("last", authors, ours)
        comments.put("last", listed, new)


def _part(namespace: str, notes: Spots, author: str) -> str:
    new = "".join(_comment("", spot, said, 0) for spot, said in notes.items())
    authors = f"<authors><author>{sheet_text(author, _MOST)}</author></authors>"
    return f'<comments xmlns="{namespace}">{authors}<commentList>{new}</commentList></comments>'


def _comment(tag: str, spot: tuple[int, int], notes: Sequence[Note], author: int) -> str:
    said = f'ref="{reference(*spot)}" authorId="{author}" shapeId="0"'
    return f"<{tag}comment {said}><{tag}text>{_runs(tag, notes)}</{tag}text></{tag}comment>"


def _runs(tag: str, notes: Sequence[Note], room: int = _MOST) -> str:
    """Notes as runs: each with a bold first line, a blank line between two; cut where a comment has no more room.

    A comment holds 32,767 letters at most. Where notes would get too few each, the first of them stand there, and it
    is said how many more there are in the summary.
    """
    told = min(len(notes), max(room, 0) // _LEAST)
    most = max(room, 0) // max(told, 1)
    pieces = []
    for number, note in enumerate(notes[:told]):
        pieces.append(_run(tag, ("\n\n" if number else "") + note.title, bold=True, most=most // 4))
        if note.body:
            pieces.append(_run(tag, "\n" + note.body, bold=False, most=most // 2))
    if told < len(notes):
        pieces.append(_run(tag, "\n\n" * bool(told) + _MORE.format(len(notes) - told), bold=False))
    return "".join(pieces)


def _run(tag: str, text: str, *, bold: bool, most: int = _MOST) -> str:
    look = _SIZE.replace("<", f"<{tag}")
    thick = f"<{tag}b/>" if bold else ""
    shown = sheet_text(text, most)
    return f'<{tag}r><{tag}rPr>{thick}{look}</{tag}rPr><{tag}t xml:space="preserve">{shown}</{tag}t></{tag}r>'


def _box(spot: tuple[int, int], notes: Sequence[Note]) -> Box:
    kinds = {note.kind for note in notes}
    colour = next((colour for kind, colour in _COLOURS.items() if kind in kinds), "#ffffe1")
    return Box(*spot, colour, "\n\n".join(f"{note.title}\n{note.body}" for note in notes))


def _draw(book: Book, sheet: Sheet, boxes: Sequence[Box]) -> None:
    """Give comments their shapes: beside those that are there, or in a part of their own."""
    package, markup = book.package, book.package.part(sheet.part)
    link = child(markup.root, "legacyDrawing")
    parts = {each.identity: each.part for each in package.relations(sheet.part)}
    there = parts.get(linked(link), "") if link is not None else ""
    if there and package.container.has(there):
        package.container.put(there, drawn(package, there, boxes, markup.root))
        return
    name = package.free_name(posixpath.join(posixpath.dirname(book.main), "drawings/vmlDrawing{}.vml"))
    package.container.put(name, drawn(package, "", boxes, markup.root))
    package.add_ending("vml", _VML_TYPE)
    identity = package.link(sheet.part, "vmlDrawing", name)
    short, declared = bound(markup.root, "r", book.relations)
    piece = f'<{prefix(markup.root)}legacyDrawing{declared} {short}:id="{xml_text(identity)}"/>'
    if link is not None:
        markup.put("instead", link, piece)
        return
    after = next((each for each in markup.root.iterchildren(etree.Element) if local(each) in _AFTER_DRAWING), None)
    if after is None:
        markup.put("last", markup.root, piece)
    else:
        markup.put("before", after, piece)
