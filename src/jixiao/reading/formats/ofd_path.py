"""OFD's drawn paths (AbbreviatedData) as outlines: points of straight pieces; a path with a curve draws no table."""

import re
from itertools import islice

from lxml import etree

from jixiao.reading.formats.ofd_xml import IDENTITY, Malformed, Matrix, at, placed, scaled
from jixiao.reading.formats.xlsx_xml import children
from jixiao.reading.page import PageContent
from jixiao.reading.strokes import Point, mark

_WORDS = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MOST_WORDS = 30_000
_CURVES = {"Q": 4, "B": 6, "A": 7}


def draw_path(content: PageContent, element: etree._Element, outer: Matrix = IDENTITY) -> None:
    """Take a PathObject into the rules and fills of a page.

    Args:
        content: the page.
        element: the PathObject.
        outer: the transformation of what holds it.

    Raises:
        Malformed: its numbers are none.
    """
    stroked, filled = element.get("Stroke", "true") != "false", element.get("Fill", "false") == "true"
    if not (stroked or filled):
        return
    own = placed(element, outer)
    for data in children(element, "AbbreviatedData"):
        for points in _outlines(data.text or "", own):
            if len(points) > 1:
                mark(content, points, stroked=stroked, filled=filled)


def _outlines(data: str, own: Matrix) -> list[list[Point]]:
    """The outlines of a path; none where it curves, or is longer than any table is drawn."""
    words = [word[0] for word in islice(_WORDS.finditer(data), _MOST_WORDS + 1)]
    if len(words) > _MOST_WORDS or not _CURVES.keys().isdisjoint(words):
        return []
    outlines: list[list[Point]] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word in ("M", "S"):
            outlines.append([_point(words, index, own)])
        elif word == "L" and outlines:
            outlines[-1].append(_point(words, index, own))
        elif word == "C" and outlines:
            outlines[-1].append(outlines[-1][0])
        else:
            raise Malformed(word)
        index += 1 if word == "C" else 3
    return outlines


def _point(words: list[str], index: int, own: Matrix) -> Point:
    if index + 2 >= len(words):
        raise Malformed(words[index])
    return at(own, scaled(words[index + 1]), scaled(words[index + 2]))
