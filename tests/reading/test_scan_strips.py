"""Cutting the picture of a cell to lines: on drawn strokes and boxes, so that every pixel is known."""

import numpy as np

from jixiao.reading.scan.ink import Print, Rect
from jixiao.reading.scan.picture import Pixels
from jixiao.reading.scan.strips import PAPER, Strip, clean_cell, line_strips, strips_of

LOOK = Print(em=24, ink=200)
WALLS = Rect(10, 10, 310, 130)


def page(*ink: tuple[int, int, int, int]) -> Pixels:
    """A page with one ruled cell and boxes of ink: left, top, right, bottom."""
    grey = np.full((160, 340), PAPER, np.uint8)
    for left, top, right, bottom in (
        (9, 9, 312, 12), (9, 129, 312, 132), (9, 9, 12, 132), (309, 9, 312, 132), *ink,
    ):  # fmt: skip
        grey[top:bottom, left:right] = 0
    return grey


def cut(*ink: tuple[int, int, int, int]) -> list[Strip]:
    """The strips of that cell."""
    return strips_of(clean_cell(page(*ink), WALLS, 3), LOOK).strips


def word(left: int, top: int, letters: int = 4) -> list[tuple[int, int, int, int]]:
    """Letters of 22 × 22 pixels, two pixels apart."""
    return [(left + 24 * number, top, left + 24 * number + 22, top + 22) for number in range(letters)]


def test_an_empty_cell_has_no_strip() -> None:
    """Its walls are painted over, and nothing is left to be read."""
    assert cut() == []
    pixels = clean_cell(page(), WALLS, 3).pixels
    assert (pixels == PAPER).all()


def test_each_line_is_a_strip_with_its_outline() -> None:
    """Two lines are two strips, from top to bottom, and each says where its ink stands on the page."""
    strips = cut(*word(40, 30), *word(40, 70, 3))
    assert [strip.line for strip in strips] == [0, 1]
    assert [strip.box for strip in strips] == [Rect(40, 30, 134, 52), Rect(40, 70, 110, 92)]


def test_lines_without_an_empty_row_between_are_cut_apart() -> None:
    """Three lines that touch are three strips, and each says that it was cut."""
    strips = cut(*word(40, 20), *word(40, 43), *word(40, 66), (50, 41, 52, 67))
    assert [(strip.line, strip.cut) for strip in strips] == [(0, True), (1, True), (2, True)]


def test_letters_that_touch_a_wall_are_kept_without_the_wall() -> None:
    """Letters that stand on the lower wall are one strip, and the wall is not in it."""
    (strip,) = cut(*word(40, 108))
    assert 105 <= strip.box.top <= 108
    assert strip.box.bottom <= 131
    assert (strip.pixels[-4:] == PAPER).all()


def test_a_wall_that_leans_is_painted_over() -> None:
    """A wall two pixels lower at one end than at the other leaves nothing to be read."""
    grey = page()
    grey[9:12] = PAPER
    for column in range(9, 312):
        top = 9 + (column - 9) // 150
        grey[top : top + 3, column] = 0
    assert strips_of(clean_cell(grey, WALLS, 3), LOOK).strips == []


def test_specks_are_no_text() -> None:
    """Specks in an empty cell give no strip; one far behind a line's end is not in its strip."""
    specks = [(100, 60, 103, 63), (200, 90, 203, 92), (100, 95, 102, 98)]
    assert cut(*specks) == []
    (strip,) = cut(*word(40, 30), (160, 48, 163, 51))
    assert strip.box.right == 163
    assert (strip.pixels[:, 130:] == PAPER).all()


def test_a_lone_dash_is_a_dash() -> None:
    """A short flat stroke alone is "-", a long one "—", and beside letters none is taken for itself."""
    assert [strip.stroke for strip in cut((150, 70, 159, 72))] == ["-"]
    assert [strip.stroke for strip in cut((150, 70, 172, 73))] == ["—"]
    assert [strip.stroke for strip in cut(*word(40, 60), (140, 70, 149, 72))] == [""]


def test_a_lone_slash_is_a_slash_and_an_upright_stroke_is_not() -> None:
    """A stroke that leans to the right is "/"; one that stands is left to the recogniser, for it may be "1"."""
    leaning = [(150 - step // 2, 60 + step, 153 - step // 2, 61 + step) for step in range(22)]
    assert [strip.stroke for strip in cut(*leaning)] == ["/"]
    assert [strip.stroke for strip in cut((150, 60, 153, 82))] == [""]


def test_what_stands_far_apart_on_one_line_is_read_apart() -> None:
    """A gap of more than two letters makes two strips of one line."""
    strips = cut(*word(30, 60, 2), *word(200, 60, 2))
    assert [(strip.line, strip.box.left) for strip in strips] == [(0, 30), (0, 200)]


def test_a_thin_stroke_at_the_end_of_a_line_is_kept() -> None:
    """A "一" at the end is within the strip, with paper behind it."""
    (strip,) = cut(*word(40, 60, 2), (90, 70, 110, 72))
    assert strip.box.right == 110
    assert strip.runs[-1][1] + 6 <= strip.pixels.shape[1]


def test_a_free_line_is_cut_like_a_line_of_a_cell() -> None:
    """A line of a page without walls is a strip with its place on the page."""
    grey = np.full((80, 340), PAPER, np.uint8)
    for left, top, right, bottom in word(40, 30):
        grey[top:bottom, left:right] = 0
    (strip,) = line_strips(grey, (30, 52), LOOK)
    assert strip.box == Rect(40, 30, 134, 52)
