"""What a PDF says of itself: title, language, date, which standards it keeps; and what its black is."""

import struct
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from jixiao.writing.formats.pdf.objects import text_string
from jixiao.writing.paper.about import PROGRAM


def information(title: str, created: datetime | None) -> str:
    """The document information dictionary; it says what the metadata say."""
    dated = ""
    if created is not None:
        stamp = f"(D:{created:%Y%m%d%H%M%S}{_zone(created, pdf=True)})"
        dated = f"/CreationDate {stamp}/ModDate {stamp}"
    return f"<</Title {text_string(title)}/Producer({PROGRAM})/Creator({PROGRAM}){dated}>>"


def metadata(title: str, created: datetime | None, language: str) -> bytes:
    """XMP metadata: PDF/A-2a (ISO 19005-2, 6.6.4) and PDF/UA-1 (ISO 14289-1, 5) with the extension that it needs."""
    dated = ""
    if created is not None:
        stamp = f"{created:%Y-%m-%dT%H:%M:%S}{_zone(created, pdf=False)}"
        dated = f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
    text = _XMP.format(title=escape(title), dated=dated, language=language, producer=PROGRAM)
    return text.encode("utf-8")


def _zone(created: datetime, *, pdf: bool) -> str:
    zone = f"{created:%z}" or "+0000"
    return f"{zone[:3]}'{zone[3:5]}" if pdf else f"{zone[:3]}:{zone[3:5]}"


def gray_profile() -> bytes:
    """An ICC profile (version 2.1) of gray with the gamma 2.2, seen under D50."""
    white = b"XYZ \0\0\0\0" + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 0x0233) + b"\0\0"
    name = b"Gray, gamma 2.2\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
    right = b"text\0\0\0\0" + b"No copyright, use freely\0"
    tags, at, body = [], 128 + 4 + 12 * 4, b""
    for tag, data in ((b"cprt", right), (b"desc", described), (b"kTRC", curve), (b"wtpt", white)):
        tags.append(tag + struct.pack(">2I", at + len(body), len(data)))
        body += data + bytes(-len(data) % 4)
    size = at + len(body)
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"GRAY", b"XYZ ") + made + b"acsp"
    head += bytes(28) + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + b"".join(tags) + body


_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{producer}</xmp:CreatorTool>{dated}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
