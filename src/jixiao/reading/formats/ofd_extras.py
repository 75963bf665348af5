"""What an OFD document holds beside its pages: annotations and attachments. None of it is read; all is said."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from jixiao.reading.container import Container
from jixiao.reading.formats.ofd_xml import below, resolved, text_at

_MOST: Final = 50
_LONGEST: Final = 200
_KINDS: Final = {
    "Link": ("链接", "links"), "Path": ("笔迹", "drawings"), "Highlight": ("高亮", "highlights"),
    "Stamp": ("签章", "stamps"), "Watermark": ("水印", "watermarks"), "": ("批注", "annotations"),
}  # fmt: skip


def extras_of(container: Container, part: str, document: etree._Element, first: int) -> list[str]:
    """Sentences on annotations and attachments.

    Args:
        container: the package.
        part: name of the document's part.
        document: its root.
        first: number of its first page.
    """
    pages = [page.get("ID", "") for page in below(document, "Pages", "Page")]
    numbers = {name: first + index for index, name in enumerate(pages)}
    said = list(islice(_annotations(container, part, document, numbers), _MOST))
    listed = resolved(part, text_at(document, "Attachments"))
    if text_at(document, "Attachments") and container.has(listed):
        names = [one.get("Name", "?") for one in below(container.xml(listed), "Attachment")]
        if names:
            shown = "、".join(names)[:_LONGEST]
            said.append(f"附件（{shown}）未读。Attachments ({shown}) were not read.")
    return said


def _annotations(container: Container, part: str, document: etree._Element, numbers: dict[str, int]) -> Iterator[str]:
    location = text_at(document, "Annotations")
    listed = resolved(part, location)
    if not location or not container.has(listed):
        return
    for page in below(container.xml(listed), "Page"):
        place = text_at(page, "FileLoc")
        named = next((name for name in (resolved(listed, place), resolved(part, place)) if container.has(name)), None)
        if named:
            number = numbers.get(page.get("PageID", ""), 0)
            yield from (_said(number, annotation) for annotation in below(container.xml(named), "Annot"))


def _said(number: int, annotation: etree._Element) -> str:
    zh, en = _KINDS.get(annotation.get("Type", ""), _KINDS[""])
    codes = annotation.iter("{*}TextCode", "{*}Remark", "TextCode", "Remark")
    words = "".join("".join(code.text or "" for code in codes).split())[:_LONGEST]
    quoted = (f"“{words}”", f" (“{words}”)") if words else ("", "")
    return f"第 {number} 页的{zh}{quoted[0]}未读。Page {number}: {en}{quoted[1]} not read."
