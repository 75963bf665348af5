"""Small readings of word-processing XML by short names ("w:p"), in one of the two sets of namespaces it may have."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

_STRICT: Final = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""The namespaces of strict files, and what the others call them."""
_NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_PREFIXES: Final = {namespace: f"{prefix}:" for prefix, namespace in _NAMESPACES.items()}
_OFF: Final = frozenset({"0", "false", "off", "none"})
_DIGITS_AT_MOST = 9


def as_transitional(root: etree._Element) -> etree._Element:
    """A part with the names of transitional files: those of a strict one are changed in place."""
    if not any(namespace in _STRICT for namespace in root.nsmap.values()):
        return root
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag))
        for name in [str(name) for name in element.attrib if str(name).startswith("{")]:
            if _renamed(name) != name:
                element.set(_renamed(name), element.attrib.pop(name))
    return root


@lru_cache(maxsize=4096)
def _renamed(name: str) -> str:
    namespace, brace, local = name.rpartition("}")
    return f"{{{_STRICT.get(namespace[1:], namespace[1:])}}}{local}" if brace else name


@lru_cache(maxsize=4096)
def short(tag: str) -> str:
    """A tag as "w:p"; of a namespace that means nothing here, its bare name."""
    namespace, _, name = tag.rpartition("}")
    return _PREFIXES.get(namespace[1:], "") + name


@lru_cache(maxsize=512)
def full(name: str) -> str:
    """The tag or attribute that a short name means."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def parts_of(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The child elements with their short names; comments are passed over."""
    for child in element:
        if isinstance(child.tag, str):
            yield short(child.tag), child


def first(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of short names; `None` where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(full(name)), None)
    return element


def attribute(element: etree._Element | None, name: str = "w:val") -> str | None:
    """An attribute by its short name; `None` where element or attribute is missing."""
    return None if element is None else element.get(full(name))


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and (attribute(element) or "1").lower() not in _OFF


def whole(text: str | None, otherwise: int) -> int:
    """A whole number as it is written; what is none, or absurdly long, counts as not said."""
    if text is None:
        return otherwise
    bare = text.strip()
    digits = bare.removeprefix("-")
    return int(bare) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS_AT_MOST else otherwise


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """The branch of mc:AlternateContent to read: the first that holds words, else the first. The others repeat it."""
    branches = [child for name, child in parts_of(alternatives) if name in ("mc:Choice", "mc:Fallback")]
    worded = (branch for branch in branches if next(branch.iter(full("w:t")), None) is not None)
    return next(worded, branches[0] if branches else None)
