"""A web page's bytes as markup: its encoding, the page inside a web archive, and nesting no browser would build."""

import binascii
import codecs
import re
from typing import Final

from jixiao.reading import errors

_DECLARED: Final = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|encoding\s*=\s*["']([\w.-]{2,40})["']""", re.IGNORECASE
)
_HEAD: Final = 8192
_NAMES: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030"}
_KNOWN: Final = ("utf-8", "gb18030", "big5", "big5hkscs", "cp950", "utf-16-le", "utf-16-be", "latin-1", "cp1252")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BOUNDARY: Final = re.compile(rb"""boundary\s*=\s*"?([^"\r\n;]{1,200})""", re.IGNORECASE)
_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})")
_SELF_CLOSING: Final = frozenset({
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "dt", "dd", "colgroup", "area",
    "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "rp", "rt",
    "script", "style", "title",
})  # fmt: skip
_DEEPEST: Final = 1000
_MOST_STEPS: Final = 300_000_000
_FEW_BAD: Final = 200
_FEW_LETTERS: Final = 7
"""So many bytes more than letters: four Chinese letters have eight more."""
_LETTERS_OF_BIG5: Final = "big5hkscs"

for _name in _KNOWN:
    codecs.lookup(_name)  # a codec is a module, loaded at first use, and in the child no file can be opened then


def markup_of(data: bytes, file: str, most: int) -> tuple[str, tuple[str, ...]]:
    """The markup of a page, and what is to be said of its encoding.

    Args:
        data: the whole file: a page, or a web archive (MHTML) that holds one.
        file: its label, for sentences.
        most: the most elements it may have.

    Raises:
        Unreadable: no encoding fits, the archive holds no page, its elements are too many, or nested beyond all reason.
    """
    page = _archived(data, file) if is_archive(data) else data
    text, losses = _decoded(page, file)
    if text.count("<") - text.count("</") > most:
        raise too_many_elements(file, most)
    _refuse_nesting(text, file)
    return text.replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n"), losses


def too_many_elements(file: str, most: int) -> errors.Unreadable:
    """The refusal of a page of more elements than any form has."""
    return errors.too_large(file, "网页元素过多", "it has too many elements", f"{most:,} 个", f"{most:,}")


def is_archive(data: bytes) -> bool:
    """Whether a file is a page saved with its parts in one file (MHTML): a mail of several parts."""
    head = data[:_HEAD].lstrip().lower()
    return head.startswith((b"from:", b"mime-version:", b"subject:", b"date:", b"snapshot-content-location:")) and (
        b"content-type: multipart/" in head
    )


def _archived(data: bytes, file: str) -> bytes:
    """The first page of a web archive."""
    mark = _BOUNDARY.search(data[:_HEAD])
    for part in data.split(b"--" + mark[1].strip())[1:] if mark else ():
        split = _BLANK_LINE.search(part)
        head = part[: split.start()].lower() if split else b""
        if split and b"text/html" in head:
            return _plain(part[split.end() :], head)
    raise errors.damaged(file, "MHTML", "里面没有网页", "it holds no page")


def _plain(body: bytes, head: bytes) -> bytes:
    if b"quoted-printable" in head:
        return binascii.a2b_qp(body)
    if b"base64" in head:
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            return b""
    return body


def _decoded(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), ()
    declared = _declared(data)
    first = "utf-8" if _is_plainly_utf8(data) else declared or "utf-8"
    for name in dict.fromkeys((first, declared or "utf-8", "utf-8", "gb18030", _LETTERS_OF_BIG5)):
        text = _strict(data, name)
        if text is not None:
            return text, _said(declared, name, data)
    text = data.decode(declared or "utf-8", "replace")
    bad = text.count("\ufffd")
    if bad > _FEW_BAD or bad * 20 > len(text):
        raise errors.unreadable_encoding(file)
    return text, (
        f"有 {bad} 处不是 {declared or 'utf-8'} 编码的文字。{bad} spots are no text in {declared or 'utf-8'}.",
    )


def _declared(data: bytes) -> str | None:
    """The encoding a page says it has, by the name of its codec."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii").lower()
    name = _NAMES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "utf-8" if found.startswith("utf-16") else "big5hkscs" if found == "big5" else found


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_plainly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 whatever is declared: a few letters may fit it by chance, more do not."""
    text = _strict(data, "utf-8")
    return text is not None and len(data) - len(text) > _FEW_LETTERS  # a letter beyond ASCII takes two bytes or more


def _said(declared: str | None, real: str, data: bytes) -> tuple[str, ...]:
    if declared in (None, real) or data.isascii():
        return ()
    return (f"网页声明的编码是 {declared}，实际是 {real}。The page says {declared}; it was read as {real}.",)


def _refuse_nesting(text: str, file: str) -> None:
    """Elements inside one another by the thousand cost any parser the square of their depth."""
    depth = steps = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _SELF_CLOSING:
            depth = max(depth - 1, 0) if match[1] else depth + 1
        steps += depth
        if depth > _DEEPEST or steps > _MOST_STEPS:
            raise errors.suspicious(
                file, f"网页元素嵌套超过 {_DEEPEST} 层", f"its elements are nested more than {_DEEPEST} deep"
            )
