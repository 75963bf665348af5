"""PDF files made to harm, each built here from nothing, with the verdict it must get."""

import hashlib
import zlib
from collections.abc import Callable

from hostile.hostile_files import NO_FORM, READ, Hostile, form_pdf, one_of, stream_pdf, zip_of
from reading.pdf_maker import PdfPage, assemble, grid, make_pdf, text

CATALOG, PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 99 99]"
STOPPED = one_of("time_out", "memory", "crashed")
BROKEN = one_of("truncated_or_damaged")
ROWS = (
    "项目名称 甲项目 主管部门 乙局",
    "三级指标 年度指标值 实际完成值 得分",
    "培训人次 ≥10.00(人) 12.00(人) 90.00",
    "总分 100.00 90.00 优秀",
)
FORM = grid([50, 160, 270, 380, 490], [640, 670, 700, 730, 760]) + "".join(
    text(52 + 110 * column, 740 - 30 * row, word)
    for row, line in enumerate(ROWS)
    for column, word in enumerate(line.split())
)
"""The operators of a page with a short form, to stand beside what is to be survived."""


def stream(entries: str, content: str) -> str:
    """A stream object."""
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def pressed(content: bytes) -> str:
    """A Flate stream object."""
    return stream("/Filter /FlateDecode", zlib.compress(content, 9).decode("latin-1"))


def drawn(content: str, *more: str, entries: str = "") -> Callable[[], bytes]:
    """A PDF of one page with this content; further objects are numbered from 5."""
    page = f"<< {PAGE} /Contents 4 0 R {entries} >>"
    return lambda: assemble([CATALOG, PAGES, page, pressed(content.encode("latin-1")), *more])


def beside(content: str = "", *, entries: str = "/MediaBox [0 0 595 842]", catalog: str = "") -> Callable[[], bytes]:
    """A page with a form, and something hostile beside it."""
    return lambda: make_pdf(PdfPage(content + FORM, entries), catalog=catalog)


def xref_loop() -> bytes:
    """A table of contents whose predecessor is itself."""
    data = form_pdf()
    at = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at)


def object_stream_in_itself() -> bytes:
    """An object stream that says it lies in itself, found by a table of contents that is a stream."""
    inner = stream("/Type /ObjStm /N 1 /First 4", "4 0 << /Type /Catalog /Pages 2 0 R >>")
    data = f"%PDF-1.7\n4 0 obj\n{inner}\nendobj\n".encode("latin-1")
    rows = b"".join(bytes((2, 0, 4, 0)) for _ in range(6))
    table = zlib.compress(rows).decode("latin-1")
    entries = "/Type /XRef /Size 6 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode"
    return data + f"5 0 obj\n{stream(entries, table)}\nendobj\nstartxref\n{len(data)}\n%%EOF\n".encode("latin-1")


def deep_pages() -> bytes:
    """A page at the end of a tree of twenty thousand nodes."""
    nodes = [f"<< /Type /Pages /Kids [{number + 3} 0 R] /Count 1 >>" for number in range(20_000)]
    return assemble([CATALOG, *nodes, "<< /Type /Page /MediaBox [0 0 9 9] >>"])


def laughing_forms() -> bytes:
    """Forms within forms, ten of each in the next: a thousand million drawings."""
    levels = [
        stream(
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {number + 6} 0 R >> >>",
            "/X Do " * 10,
        )
        for number in range(9)
    ]
    last = stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 m 9 9 l S")
    return drawn("/X Do", *levels, last, entries="/Resources << /XObject << /X 5 0 R >> >>")()


def picture(entries: str, content: str = "x") -> Callable[[], bytes]:
    """A page that shows one picture."""
    body = stream(f"/Type /XObject /Subtype /Image {entries}", content)
    return drawn("99 0 0 99 0 0 cm /X Do", body, entries="/Resources << /XObject << /X 5 0 R >> >>")


