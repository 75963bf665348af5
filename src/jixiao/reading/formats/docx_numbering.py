"""Automatic numbers of lists: what Word prints before a paragraph though no text of the file holds it."""

import re
from dataclasses import dataclass, field

from lxml import etree

from jixiao.reading.formats.docx_counting import printed
from jixiao.reading.formats.docx_styles import ListPlace, Styles
from jixiao.reading.formats.docx_symbols import shown
from jixiao.reading.formats.docx_xml import attribute, chosen, first, is_on, parts_of, whole

_LEVELS = 9
_BULLET = "•"
_COUNT = re.compile(r"%([1-9])")
_TIGHT = "、）．。，：】〕》"
"""After these a number needs no blank before the words."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        start: its first count.
        kind: its number format.
        text: the text around the counts, as "（%1）".
        gap: whether a tab or blank follows.
        digits: whether the counts of the levels above are printed as digits.
        again: below which level's step it starts anew, from 1; 0 never.
        style: the paragraph style bound to it.
    """

    start: int
    kind: str
    text: str
    gap: bool
    digits: bool
    again: int
    style: str | None


@dataclass(slots=True)
class _List:
    """One numbered list: which counters it shares, its levels, and the starts it overrides."""

    counters: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[int, _List] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, place: ListPlace | None, by_style: ListPlace | None, style: str | None) -> str:
        """The number printed before the next paragraph, and its list counted on; empty where there is none.

        Args:
            place: the list that the paragraph itself names.
            by_style: the list that its style names.
            style: its style.
        """
        number = place.number if place and place.number >= 0 else by_style.number if by_style else 0
        of = self.lists.get(number)
        if of is None:
            return ""
        index = self._level(of, place, by_style, style)
        if index not in of.levels:
            return ""
        return self._text(of, index, self._count(of, index))

    @staticmethod
    def _level(of: _List, place: ListPlace | None, by_style: ListPlace | None, style: str | None) -> int:
        if place and place.level >= 0:
            return place.level
        bound = next((index for index, level in of.levels.items() if style and level.style == style), None)
        return bound if bound is not None else by_style.level if by_style and by_style.level >= 0 else 0

    def _count(self, of: _List, index: int) -> list[int | None]:
        counts = self.counts.setdefault(of.counters, [None] * _LEVELS)
        before = counts[index]
        start = of.starts.pop(index, None)
        if start is not None:
            counts[index] = start
        else:
            counts[index] = of.levels[index].start if before is None else before + 1
        for deeper in range(index + 1, _LEVELS):
            level = of.levels.get(deeper)
            if level is None or level.again > index:
                counts[deeper] = None
        return counts

    @staticmethod
    def _text(of: _List, index: int, counts: list[int | None]) -> str:
        level = of.levels[index]
        if level.kind == "bullet":
            text = "".join(_BULLET if letter == "�" else letter for letter in shown(level.text, None))
        else:
            text = _COUNT.sub(lambda match: _one(of, level, int(match[1]) - 1, counts), level.text)
        gap = level.gap and text and text[-1] not in _TIGHT
        return f"{text} " if gap else text


def _one(of: _List, level: Level, index: int, counts: list[int | None]) -> str:
    its = of.levels.get(index)
    count = counts[index]
    if its is None:
        return ""
    return printed(its.start if count is None else count, "decimal" if level.digits else its.kind)


def read_numbering(root: etree._Element, styles: Styles) -> Numbering:
    """The numbering part."""
    abstract = {
        attribute(each, "w:abstractNumId") or "": each for name, each in parts_of(root) if name == "w:abstractNum"
    }
    lists: dict[int, _List] = {}
    concrete: dict[int, str] = {}
    for name, each in parts_of(root):
        if name == "w:num":
            concrete[whole(attribute(each, "w:numId"), 0)] = attribute(first(each, "w:abstractNumId")) or ""
    for name, each in parts_of(root):
        if name == "w:num":
            number = whole(attribute(each, "w:numId"), 0)
            source = _defining(concrete[number], abstract, styles, concrete)
            lists[number] = _list(each, source, abstract.get(source))
    lists.pop(0, None)
    return Numbering(lists)


def _defining(identity: str, abstract: dict[str, etree._Element], styles: Styles, concrete: dict[int, str]) -> str:
    """The definition that holds the levels: one that only links to a list style is followed once."""
    linked = attribute(first(abstract.get(identity), "w:numStyleLink"))
    place = styles.by_id[linked].place if linked in styles.by_id else None
    return concrete.get(place.number, identity) if place else identity


def _list(number: etree._Element, counters: str, definition: etree._Element | None) -> _List:
    levels = dict(_levels(definition)) if definition is not None else {}
    made = _List(counters, levels)
    for name, override in parts_of(number):
        index = whole(attribute(override, "w:ilvl"), 0)
        if name != "w:lvlOverride" or not 0 <= index < _LEVELS:
            continue
        levels.update(_levels(override))
        start = first(override, "w:startOverride")
        if start is not None:
            made.starts[index] = whole(attribute(start), 1)
    return made


def _levels(parent: etree._Element) -> list[tuple[int, Level]]:
    return [
        (index, _level(element, index))
        for name, element in parts_of(parent)
        if name == "w:lvl" and 0 <= (index := whole(attribute(element, "w:ilvl"), 0)) < _LEVELS
    ]


def _level(element: etree._Element, index: int) -> Level:
    return Level(
        start=whole(attribute(first(element, "w:start")), 0 if first(element, "w:start") is None else 1),
        kind=_kind(element),
        text=(attribute(first(element, "w:lvlText")) or "")[:100],
        gap=attribute(first(element, "w:suff")) != "nothing",
        digits=is_on(first(element, "w:isLgl")),
        again=whole(attribute(first(element, "w:lvlRestart")), index),
        style=attribute(first(element, "w:pStyle")),
    )


def _kind(element: etree._Element) -> str:
    """The number format; newer ones stand in a branch with an older one beside it."""
    alternatives = first(element, "mc:AlternateContent")
    plain = first(element, "w:numFmt")
    if plain is None and alternatives is not None:
        older = first(alternatives, "mc:Fallback", "w:numFmt")
        plain = older if older is not None else first(chosen(alternatives), "w:numFmt")
    return attribute(plain) or "decimal"
