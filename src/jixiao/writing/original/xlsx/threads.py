"""Notes as replies in the threads of newer Excel, which shows a cell's thread and hides its comment of the old kind."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from jixiao.writing.original.job import Job
from jixiao.writing.original.office.markup import children, prefix
from jixiao.writing.original.office.notes import Note
from jixiao.writing.original.office.text import xml_text
from jixiao.writing.original.xlsx.book import Book, Sheet, reference

_MOST: Final = 32_000


def reply(book: Book, sheet: Sheet, notes: Mapping[tuple[int, int], Sequence[Note]], job: Job) -> None:
    """Put notes at cells that have a thread into it, as replies.

    A workbook without a list of the persons who write has no threads that Excel shows.

    Raises:
        Refused: the threads or the persons are broken.
    """
    part, persons = book.package.related(sheet.part, "threadedComment"), book.package.related(book.main, "person")
    if not part or not persons:
        return
    threads = book.package.part(part)
    first = {each.get("ref", ""): each for each in reversed(list(children(threads.root, "threadedComment")))}
    known = {each.get("id", "") for each in threads.root.iter(etree.Element)}
    for spot, said in notes.items():
        above = first.get(reference(*spot))
        if above is None:
            continue
        text = "\n\n".join(f"{note.title}\n{note.body}" for note in said)[:_MOST]
        identity = next(name for n in range(len(known) + 1) if (name := _name(f"{part}{spot}{n}{text}")) not in known)
        given = (
            f'ref="{reference(*spot)}" dT="{xml_text(job.day)}T00:00:00.00" personId="{_person(book, persons, job)}"'
        )
        given += f' id="{identity}" parentId="{xml_text(above.get("parentId") or above.get("id", ""))}"'
        tag = prefix(threads.root)
        piece = f"<{tag}threadedComment {given}><{tag}text>{xml_text(text)}</{tag}text></{tag}threadedComment>"
        threads.put("last", threads.root, piece)


def _person(book: Book, part: str, job: Job) -> str:
    """The id of whoever writes, who is listed once."""
    persons = book.package.part(part)
    identity = _name(f"person {job.author}")
    listed = any(each.get("id") == identity for each in children(persons.root, "person"))
    if not listed and not persons.touched:
        author, tag = xml_text(job.author), prefix(persons.root)
        said = f'displayName="{author}" id="{identity}" userId="{author}" providerId="None"'
        persons.put("last", persons.root, f"<{tag}person {said}/>")
    return identity


def _name(text: str) -> str:
    """An id as Excel writes them; the same for the same text."""
    return "{" + str(uuid5(NAMESPACE_URL, text)).upper() + "}"
