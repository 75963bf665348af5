"""Web pages and OFD documents made to harm or broken by accident, each with the verdict it must get."""

from hostile.hostile_files import BROKEN, DATA, NO_FORM, UNSAFE, Hostile, one_of, zip_of
from reading.ofd_maker import NS, page, parts_of, path, text, zipped

TOO_LARGE = one_of("too_large")
NO_TEXT = one_of("unreadable_text_encoding")
TOO_MUCH = one_of("expands_too_much")
BOX = b"<div style='display:flex'>"
ROOT = f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>/../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
PAGE = "Doc_0/Pages/Page_0/Content.xml"
READ_OR_NONE = one_of("read", "not_a_form")
FORM = (DATA / "forms7.html").read_bytes()


def with_form(more: bytes) -> bytes:
    """The sample page with something harmful at its end."""
    return FORM.replace(b"</body>", more + b"</body>")


def ofd_parts(**common: str) -> dict[str, str | bytes]:
    """A document of one page with one line."""
    return parts_of(page(text("20 20", "甲")), **common)


def with_page(objects: str) -> bytes:
    """A document of one page with these objects."""
    return zipped(parts_of(page(objects)))


def drawn_in_circles(first: str, second: str) -> bytes:
    """Two vector graphics, of which the first draws the second, and the second the first, again and again."""
    use = '<ofd:CompositeObject ResourceID="{}" Boundary="0 0 9 9"/>'
    unit = '<ofd:CompositeGraphicUnit ID="{}"><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit>'
    units = unit.format(first, use.format(second) * 9) + unit.format(second, use.format(first) * 9)
    parts = parts_of(page(use.format(first)), common="<ofd:PublicRes>R.xml</ofd:PublicRes>")
    resources = f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"
    return zipped(parts | {"Doc_0/R.xml": f"<ofd:Res {NS}>{resources}</ofd:Res>"})


def with_entities(body: str) -> bytes:
    """A page that declares entities."""
    declared = f"<?xml version='1.0'?><!DOCTYPE a [{body}]>"
    return zipped(ofd_parts() | {PAGE: declared + page(text("20 20", "&a9;"))})


def many_pages() -> bytes:
    """A document that lists one page a thousand times."""
    listed = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 1000
    return zipped(
        ofd_parts() | {"Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"}
    )


def ofd_bomb() -> bytes:
    """A page of 60 MB of text objects in a few hundred kilobytes."""
    return zipped(ofd_parts() | {PAGE: page(text("20 20", "甲") * 400_000)})


FAR_OFF = (
    text("1e300 -1e300", "甲"), text("9" * 999 + " 0", "乙"), text("NaN inf", "丙"),
    text("0 0", "丁", 'CTM="1e7 0 0 1e7 1e7 1e7"'),
)  # fmt: skip


