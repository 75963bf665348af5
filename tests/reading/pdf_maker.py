"""A PDF written by hand for tests: every operator is the test's own, Chinese by a predefined character map."""

from dataclasses import dataclass, field


@dataclass
class PdfPage:
    """One page: its content operators, and entries of the page dictionary."""

    content: str
    entries: str = "/MediaBox [0 0 595 842]"
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name of a form XObject → (its dictionary entries, its content)."""


def text(x: int, y: int, words: str, size: int = 10, matrix: str = "1 0 0 1") -> str:
    """Operators that show words at a point, in PDF user space."""
    return f"BT /F1 {size} Tf {matrix} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: int, y0: int, x1: int, y1: int, width: str = "0.5") -> str:
    """Operators that draw one stroked line."""
    return f"{width} w {x0} {y0} m {x1} {y1} l S\n"


def bar(x: int, y: int, width: str, height: str) -> str:
    """Operators that fill one box."""
    return f"{x} {y} {width} {height} re f\n"


def grid(xs: list[int], ys: list[int]) -> str:
    """Operators that draw a full table of lines."""
    rows = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return rows + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


def make_pdf(*pages: PdfPage, catalog: str = "") -> bytes:
    """The bytes of a PDF with a correct table of contents."""
    objects: list[str] = ["", ""]

    def add(body: str) -> int:
        objects.append(body)
        return len(objects)

    font = add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<<"
        " /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
        " /Ordering (GB1)"
        " /Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor << /Type /FontDescriptor /FontName"
        " /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880"
        " /StemV 93 >> >>] >>"
    )
    resources = f"/Font << /F1 {font} 0 R >>"
    kids = []
    for page in pages:
        names = ""
        for name, (entries, content) in page.forms.items():
            inner = f"/Resources << {resources}{' /XObject << ' + names + ' >>' if names else ''} >>"
            number = add(_stream(f"/Type /XObject /Subtype /Form {entries} {inner}", content))
            names += f"/{name} {number} 0 R "
        content_number = add(_stream("", page.content))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R {page.entries} /Contents {content_number} 0 R"
                f" /Resources << {resources} /XObject << {names}>> >> >>"
            )
        )
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    return assemble(objects)


def _stream(entries: str, content: str) -> str:
    return f"<< {entries} /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream"


def assemble(objects: list[str], trailer: str = "") -> bytes:
    """Objects 1, 2, … as a whole file; the first is the catalog."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table.encode() + end.encode()
