"""Which kind of original it is, by its content, and which craft changes that kind. Works in the limited child."""

from typing import Final

from jixiao.desk.marked_docx import craft as docx
from jixiao.layout.crafts import Craft, Refused
from jixiao.reading.detect import Kind, detect
from jixiao.writing.original.pdf import mark_pdf
from jixiao.writing.original.xlsx.craft import craft as xlsx

CRAFTS: Final[dict[str, Craft]] = {"pdf": mark_pdf, "xlsx": xlsx, "docx": docx}
"""What changes each kind of original."""

CRAFT: Final = "jixiao.desk.crafts:rework"
"""The craft for every kind, as it is named to the child."""

_HEADER_WITHIN: Final = 1024
_STARTS: Final = (
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（DOC、XLS、WPS、ET）", "an old Office file (DOC, XLS, WPS, ET)"),
    (b"{\\rtf", "RTF", "RTF"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"II*\0", "图片", "a picture"),
    (b"MM\0*", "图片", "a picture"),
)
_PACKAGES: Final = {Kind.XLSX: "xlsx", Kind.DOCX: "docx", Kind.OFD: "OFD"}


def rework(data: bytes, job: bytes) -> bytes:
    """Change an original by the craft for its kind.

    Raises:
        Refused: there is none, or the craft refuses.
    """
    kind = kind_of(data)
    craft = CRAFTS.get(kind)
    if craft is None:
        raise _no_craft(data, kind)
    return craft(data, job)


def kind_of(data: bytes) -> str:
    """The kind of an original: a key of `CRAFTS`, a name for people, or empty where it is none of those known here."""
    if is_pdf(data):
        return "pdf"
    return _PACKAGES.get(detect(data), "") if data.startswith(b"PK") else ""


def is_pdf(data: bytes) -> bool:
    """Whether an original says that it is a PDF, as readers look for it: within its first 1,024 bytes."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def _no_craft(data: bytes, kind: str) -> Refused:
    """Say which kinds can be marked, and what to do with this one."""
    zh, en = next(
        ((zh, en) for start, zh, en in _STARTS if data.startswith(start)),
        (kind or "别的格式（如网页、文本）", kind or "of another kind (a web page, text)"),
    )
    can = "、".join(known.upper() for known in CRAFTS)
    return Refused(
        "unsupported_format",
        (f"内容是{zh}，不能在原件上标注；能标注的有 {can}。",
         f"its content is {en}; notes cannot be put into it. Originals that can be marked: {can.replace('、', ', ')}."),
        ("请用 jixiao check 出报告，或用 jixiao read --show 在页面图上看读到的位置，或另存为上述格式后再标注。",
         "Use jixiao check for a report, jixiao read --show for the pages with boxes, or save it as one of these."),
    )  # fmt: skip