HTML_FILES: dict[str, Hostile] = {
    "spans of a thousand million": Hostile(
        lambda: with_form(b"<table><tr><td rowspan=1000000000 colspan=1000000000>a<td>b</table>"), one_of("read")
    ),
    "spans that cover millions of cells": Hostile(
        lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=60000>a" * 300 + b"</table>", TOO_LARGE
    ),
    "a hundred thousand elements in one another": Hostile(lambda: b"<html>" + b"<div>" * 100_000 + b"a", UNSAFE),
    "ten thousand tables in one another": Hostile(lambda: b"<table><tr><td>" * 10_000 + b"a", UNSAFE),
    "five hundred tables in one another": Hostile(lambda: b"<table><tr><td>" * 500 + b"a", READ_OR_NONE),
    "formatting that is never closed": Hostile(lambda: b"<html>" + b"<b><i><u><font><a>" * 20_000 + b"a", UNSAFE),
    "paragraphs that are never closed": Hostile(lambda: b"<html>" + b"<p>a" * 50_000, one_of("not_a_form")),
    "more elements than any page has": Hostile(lambda: b"<html>" + b"<br>" * 1_510_000, TOO_LARGE),
    "two hundred thousand lines": Hostile(lambda: with_form(b"<p>a" * 200_000), TOO_LARGE),
    "a comment without end": Hostile(lambda: FORM + b"<!-- " + b"-" * 1_000_000, one_of("read")),
    "a script without end": Hostile(lambda: FORM + b"<script>" * 100_000, one_of("read")),
    "a style sheet of braces": Hostile(
        lambda: b"<style>" + b"@media print{" * 50_000 + b"display" + b"{" * 99_999 + b"</style>" + FORM, one_of("read")
    ),
    "thousands of attributes": Hostile(
        lambda: with_form(b"<p " + b" ".join(b"a%d=1" % number for number in range(9_000)) + b">a"), one_of("read")
    ),
    "entities without end": Hostile(lambda: with_form(b"<p>" + b"&amp" * 500_000 + b"&#99999999999;"), one_of("read")),
    "entities that a document type declares": Hostile(
        lambda: b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>&a;', one_of("not_a_form")
    ),
    "boxes in boxes in boxes": Hostile(
        lambda: b"<html>" + (BOX + b"<p>a<p>b</div>") * 3 + BOX * 900, READ_OR_NONE | {"unsafe_content"}
    ),
    "half of a page": Hostile(lambda: FORM[: len(FORM) // 2], one_of("read")),
    "a page of zero bytes": Hostile(lambda: b"<html><p>" + bytes(100_000), NO_TEXT),
    "an archive without its page": Hostile(
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n--a--", BROKEN
    ),
    "an archive of a hundred thousand parts": Hostile(
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 100_000,
        BROKEN,
    ),
    "no encoding fits": Hostile(lambda: b"<html><meta charset=utf-8>" + b"\xff\xfe\x81" * 9000, NO_TEXT),
}
"""Name → page; the verdict "read" means that the rest of the page is read all the same."""

OFD_FILES: dict[str, Hostile] = {
    "a run of a thousand million steps": Hostile(
        lambda: with_page(text("20 20", "甲" * 99, code='DeltaX="g 1000000000 1 g 99999999999999999999 1"')), NO_FORM
    ),
    "a path of a million lines": Hostile(lambda: with_page(path("0 0", "M 0 0 " + "L 9 9 " * 1_000_000)), TOO_MUCH),
    "a long path": Hostile(lambda: with_page(path("0 0", "M 0 0 " + "L 9 9 " * 99_999)), NO_FORM),
    "a hundred thousand paths": Hostile(lambda: with_page(path("0 0", "M 0 0 L 99 0 L 99 99 C") * 100_000), TOO_MUCH),
    "graphics that draw one another": Hostile(lambda: drawn_in_circles("7", "8"), NO_FORM | TOO_LARGE),
    "a graphic that draws itself": Hostile(lambda: drawn_in_circles("7", "7"), NO_FORM | TOO_LARGE),
    "a template that uses itself": Hostile(
        lambda: zipped(
            ofd_parts(common=f'<ofd:TemplatePage ID="3" BaseLoc="/{PAGE}"/>')
            | {PAGE: page("", before='<ofd:Template TemplateID="3"/>' * 9999)}
        ),
        NO_FORM,
    ),
    "page blocks in one another": Hostile(
        lambda: with_page("<ofd:PageBlock>" * 5000 + "</ofd:PageBlock>" * 5000), BROKEN
    ),
    "entities in a page": Hostile(lambda: with_entities('<!ENTITY a9 "' + "a" * 50_000 + '">'), UNSAFE),
    "an entity from the outside": Hostile(lambda: with_entities('<!ENTITY a9 SYSTEM "file:///etc/passwd">'), UNSAFE),
    "paths that leave the container": Hostile(lambda: zipped(ofd_parts() | {"OFD.xml": ROOT}), BROKEN),
    "a part whose name leaves the container": Hostile(lambda: zipped(ofd_parts() | {"../../evil.xml": "a"}), UNSAFE),
    "a page that is missing": Hostile(
        lambda: zipped({name: part for name, part in ofd_parts().items() if "Page_0" not in name}), BROKEN
    ),
    "resources that are missing": Hostile(
        lambda: zipped(ofd_parts(common="<ofd:PublicRes>/a/b.xml</ofd:PublicRes><ofd:DocumentRes>c</ofd:DocumentRes>")),
        NO_FORM,
    ),
    "a container without a document": Hostile(lambda: zip_of({"OFD.xml": f"<ofd:OFD {NS}/>".encode()}), BROKEN),
    "a page that is no XML": Hostile(lambda: zipped(ofd_parts() | {PAGE: "<a><b>"}), BROKEN),
    "numbers off any paper": Hostile(lambda: with_page("".join(FAR_OFF)), NO_FORM),
    "a thousand pages": Hostile(many_pages, TOO_LARGE),
    "objects without end": Hostile(ofd_bomb, TOO_LARGE | {"expands_too_much", "memory", "time_out"}),
    "an encrypted document": Hostile(lambda: zipped(ofd_parts() | {"Encryptions.xml": "<a/>"}), one_of("encrypted")),
    "a document cut off": Hostile(lambda: (DATA / "forms7.ofd").read_bytes()[:-200], BROKEN),
}
"""Name → document."""

TEXT_FILES: dict[str, Hostile] = {
    "quotes without end": Hostile(lambda: b"a,b,c\n" * 9 + b'"' * 1_000_000, READ_OR_NONE),
    "a quote at every comma": Hostile(lambda: b',"' * 500_000, READ_OR_NONE),
    "more fields than any sheet has": Hostile(lambda: b"a,b,c\n" * 100_000, TOO_LARGE),
    "more drawn rules than any form has": Hostile(lambda: b"+--+--+\n" * 30_000, TOO_LARGE),
    "a Markdown table of a million cells": Hostile(lambda: b"|a|b\n|--|--\n" + b"|a|b\n" * 500_000, TOO_LARGE),
}
"""Name → text."""
