"""Numbers put right as tracked changes: the old runs deleted, a new one with the same looks inserted."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from jixiao.layout.docx_spots import DocxSpots
from jixiao.writing.original.docx.document import Document, paragraphs_of, written_by
from jixiao.writing.original.job import Change, Job
from jixiao.writing.original.office.markup import child, local
from jixiao.writing.original.office.rewording import Rewording, rewording
from jixiao.writing.original.office.text import xml_text

_SAID: Final = {
    "zh": {
        "missing": "未能在文件中改动：找不到这个位置，请手工修改。",
        "other": "未能作为修订写入：此处的内容与所读不一致，或由域、图形等组成，请手工修改。",
    },
    "en": {
        "missing": "Not changed in the file: there is no such place; please change it by hand.",
        "other": "Not written as a tracked change: what stands there is not as read, or made of fields or drawings; "
        "please change it by hand.",
    },
}
_AROUND: Final = frozenset({"hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "ins"})
"""What may stand between a paragraph and its runs."""
_PLAIN: Final = frozenset({"rPr", "t", "lastRenderedPageBreak"})
_GAP: Final = "\0"


class _Run(NamedTuple):
    """A run, and where its text begins and ends in that of its paragraph."""

    element: etree._Element
    start: int
    end: int


def make_changes(document: Document, job: Job, spots: DocxSpots) -> dict[int, str]:
    """Write the changes of a job into a document; what there is to say of them, by their index."""
    said: dict[int, str] = {}
    for index, change in enumerate(job.changes):
        for number in [spots.of(place) for place in change.places] or [None]:
            if number is None or number >= len(document.elements):
                said[index] = _SAID[job.language]["missing"]
            elif not _made(document, document.elements[number], change, job):
                said[index] = _SAID[job.language]["other"]
    return said


def _made(document: Document, element: etree._Element, change: Change, job: Job) -> bool:
    """Whether what was read stood there, once, in runs of text, and was changed."""
    if any(local(each) == "txbxContent" for each in element.iterancestors()):
        return False
    runs: list[_Run] = []
    text = ""
    for paragraph in paragraphs_of(element):
        own, words = _text_of(paragraph, len(text))
        runs += own
        text += words + _GAP
    found = rewording(text, change.read, change.written)
    covered = [run for run in runs if found and run.start < found.end and run.end > found.start]
    if found is None or len({run.element.getparent() for run in covered}) != 1:
        return False
    _write(document, covered, found, job)
    return True


def _text_of(paragraph: etree._Element, start: int) -> tuple[list[_Run], str]:
    """The runs of a paragraph that hold nothing but text, and its text; other runs are a gap in it."""
    runs: list[_Run] = []
    text = ""
    for run in _runs(paragraph):
        plain = all(local(each) in _PLAIN for each in run.iterchildren(etree.Element)) and not _is_hidden(run)
        said = "".join(each.text or "" for each in run.iterchildren(etree.Element) if local(each) == "t")
        if plain and said:
            runs.append(_Run(run, start + len(text), start + len(text) + len(said)))
        text += said if plain else _GAP
    return runs, text


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for each in element.iterchildren(etree.Element):
        if local(each) == "r":
            yield each
        elif local(each) in _AROUND:
            yield from _runs(each)


def _is_hidden(run: etree._Element) -> bool:
    return child(child(run, "rPr"), "vanish") is not None


def _write(document: Document, covered: list[_Run], new: Rewording, job: Job) -> None:
    """Write the change in the place of the runs that it covers; what they hold before and behind it stays."""
    w, declared = document.w, document.declared
    start, end = new.start, new.end
    first, last = covered[0], covered[-1]
    deleted = "".join(_run(document, run, max(start, run.start), min(end, run.end), f"{w}:delText") for run in covered)
    before = _run(document, first, first.start, start, f"{w}:t")
    behind = _run(document, last, end, last.end, f"{w}:t")
    inserted = _with_text(document, first.element, new.written, f"{w}:t")
    gone = f'<{w}:del{declared} {w}:id="{document.next_id()}" {written_by(w, job)}>{deleted}</{w}:del>'
    come = f'<{w}:ins{declared} {w}:id="{document.next_id()}" {written_by(w, job)}>{inserted}</{w}:ins>'
    document.part.put("instead", first.element, before + gone + _beside(document, first.element, come) + behind)
    for run in covered[1:]:
        document.part.put("instead", run.element, "")


def _beside(document: Document, run: etree._Element, new: str) -> str:
    """What is inserted, beside an insertion of another person and not inside it."""
    around = run.getparent()
    if around is None or local(around) != "ins":
        return new
    w = document.w
    names = [name for name in ("author", "date") if document.attribute(around, name)]
    said = "".join(f' {w}:{name}="{xml_text(document.attribute(around, name))}"' for name in names)
    again = f'<{w}:ins{document.declared} {w}:id="{document.next_id()}"{said}>'
    return f"</{around.prefix}:ins>{new}{again}".replace("</None:", "</")


def _run(document: Document, run: _Run, start: int, end: int, name: str) -> str:
    """A piece of a run, by the place of its text in the paragraph; nothing where it has none."""
    text = "".join(each.text or "" for each in run.element.iterchildren(etree.Element) if local(each) == "t")
    piece = text[start - run.start : end - run.start]
    return _with_text(document, run.element, piece, name) if piece else ""


def _with_text(document: Document, run: etree._Element, text: str, name: str) -> str:
    """A run with the looks of another."""
    looks = child(run, "rPr")
    source = document.part.source(looks) if looks is not None else ""
    w, declared = document.w, document.declared
    return f'<{w}:r{declared}>{source}<{name} xml:space="preserve">{xml_text(text)}</{name}></{w}:r>'