def evil_font() -> bytes:
    """A page set in an embedded TrueType font whose tables point anywhere."""
    tables = b"".join(
        name + b"\xff\xff\xff\xff" + (at * 7).to_bytes(4, "big") + b"\x7f\xff\xff\xff"
        for at, name in enumerate((b"glyf", b"loca", b"head", b"cmap", b"hmtx", b"maxp", b"fpgm"))
    )
    font = (b"\x00\x01\x00\x00\x00\x07" + bytes(6) + tables + b"\xff" * 4000).decode("latin-1")
    return drawn(
        "BT /F 10 Tf 9 9 Td (aaaa) Tj ET",
        "<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 0 /LastChar 255 /FontDescriptor 6 0 R >>",
        "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 9 9] /FontFile2 7 0 R >>",
        stream(f"/Length1 {len(font)}", font),
        entries="/Resources << /Font << /F 5 0 R >> >>",
    )()


def endless_map() -> bytes:
    """A font whose map to letters holds four thousand million entries."""
    cmap = "1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange " * 50
    return drawn(
        "BT /F 10 Tf 9 9 Td (aaaa) Tj ET",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        stream("", f"begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange {cmap} endcmap"),
        entries="/Resources << /Font << /F 5 0 R >> >>",
    )()


def glyph_in_itself() -> bytes:
    """A font drawn by procedures, whose only glyph shows itself."""
    return drawn(
        "BT /F 10 Tf (a) Tj ET",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97"
        " /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >>"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        stream("", "9 0 d0 BT /F 10 Tf (aaaaaaaaaa) Tj ET"),
        entries="/Resources << /Font << /F 5 0 R >> >>",
    )()


def pattern_in_itself() -> bytes:
    """A pattern that is painted with itself."""
    names = "/Resources << /Pattern << /P 5 0 R >> >>"
    body = "/Pattern cs /P scn 0 0 99 99 re f"
    tile = f"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1 /YStep 1 {names}"
    return drawn(body, stream(tile, body), entries=names)()


def updated() -> bytes:
    """A form whose page was emptied by an update at the end of the file."""
    data = form_pdf()
    new = f"4 0 obj\n{stream('', 'BT ET')}\nendobj\n"
    before, at = data.rindex(b"xref\n0"), len(data)
    table = f"xref\n4 1\n{at:010} 00000 n \ntrailer << /Size 6 /Root 1 0 R /Prev {before} >>\n"
    return data + f"{new}{table}startxref\n{at + len(new)}\n%%EOF\n".encode()


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def open_password() -> bytes:
    """An encrypted page whose password is empty, so that it opens by itself; it shows nothing."""
    from hostile.hostile_files import rc4

    owner = rc4(hashlib.md5(_PADDING).digest()[:5], _PADDING)  # noqa: S324  # the handler's own algorithm (ISO 32000-1)
    identity = b"0123456789abcdef"
    key = hashlib.md5(_PADDING + owner + b"\xfc\xff\xff\xff" + identity).digest()[:5]  # noqa: S324  # as above
    lock = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{rc4(key, _PADDING).hex()}> /P -4 >>"
    trailer = f"/Encrypt 4 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"
    return assemble([CATALOG, PAGES, f"<< {PAGE} >>", lock], trailer)


def many_pages(count: int, *, kids: int = 1) -> bytes:
    """So many pages, or one page listed so often."""
    listed = " ".join(f"{3 + number % kids} 0 R" for number in range(count))
    pages = [f"<< {PAGE} >>"] * kids
    return assemble([CATALOG, f"<< /Type /Pages /Kids [{listed}] /Count {count} >>", *pages])


