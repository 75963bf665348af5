"""The rules and painted boxes of a page: lines, thin boxes, thin pictures, and rows of dots."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import Final

from jixiao.layout.grid import Box
from jixiao.reading.dots import rules_of_dots
from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_frame import IDENTITY, Frame, Matrix, is_aslant, matrix_of, times
from jixiao.reading.page import PageContent
from jixiao.reading.strokes import THICKEST, Point, take_side, take_thin

_INVISIBLE: Final = 3
_DEEPEST: Final = 8
_MOST_OBJECTS: Final = 200_000
_MOST_SEGMENTS: Final = 20_000
_DASH: Final = 1500


def draw(page: int, frame: Frame, content: PageContent) -> bool:
    """Collect the rules of a page, those in forms too; whether any text is set aslant."""
    slanted = False
    left = _MOST_OBJECTS
    stack = [(pdf.get_object, page, pdf.count_objects(page), IDENTITY, 0)]
    pen = _Pen(frame, content)
    while stack:
        fetch, owner, count, matrix, depth = stack.pop()
        for found in map(fetch, repeat(owner), range(min(count, left))):
            left -= 1
            kind = pdf.object_type(found)
            if kind == pdf.PATH:
                pen.path(found, matrix)
            elif kind == pdf.TEXT:
                slanted = slanted or is_aslant(times(matrix_of(found), matrix))
                content.has_veiled = content.has_veiled or pdf.text_mode(found) == _INVISIBLE
            elif kind == pdf.IMAGE:
                pen.picture(times(matrix_of(found), matrix))
            elif kind == pdf.SHADING:
                pen.shading(found, matrix)
            elif kind == pdf.FORM and depth < _DEEPEST:
                inner = times(matrix_of(found), matrix)
                stack.append((pdf.get_form_object, found, pdf.count_form_objects(found), inner, depth + 1))
    pen.end()
    return slanted


class _Pen:
    """Takes paths and leaves rules and fills on the page's content."""

    def __init__(self, frame: Frame, content: PageContent) -> None:
        self.frame, self.content = frame, content
        self.spot = (ctypes.c_float * 2)()
        self.mode = (ctypes.c_int * 2)()
        self.edges = (ctypes.c_float * 4)()
        self.dots: list[Box] = []

    def path(self, found: int, outer: Matrix) -> None:
        """Take one path; one with a curve in it draws no table, unless it is a dot."""
        if outer is IDENTITY and self._is_line(found):
            return
        count = pdf.count_segments(found)
        if not 2 <= count <= _MOST_SEGMENTS:
            return
        subpaths = list(self._subpaths(found, count, times(matrix_of(found), outer)))
        if any(curved and not self._dot(points) for points, curved in subpaths):
            self.content.drawings += 1
            return
        at = ctypes.addressof(self.mode)
        pdf.draw_mode(found, at, at + 4)
        filled, stroked = self.mode[0] != 0, self.mode[1] != 0
        for points, curved in subpaths:
            if len(points) > 1 and not curved:
                self._mark(points, stroked=stroked, filled=filled)

    def picture(self, matrix: Matrix) -> None:
        """Take a picture: a thin one is a rule, a tiny one a dot, any other a picture."""
        a, b, c, d, e, f = matrix
        corners = [(round((a * x + c * y + e) * 100), round((b * x + d * y + f) * 100)) for x in (0, 1) for y in (0, 1)]
        box = self._outline(corners)
        if not take_thin(self.content, box) and not self._is_dot(box):
            self.content.images += 1
            self.content.pictures.append(box)

    def shading(self, found: int, outer: Matrix) -> None:
        """Take a shading painted through a clip: only a thin one says anything."""
        if outer is IDENTITY:
            self._is_line(found)

    def end(self) -> None:
        """Make rules of the dots that stand in rows, with dashes among them."""
        if self.dots:
            across = [(low, at, high, at) for low, high, at in self.content.horizontal if high - low <= _DASH]
            down = [(at, low, at, high) for low, high, at in self.content.vertical if high - low <= _DASH]
            horizontal, vertical = rules_of_dots(self.dots + across, self.dots + down)
            self.content.horizontal += horizontal
            self.content.vertical += vertical

    def _is_line(self, found: int) -> bool:
        """Take an object whose outline on the page is thin, one rule, or small, a dot, whatever it is made of."""
        at = ctypes.addressof(self.edges)
        if not pdf.object_bounds(found, at, at + 4, at + 8, at + 12):
            return False
        left, bottom, right, top = self.edges
        wide, high = right - left, top - bottom
        if wide * 100 > THICKEST < high * 100:
            return False
        box = self.frame.turned(round(left * 100), round(bottom * 100), round(right * 100), round(top * 100))
        return take_thin(self.content, box) or self._is_dot(box)

    def _is_dot(self, box: Box) -> bool:
        if box[2] - box[0] > THICKEST or box[3] - box[1] > THICKEST:
            return False
        self.dots.append(box)
        return True

    def _dot(self, points: list[Point]) -> bool:
        return self._is_dot(self._outline(points))

    def _outline(self, points: list[Point]) -> Box:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return self.frame.turned(min(xs), min(ys), max(xs), max(ys))

    def _subpaths(self, found: int, count: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The points of each subpath, and whether a curve is in it; of a curve its control points too."""
        a, b, c, d, e, f = matrix
        spot, at = self.spot, ctypes.addressof(self.spot)
        points: list[Point] = []
        curved = False
        for segment in map(pdf.get_segment, repeat(found), range(count)):
            kind = pdf.segment_type(segment)
            pdf.segment_point(segment, at, at + 4)
            x, y = spot
            point = round((a * x + c * y + e) * 100), round((b * x + d * y + f) * 100)
            if kind == pdf.MOVE:
                if points:
                    yield points, curved
                points, curved = [point], False
            else:
                points.append(point)
                curved = curved or kind == pdf.CURVE
            if pdf.segment_closes(segment):
                points.append(points[0])
        if points:
            yield points, curved

    def _mark(self, points: list[Point], *, stroked: bool, filled: bool) -> None:
        box = self._outline(points)
        if take_thin(self.content, box) or self._is_dot(box):
            return
        if stroked:
            for (x, y), (to_x, to_y) in pairwise(points):
                side = self.frame.turned(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
                take_side(self.content, side)
        elif filled and _is_box(points):
            self.content.fills.append(box)


def _is_box(points: list[Point]) -> bool:
    return len({x for x, _ in points}) == 2 and len({y for _, y in points}) == 2
