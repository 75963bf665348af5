"""Word documents written by hand, part by part: what no library writes and what programs do write."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = (
    f'xmlns:w="{{w}}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def pack(parts: dict[str, str | bytes]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def part(kind: str, inside: str, namespace: str = W) -> str:
    """A part of word-processing XML: its root's name and what is in it."""
    return f"<w:{kind} {_NAMES.format(w=namespace)}>{inside}</w:{kind}>"


def docx_parts(body: str, namespace: str = W, **more: str) -> dict[str, str | bytes]:
    """The parts of a document.

    Args:
        body: what is in its body.
        namespace: transitional or strict.
        more: further parts by kind ("styles", "numbering", "footnotes", "header1" …): what is in their roots.
    """
    roots = {"header": "hdr", "footer": "ftr"}
    kinds = {name: name.rstrip("0123456789") for name in more}
    links = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>", namespace),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
    }
    for name, inside in more.items():
        parts[f"word/{name}.xml"] = part(roots.get(kinds[name], kinds[name]), inside, namespace)
    return parts


def docx(body: str, namespace: str = W, **more: str) -> bytes:
    """A document; see `docx_parts`."""
    return pack(docx_parts(body, namespace, **more))


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a run that is no XML is a run of that text."""
    made = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{made}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, span: int = 1, merge: str = "", more: str = "") -> str:
    """A cell; content that is no XML is a paragraph of that text. `merge` is "restart", "continue" or nothing."""
    about = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    about += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(item if item.startswith("<") else p(item) for item in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{about}{more}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; a cell that is no XML is a cell of that text."""
    made = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"


def tbl(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
