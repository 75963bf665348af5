"""Small OFD documents written by hand, part by part."""

import io
import zipfile
from collections.abc import Mapping

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
AREA = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A container of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def page(objects: str, *, before: str = "", area: str = AREA) -> str:
    """A page's part: its objects in one layer."""
    layer = f'<ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer>'
    return f"<ofd:Page {NS}>{area}{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def parts_of(*pages: str, common: str = "", beside: str = "", body: str = "") -> dict[str, str | bytes]:
    """The parts of a document of whole pages.

    Args:
        pages: the parts of its pages.
        common: more elements of CommonData.
        beside: more elements of the document.
        body: more elements of the entry in OFD.xml.
    """
    listed = "".join(f'<ofd:Page ID="{n + 50}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    document = f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{beside}"
    entry = f"<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {NS}>{entry}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}>{document}</ofd:Document>",
    }
    return parts | {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}


def ofd_of(objects: str) -> bytes:
    """A document of one page with these objects."""
    return zipped(parts_of(page(objects)))


def text(at: str, words: str, more: str = "", code: str = 'DeltaX="g 99 4"') -> str:
    """A text object, 4 mm high, at "left top"; its base line is 4 mm below."""
    outline = f'Boundary="{at} 100 6" Font="1" Size="4"'
    return f'<ofd:TextObject {outline} {more}><ofd:TextCode X="0" Y="4" {code}>{words}</ofd:TextCode></ofd:TextObject>'


def path(at: str, data: str, more: str = "") -> str:
    """A path object at "left top"."""
    outline = f'<ofd:PathObject Boundary="{at} 200 200" {more}>'
    return f"{outline}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def ruled(columns: list[int], rows: list[int]) -> str:
    """The rules of a table, in millimetres."""
    across = "".join(path(f"{columns[0]} {y}", f"M 0 0 L {columns[-1] - columns[0]} 0") for y in rows)
    return across + "".join(path(f"{x} {rows[0]}", f"M 0 0 L 0 {rows[-1] - rows[0]}") for x in columns)
