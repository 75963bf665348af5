"""OFD's container: its parts follow the standard's structure, every identifier is given once, bytes are the same."""

import gc
import io
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest
from lxml import etree
from msgspec.structs import replace

from jixiao.writing.formats.ofd.document import write_pages
from jixiao.writing.formats.ofd.parcel import Parcel
from jixiao.writing.paper.about import About
from jixiao.writing.paper.model import Page
from jixiao.writing.paper.pages import SetPage
from jixiao.writing.paper.unprintable import Unprintable
from writing.ofd_parts import NAMESPACE, local, numbers, objects, parts, roots, written
from writing.set_pages import FACES, one_line, one_table

RARE = "㐂\U00020676甲"

ORDER = {
    "OFD": "DocBody",
    "DocBody": "DocInfo DocRoot",
    "DocInfo": "DocID Title Author CreationDate Creator",
    "Document": "CommonData Pages Outlines",
    "CommonData": "MaxUnitID PageArea PublicRes",
    "PageArea": "PhysicalBox",
    "Pages": "Page",
    "Outlines": "OutlineElem",
    "OutlineElem": "Actions",
    "Actions": "Action",
    "Action": "Goto",
    "Goto": "Dest",
    "Res": "Fonts",
    "Fonts": "Font",
    "Font": "FontFile",
    "Area": "PhysicalBox",
    "Content": "Layer",
    "Layer": "TextObject PathObject",
    "PathObject": "AbbreviatedData",
    "TextObject": "CGTransform TextCode",
    "CGTransform": "Glyphs",
}
"""GB/T 33190-2016, annex A: what an element may hold of what is written here, in that order."""
UNORDERED = {"Layer"}
ATTRIBUTES = {
    "OFD": {"Version", "DocType"}, "Page": {"ID", "BaseLoc"}, "OutlineElem": {"Title"}, "Action": {"Event"},
    "Dest": {"Type", "PageID", "Left", "Top"}, "Res": {"BaseLoc"},
    "Font": {"ID", "FontName", "FamilyName", "Charset"},
    "Layer": {"ID", "Type"}, "PathObject": {"ID", "Boundary", "LineWidth", "Cap"},
    "TextObject": {"ID", "Boundary", "Font", "Size"}, "TextCode": {"X", "Y", "DeltaX"},
    "CGTransform": {"CodePosition", "CodeCount", "GlyphCount"},
}  # fmt: skip
"""The same annex: attributes, all known there."""


def some_pages() -> list[SetPage]:
    """Two documents of three pages: tables, lines, a rare letter, a page on its side."""
    last = replace(one_line(RARE), page=Page(84189, 59528), bookmark='乙 <2> "&"', foot="第2页")
    return [one_table("甲", "", "=1+1"), replace(one_line("续"), bookmark=""), last]


def elements(data: bytes) -> Iterator[etree._Element]:
    """Every element of every part."""
    for root in roots(data).values():
        yield from root.iter()


def test_elements_follow_the_standard() -> None:
    """Every element holds what the standard's schema lets it hold, in its order, with attributes it knows."""
    for element in elements(written(some_pages())):
        name = local(element)
        page_part = name == "Page" and len(element)
        order = ("Area Content" if page_part else ORDER.get(name, "")).split()
        held = [local(child) for child in element]
        assert set(held) <= set(order), name
        assert name in UNORDERED or held == sorted(held, key=order.index), name
        assert set(element.keys()) <= (set() if page_part else ATTRIBUTES.get(name, set())), name


def test_identifiers_are_given_once() -> None:
    """No two objects of a document have one identifier, and the highest is the one the document names."""
    data = written(some_pages())
    given = Counter(int(element.get("ID", "")) for element in elements(data) if element.get("ID"))
    (highest,) = objects(data, "MaxUnitID")
    assert set(given.values()) == {1}
    assert int(highest.text or "") == max(given)
    (fonts,) = objects(data, "Fonts")
    assert {text.get("Font") for text in objects(data, "TextObject")} == {font.get("ID") for font in fonts}


def test_every_part_named_is_there() -> None:
    """Pages, resources and fonts stand where they are said to."""
    data = written(some_pages())
    found = parts(data)
    said = {"OFD.xml", *(f"Doc_0/{page.get('BaseLoc')}" for page in objects(data, "Page") if page.get("BaseLoc"))}
    said |= {f"Doc_0/{resource.text}" for resource in objects(data, "PublicRes")}
    said |= {f"Doc_0/Res/{file.text}" for file in objects(data, "FontFile")}
    said |= {str(root.text) for root in objects(data, "DocRoot")}
    assert said == set(found)