FILES: dict[str, Hostile] = {
    "a table of contents before itself": Hostile(xref_loop, READ | BROKEN),
    "an object stream in itself": Hostile(object_stream_in_itself, BROKEN),
    "a tree of twenty thousand nodes": Hostile(deep_pages, NO_FORM),
    "forty filters in a row": Hostile(lambda: stream_pdf("/ASCIIHexDecode " * 40, b"30>"), NO_FORM),
    "a run-length stream of 100 MB": Hostile(
        lambda: stream_pdf("/FlateDecode /RunLengthDecode", zlib.compress(b"\x81 " * 800_000, 9)), NO_FORM | STOPPED
    ),
    "forms within forms, a thousand million": Hostile(laughing_forms, NO_FORM | STOPPED),
    "a glyph that shows itself": Hostile(glyph_in_itself, one_of("glyphs_without_letters") | STOPPED),
    "a pattern painted with itself": Hostile(pattern_in_itself, NO_FORM | STOPPED),
    "a font with evil tables": Hostile(evil_font, NO_FORM | STOPPED),
    "a map of four thousand million letters": Hostile(endless_map, NO_FORM | STOPPED),
    "a million segments in a path": Hostile(drawn("0 0 m " + "9 9 l 0 9 l " * 500_000 + "S"), NO_FORM | STOPPED),
    "a million letters on one spot": Hostile(
        drawn(
            "BT /F 1 Tf 9 9 Td -5 Tc " + "(aaaaaaaaaa) Tj " * 100_000 + "ET",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            entries="/Resources << /Font << /F 5 0 R >> >>",
        ),
        one_of("too_large"),
    ),
    "two hundred thousand saved states": Hostile(drawn("q " * 200_000 + FORM[:99]), NO_FORM | STOPPED),
    "thirty thousand inline pictures": Hostile(
        drawn("BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI " * 30_000), NO_FORM | STOPPED
    ),
    "a picture of 60,000 by 60,000": Hostile(
        picture("/Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"), one_of("scan_without_text")
    ),
    "a JPEG 2000 picture of a header": Hostile(
        picture("/Width 60000 /Height 60000 /Filter /JPXDecode", "\x00\x00\x00\x0cjP  \r\n\x87\n\xff\x4f\xff\x51"),
        one_of("scan_without_text"),
    ),
    "a JBIG2 picture of two thousand million rows": Hostile(
        picture(
            "/Width 60000 /Height 2000000000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode",
            "\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x7f\xff\xff\xff\x7f\xff\xff\xff" + "\x00" * 11,
        ),
        one_of("scan_without_text"),
    ),
    "matrices beyond number": Hostile(beside("q 1e38 0 0 1e38 1e38 1e38 cm 9 0 0 1e38 0 0 cm 0 0 9 9 re f Q "), READ),
    "numbers that are none": Hostile(beside("q nan inf -- 1e999 0 0 cm 0 0 m nan nan l S Q "), READ),
    "operands without end": Hostile(beside("q " + "9 " * 300_000 + "cm Q "), READ),
    "a page of a thousand million points": Hostile(beside(entries="/MediaBox [-1e9 -1e9 1e9 1e9]"), READ | NO_FORM),
    "a page without size": Hostile(beside(entries="/MediaBox [0 0 0 0]"), READ | NO_FORM),
    "a page turned inside out": Hostile(beside(entries="/MediaBox [595 842 0 0]"), READ),
    "a page whose box is no box": Hostile(beside(entries="/MediaBox [/a (b) null]"), READ | NO_FORM),
    "scripts that open and run": Hostile(
        beside(
            catalog="/OpenAction << /S /JavaScript /JS (a\\(1\\)) >> /AA << /WC << /S /Launch /F (cmd.exe) >> >>"
        ),
        READ,
    ),
    "files inside": Hostile(
        beside(
            catalog="/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>] >> >>"
        ),
        READ,
    ),
    "a form to fill that is another program's": Hostile(
        beside(catalog="/AcroForm << /Fields [1 0 R 1 0 R] /XFA [(template) 4 0 R] >>"), READ
    ),
    "an empty password": Hostile(open_password, NO_FORM),
    "an update that wipes the page": Hostile(updated, NO_FORM),
    "a zip after the end": Hostile(lambda: form_pdf() + zip_of({"xl/workbook.xml": b"<a/>"}), READ),
    "a length that lies": Hostile(
        lambda: form_pdf().replace(b"/Length ", b"/Length 9999999", 1), READ | NO_FORM | one_of("truncated_or_damaged")
    ),
    "a length that is itself": Hostile(
        lambda: assemble([CATALOG, PAGES, f"<< {PAGE} /Contents 4 0 R >>", "<< /Length 4 0 R >>\nstream\n\nendstream"]),
        NO_FORM,
    ),
    "a count of pages that lies": Hostile(
        lambda: form_pdf().replace(b"/Count 1", b"/Count 299"), READ | NO_FORM
    ),
    "301 pages": Hostile(lambda: many_pages(301, kids=301), one_of("too_large")),
    "a page listed a hundred thousand times": Hostile(lambda: many_pages(100_000), one_of("too_large")),
    "a parent that is its child": Hostile(
        lambda: assemble([CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>", "<< /Parent 3 0 R >>"]),
        NO_FORM,
    ),
}  # fmt: skip
"""Name → file."""
