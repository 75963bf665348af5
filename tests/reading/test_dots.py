"""Dots in a row are a rule; colons, bullets and patterns are none."""

from jixiao.layout.grid import Box
from jixiao.reading.dots import rules_of_dots


def row(count: int, step: int, size: int = 50) -> list[Box]:
    """Dots side by side."""
    return [(at * step, 1000, at * step + size, 1000 + size) for at in range(count)]


def test_dots_in_a_row_are_a_rule_from_first_to_last() -> None:
    """Ten dots, two points apart, are one horizontal rule through their middles."""
    dots = row(10, 200)
    assert rules_of_dots(dots, dots) == ([(0, 1850, 1025)], [])


def test_few_dots_or_distant_ones_are_no_rule() -> None:
    """Four dots, or dots five points apart, are not."""
    assert rules_of_dots(row(4, 300), []) == ([], [])
    assert rules_of_dots(row(10, 500), []) == ([], [])


def test_a_gap_parts_two_rules() -> None:
    """Dots on one line with a wide gap between them are two rules."""
    dots = row(8, 200) + [(x + 9000, top, right + 9000, bottom) for x, top, right, bottom in row(8, 200)]
    assert rules_of_dots(dots, []) == ([(0, 1450, 1025), (9000, 10450, 1025)], [])


def test_a_pattern_of_dots_is_none() -> None:
    """A hundred thousand dots are no rules."""
    assert rules_of_dots(row(100_001, 200), []) == ([], [])
