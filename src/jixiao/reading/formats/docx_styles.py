"""What styles say about paragraphs and runs that matters here: hidden or not, and which list they number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from jixiao.reading.formats.docx_xml import attribute, first, is_on, parts_of, whole

_LONGEST_CHAIN = 12
_UNSAID = -1
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list and a level in it; -1 where the properties do not say."""

    number: int
    level: int


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it is based on, whether it hides text (`None`: not said), and its list."""

    based_on: str | None
    hides: bool | None
    place: ListPlace | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id; `default` is the paragraph style of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def hides(self, style: str | None) -> bool:
        """Whether text in a style is hidden."""
        return bool(self._first_said(style, lambda each: each.hides))

    def place(self, style: str | None) -> ListPlace | None:
        """The list that a paragraph style numbers, if any."""
        return self._first_said(style or self.default, lambda each: each.place)

    def _first_said(self, style: str | None, said: Callable[[Style], _Said | None]) -> _Said | None:
        for each in self._chain(style):
            value = said(each)
            if value is not None:
                return value
        return None

    def _chain(self, style: str | None) -> Iterator[Style]:
        for _ in range(_LONGEST_CHAIN):
            known = self.by_id.get(style or "")
            if known is None:
                return
            yield known
            style = known.based_on


def read_styles(root: etree._Element) -> Styles:
    """The styles part."""
    found: dict[str, Style] = {}
    default = None
    for name, element in parts_of(root):
        if name != "w:style":
            continue
        identity = attribute(element, "w:styleId") or ""
        hidden = first(element, "w:rPr", "w:vanish")
        place = list_place(first(element, "w:pPr"))
        found[identity] = Style(
            attribute(first(element, "w:basedOn")), None if hidden is None else is_on(hidden), place
        )
        if attribute(element, "w:type") == "paragraph" and (attribute(element, "w:default") or "0") in ("1", "true"):
            default = identity
    return Styles(found, default)


def list_place(properties: etree._Element | None) -> ListPlace | None:
    """The list that paragraph properties name; `None` where they name none."""
    numbered = first(properties, "w:numPr")
    if numbered is None:
        return None
    number = whole(attribute(first(numbered, "w:numId")), _UNSAID)
    return ListPlace(number, whole(attribute(first(numbered, "w:ilvl")), _UNSAID))
