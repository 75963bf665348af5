"""Notes as comments of a document: each around what it speaks of, behind the comments that are there."""

import posixpath
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from jixiao.writing.original.docx.document import Document, has_words, paragraphs_of, written_by
from jixiao.writing.original.job import Job
from jixiao.writing.original.office.markup import bound, child
from jixiao.writing.original.office.notes import Note
from jixiao.writing.original.office.text import xml_text

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def put_comments(document: Document, notes: Mapping[int, Sequence[Note]], job: Job) -> None:
    """Put notes at cells and paragraphs of a document.

    Args:
        document: the document.
        notes: by the number of the element in the main part.
        job: whose notes they are, and of when.

    Raises:
        Refused: the comments that are there are broken.
    """
    package = document.package
    there = package.related(package.main, "comments")
    first = document.next_id()
    if there:
        first = max(first, document.highest_id(list(package.part(there).root.iter(etree.Element))) + 1)
    pieces: list[tuple[int, Note]] = []
    for number, said in sorted(notes.items()):
        spots = _spots(document, number)
        if not spots:
            continue
        for note in said:
            _anchor(document, spots, first + len(pieces))
            pieces.append((first + len(pieces), note))
    if not pieces:
        return
    if there:
        part = package.part(there)
        w = _prefix_in(document, part.root)
        part.put("last", part.root, "".join(_comment(w, number, note, job) for number, note in pieces))
        return
    name = posixpath.join(posixpath.dirname(package.main), "comments.xml")
    if package.container.has(name):
        name = package.free_name(name.replace(".xml", "{}.xml"))
    listed = "".join(_comment(("w", ""), number, note, job) for number, note in pieces)
    package.add(name, f'<w:comments xmlns:w="{document.namespace}">{listed}</w:comments>', _TYPE)
    package.link(package.main, "comments", name)


def _prefix_in(document: Document, root: etree._Element) -> tuple[str, str]:
    """The prefix of names in another part, and what declares it there where it is not."""
    return bound(root, "w", document.namespace)


def _spots(document: Document, number: int) -> list[etree._Element]:
    """The paragraphs that a comment is put around: those with words, or the first where a cell is empty."""
    if number >= len(document.elements):
        return []
    paragraphs = paragraphs_of(document.elements[number])
    return [each for each in paragraphs if has_words(each)] or paragraphs[:1]


def _anchor(document: Document, spots: Sequence[etree._Element], number: int) -> None:
    """Put the marks of a comment around some paragraphs."""
    w, declared = document.w, document.declared
    named = f'{declared} {w}:id="{number}"'
    properties = child(spots[0], "pPr")
    start = f"<{w}:commentRangeStart{named}/>"
    if properties is None:
        document.part.put("first", spots[0], start)
    else:
        document.part.put("after", properties, start)
    mark = f'<{w}:r{declared}><{w}:commentReference {w}:id="{number}"/></{w}:r>'
    document.part.put("last", spots[-1], f"<{w}:commentRangeEnd{named}/>{mark}")


def _comment(names: tuple[str, str], number: int, note: Note, job: Job) -> str:
    w, declared = names
    by = f'{written_by(w, job)} {w}:initials="{xml_text(job.author[:2])}"'
    lines = [note.title, *(note.body.split("\n") if note.body else [])]
    said = "".join(_paragraph(w, line, first=not at) for at, line in enumerate(lines))
    return f'<{w}:comment{declared} {w}:id="{number}" {by}>{said}</{w}:comment>'


def _paragraph(w: str, text: str, *, first: bool) -> str:
    mark, thick = (f"<{w}:r><{w}:annotationRef/></{w}:r>", f"<{w}:rPr><{w}:b/></{w}:rPr>") if first else ("", "")
    return f'<{w}:p>{mark}<{w}:r>{thick}<{w}:t xml:space="preserve">{xml_text(text)}</{w}:t></{w}:r></{w}:p>'
