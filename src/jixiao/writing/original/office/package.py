"""The parts of an Office package and how they point at one another (ECMA-376 part 2), to be added to."""

import posixpath
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from jixiao.writing.original.office.container import Container
from jixiao.writing.original.office.markup import Markup, children, prefix
from jixiao.writing.original.office.refusals import damaged, signed
from jixiao.writing.original.office.text import xml_text

_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Relation(NamedTuple):
    """A link of a part: its id, its kind (the last word of its type) and the part it points at."""

    identity: str
    kind: str
    part: str


class Package:
    """A package: parts are looked at as XML and added to; those that nothing is put into stay byte for byte."""

    def __init__(self, data: bytes) -> None:
        """Open a package.

        Raises:
            Refused: it is broken, unsafe, or digitally signed.
        """
        self.container = Container(data)
        self._parts: dict[str, Markup] = {}
        self._linked: dict[Markup, int] = {}
        links = list(self.relations(""))
        if any(link.kind == "origin" and "_xmlsignatures" in link.part.lower() for link in links):
            raise signed()
        self.main = next((link.part for link in links if link.kind == "officeDocument"), "")
        if not self.container.has(self.main):
            raise damaged("找不到正文", "its main part is missing")
        kinds = (link.get("Type", "") for link in self.part(relations_of("")).root.iter(etree.Element))
        self.strict = any(kind.startswith(_STRICT) for kind in kinds)

    def part(self, name: str) -> Markup:
        """A part as XML; what is put into it is written with the package.

        Raises:
            Refused: it is missing, broken or no XML.
        """
        key = name.lower()
        if key not in self._parts:
            self._parts[key] = Markup(name, self.container.read(name))
        return self._parts[key]

    def relations(self, part: str) -> Iterator[Relation]:
        """The links of a part to other parts; those to the outside are left out, and never followed."""
        source = relations_of(part)
        if not self.container.has(source):
            return
        for link in children(self.part(source).root, "Relationship"):
            if link.get("TargetMode") != "External":
                kind = link.get("Type", "").rpartition("/")[2]
                yield Relation(link.get("Id", ""), kind, _resolved(posixpath.dirname(part), link.get("Target", "")))

    def related(self, part: str, kind: str) -> str:
        """The part of a kind that a part points at, if it is there; otherwise nothing."""
        links = (link.part for link in self.relations(part) if link.kind == kind)
        return next((name for name in links if self.container.has(name)), "")

    def free_name(self, pattern: str) -> str:
        """A name that no part has: the pattern with the first free number, "xl/comments{}.xml"."""
        taken = {name.lower() for name in self.container.names()}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def add(self, name: str, text: str, content_type: str) -> None:
        """Add a part of XML with its content type."""
        self.container.put(name, (_DECLARATION + text).encode())
        types = self.part(_TYPES)
        tag = f"{prefix(types.root)}Override"
        types.put("last", types.root, f'<{tag} PartName="/{xml_text(name)}" ContentType="{content_type}"/>')

    def add_ending(self, ending: str, content_type: str) -> None:
        """Give all parts with an ending a content type, where the package does not yet."""
        types = self.part(_TYPES)
        if all(each.get("Extension", "").lower() != ending for each in children(types.root, "Default")):
            tag = f"{prefix(types.root)}Default"
            types.put("first", types.root, f'<{tag} Extension="{ending}" ContentType="{content_type}"/>')

    def link(self, part: str, kind: str, target: str) -> str:
        """Let a part point at another; the id of the new link."""
        source = relations_of(part)
        if not self.container.has(source):
            self.container.put(source, f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode())
        markup = self.part(source)
        identity = f"rId{self._next_id(markup)}"
        base = _STRICT if self.strict else _TRANSITIONAL
        tag = f"{prefix(markup.root)}Relationship"
        said = f'Id="{identity}" Type="{base}/{kind}" Target="/{xml_text(target)}"'
        markup.put("last", markup.root, f"<{tag} {said}/>")
        return identity

    def _next_id(self, markup: Markup) -> int:
        links = markup.root.iterchildren(etree.Element)
        known = [re.fullmatch(r"rId([0-9]{1,6})", each.get("Id", "")) for each in links]
        last = max((int(match[1]) for match in known if match), default=0) + self._linked.get(markup, 0) + 1
        self._linked[markup] = self._linked.get(markup, 0) + 1
        return last

    def drop(self, part: str, source: str) -> None:
        """Leave a part out, with its content type and the link of a part to it."""
        self.container.drop(part)
        types = self.part(_TYPES)
        for each in children(types.root, "Override"):
            if each.get("PartName", "").lstrip("/").lower() == part.lower():
                types.put("instead", each, "")
        links = self.part(relations_of(source))
        for each in children(links.root, "Relationship"):
            if _resolved(posixpath.dirname(source), each.get("Target", "")).lower() == part.lower():
                links.put("instead", each, "")

    def written(self) -> bytes:
        """The package with all that was put into it."""
        for name, markup in self._parts.items():
            if markup.touched:
                self.container.put(name, markup.written())
        return self.container.written()


def relations_of(part: str) -> str:
    """The part that holds the links of a part; of the package itself where that is empty."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")