def test_documents_are_in_the_outline() -> None:
    """Each document's name leads to the page it begins on; a page that goes on with one has no entry."""
    data = written(some_pages())
    pages = [page.get("ID") for page in objects(data, "Page") if page.get("BaseLoc")]
    entries = {entry.get("Title"): entry.find(f".//{NAMESPACE}Dest") for entry in objects(data, "OutlineElem")}
    assert {name: place.get("PageID") for name, place in entries.items() if place is not None} == {
        "一张表": pages[0], "乙 <2> \"&\"": pages[2],
    }  # fmt: skip


def test_sheets_keep_their_size() -> None:
    """A page says its own sheet in millimetres: A4 upright, A4 on its side."""
    boxes = [numbers(box.text) for area in objects(written(some_pages()), "Area") for box in area]
    assert [[round(number) for number in box] for box in boxes] == [[0, 0, 210, 297]] * 2 + [[0, 0, 297, 210]]


def test_what_it_says_of_itself() -> None:
    """Title, author, program and day are the caller's; what is not said is not there; no clock is asked."""
    (info,) = objects(written([one_line("甲")]), "DocInfo")
    told = {local(each): each.text for each in info}
    assert len(told.pop("DocID") or "") == 32
    assert told == {
        "Title": "绩效自评表 <&>", "Author": "某局", "CreationDate": "2025-03-01", "Creator": "Jixiao",
    }  # fmt: skip
    (bare,) = objects(written([one_line("甲")], About("甲")), "DocInfo")
    assert [local(each) for each in bare] == ["DocID", "Title", "Creator"]


def test_the_same_pages_give_the_same_bytes() -> None:
    """Written twice, a document is the same byte for byte; another one has another identifier."""
    assert written(some_pages()) == written(some_pages())
    one, other = ([each.text for each in objects(written([one_line(text)]), "DocID")] for text in "甲乙")
    assert one != other


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(letter: str) -> None:
    """A control character in a line, a name or the title is refused with a sentence that names it and its document."""
    for pages, about in (
        ([one_line(f"甲{letter}乙")], About("书")),
        ([replace(one_line("甲"), bookmark=f"一行字{letter}")], About("书")),
        ([one_line("甲")], About(f"书{letter}")),
    ):
        with pytest.raises(Unprintable, match=f"U.{ord(letter):04X}") as refusal:
            written(pages, about)
        assert f"U+{ord(letter):04X}" in refusal.value.zh
        assert "一行字" in refusal.value.zh or "书" in refusal.value.zh
        assert letter not in refusal.value.zh + refusal.value.en


def test_no_page_is_no_document() -> None:
    """A document without a page is refused: the standard has none."""
    with pytest.raises(ValueError, match="at least one page"):
        written([])


def test_pages_are_handed_out_as_they_come() -> None:
    """The bytes of a page are there before the next page is asked for."""
    asked = []

    def pages() -> Iterator[SetPage]:
        for number in range(3):
            asked.append(number)
            yield one_line(f"第{number}张")

    pieces = write_pages(pages(), FACES, About("甲"))
    assert (len(next(pieces)) > 0, asked) == (True, [0])
    assert (len(next(pieces)) > 0, asked) == (True, [0, 1])


def test_memory_does_not_grow_with_pages() -> None:
    """A further page takes three kilobytes at most, for its entries in the directory and in the list of pages."""
    written([one_table("甲", "乙")])

    def most(count: int) -> int:
        tracemalloc.start()
        for _ in write_pages((one_table("甲", "乙") for _ in range(count)), FACES, About("甲")):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(200) - most(50) < 150 * 3000


def test_a_document_given_up_leaves_nothing_open() -> None:
    """A caller that stops in the middle, or fails, is told nothing more: no warning of files left open."""
    pieces = write_pages(iter([one_line("甲"), one_line("乙")]), FACES, About("甲"))
    next(pieces)
    del pieces
    gc.collect()


def test_a_parcel_is_a_zip() -> None:
    """What is put in comes out, in pieces that are the whole file put together; sizes stand in every part's head."""
    with Parcel() as parcel:
        whole = parcel.put("a.xml", b"a" * 5000) + parcel.put("b/c.xml", b"") + parcel.close()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.xml": b"a" * 5000, "b/c.xml": b""}
        assert [info.flag_bits & 8 for info in archive.infolist()] == [0, 0]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
