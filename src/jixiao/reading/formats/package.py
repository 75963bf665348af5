"""The parts of an Office package and how they point at one another (ECMA-376 part 2): shared by XLSX and DOCX."""

import posixpath
from typing import NamedTuple

from lxml import etree

from jixiao.reading.container import Container
from jixiao.reading.formats.xlsx_xml import children


class Relation(NamedTuple):
    """A link of a part: its kind (the last word of its type) and the part it points at."""

    kind: str
    part: str


def main_part(container: Container, otherwise: str) -> str:
    """The part that holds the document itself.

    Args:
        container: the package.
        otherwise: the usual name, for packages that do not say.
    """
    if container.has("_rels/.rels"):
        for link in children(container.xml("_rels/.rels"), "Relationship"):
            if link.get("Type", "").endswith("/officeDocument"):
                return _resolved("", link.get("Target", ""))
    return otherwise


def relations(container: Container, part: str) -> dict[str, Relation]:
    """The links of a part by their ids; those to the outside are left out."""
    return {
        link.get("Id", ""): Relation(
            link.get("Type", "").rpartition("/")[2], _resolved(posixpath.dirname(part), link.get("Target", ""))
        )
        for link in _links(container, part)
        if link.get("TargetMode") != "External"
    }


def external(container: Container, part: str, kinds: frozenset[str]) -> int:
    """How many links of some kinds point outside the package. They are never followed."""
    return sum(
        link.get("TargetMode") == "External" and link.get("Type", "").rpartition("/")[2] in kinds
        for link in _links(container, part)
    )


def _links(container: Container, part: str) -> list[etree._Element]:
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    return list(children(container.xml(source), "Relationship")) if container.has(source) else []


def _resolved(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")
